"""Facets of the search page: kinds with how many were found of each, and the 栏目 and places of what was found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.utils.http import urlencode

from articles.pages.facets import ALL, CATEGORIES, PLACES, Facet, FacetOption, categories
from articles.search.engine.find import Found
from articles.search.forms import KINDS, SearchForm
from calculators.addresses import path_to
from calculators.question_answering.lookups import areas

KIND = "种类"
MAX_PLACES = 12
Named = tuple[str, str]


def search_facets(form: SearchForm, found: Found, counts: Mapping[str, int]) -> list[Facet]:
    """`counts` are of each kind. What is set stays an option, also where nothing is found by it."""
    set_kind = form.filters.get("kind", "")
    kinds = [(code, _counted(name, counts.get(code, 0), set_kind)) for code, name in KINDS]
    offered = [pair for pair in kinds if set_kind or counts.get(pair[0])]
    rows = list(found.rows.values())
    topics = _frequent(rows, "article__category", categories(), "slug", "name")
    places = _frequent(rows, "article__area", areas(), "code", "short_name")[:MAX_PLACES]
    facets = [
        Facet(KIND, tuple(_options(form, "kind", offered))),
        Facet(CATEGORIES, tuple(_options(form, "category", topics))),
        Facet(PLACES, tuple(_options(form, "area", places)), is_names=True),
    ]
    return [facet for facet in facets if len(facet.options) > 2 or any(one.is_chosen for one in facet.options[1:])]


def _counted(name, count, set_kind):
    return name if set_kind else f"{name} {count}"


def _frequent(rows, column, known, code, name) -> list[Named]:
    """What stands in that column of the rows, the most frequent first, with its code and its name."""
    counted = Counter(getattr(row, column) for row in rows)
    found = [known[pk] for pk, _ in counted.most_common() if pk in known]
    return [(getattr(one, code), getattr(one, name)) for one in found]


def _options(form: SearchForm, name: str, offered: Iterable[Named]) -> Iterator[FacetOption]:
    chosen = form.filters.get(name, "")
    offered = dict(offered)
    if chosen and chosen not in offered:
        offered[chosen] = dict(form.fields[name].choices)[chosen]
    yield FacetOption(ALL, _address(form, name, ""), not chosen)
    for code, text in offered.items():
        yield FacetOption(text, _address(form, name, code), code == chosen)


def _address(form, name, code):
    query = {"q": form.text} | form.filters | {name: code}
    return f"{path_to('articles:search')}?{urlencode({key: text for key, text in query.items() if text})}"
