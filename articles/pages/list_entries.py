"""Entries of a list of articles: title, one line, place and key figure; and the headings under which they stand.

A list of everything is grouped by 栏目. A list of one 栏目 is grouped by what its articles are about: the tag that most
of them share makes a group, then the tag that most of the others share. Nothing is grouped by hand.

An entry is cached in the process until its article, a value behind its figures or a name in it changes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.template import Context
from django.template.loader import get_template

from articles.figures.grammar import find, is_example
from articles.figures.key_figure import KeyFigure, compared_reference, key_figure, key_reference
from articles.figures.references import pack, read, unpack
from articles.figures.rendering import Figures
from articles.figures.resolving import needed
from articles.models import Article
from articles.text import split_tags
from calculators.common import page_keys
from calculators.library.places import shipped_places
from calculators.policies.in_force import values_by_area
from calculators.process_cache import RowCache

MIN_GROUP, MIN_GROUPED = 3, 8  # articles under one heading; in a list, for it to have headings
MAX_SHARE = 0.6  # of a list; what nearly all are about tells nothing
OTHERS = "其他问题"
MAX_CACHED_ENTRIES = 1000  # of each process, some 4 MB


@dataclass(frozen=True)
class ArticleEntry:
    """One article as a list shows it."""

    article: Article
    summary: str = ""
    reason: str = ""
    figure: KeyFigure | None = None

    @cached_property
    def tags(self) -> list[str]:
        return split_tags(self.article.tags_text)

    @cached_property
    def row(self) -> str:
        """Its row in a list, as HTML."""
        return get_template("articles/_row.html").template.render(Context({"entry": self}))


@dataclass(frozen=True)
class EntryGroup:
    """Entries under one heading; no heading where the list is short. `url` is the page of the heading's own."""

    heading: str
    entries: tuple[ArticleEntry, ...]
    url: str = ""


@dataclass(frozen=True)
class MadeEntry:
    """An entry, and what it depends on: page keys, and the values of parameters in the areas that own them."""

    entry: ArticleEntry
    keys: frozenset[page_keys.PageKey]
    parameters: frozenset[str]
    owners: frozenset[int]

    def all_keys(self) -> Iterable[page_keys.PageKey]:
        """Whatever may change it; a list hears of much of it by keys of its own."""
        yield from self.keys
        yield page_keys.article(self.entry.article.pk)
        yield from page_keys.values(self.parameters, self.owners)
        yield from (page_keys.ALL_AREAS, page_keys.ALL_DIMENSIONS, page_keys.ALL_DOCUMENTS, page_keys.ALL_CALCULATORS)


def _keys_of_row(pk, article):
    return page_keys.article(pk), page_keys.ALL_AREAS, *filed_under(article)


_rows: RowCache[int, Article] = RowCache(_keys_of_row, MAX_CACHED_ENTRIES)
_entries: RowCache[tuple[int, date, str | None], MadeEntry] = RowCache(
    lambda name, made: made.all_keys(), MAX_CACHED_ENTRIES
)


def listed(found: QuerySet[Article]) -> list[Article]:
    """The articles that `found` for a list. Where rows are cached in the process, their ids alone are asked for."""
    if not page_keys.may_cache():
        return list(found)
    rows = _rows.get_many(found.values_list("pk", flat=True), _read_rows)
    return list(rows.values())


def _read_rows(pks):
    """With their pages until there are entries of them: the references of pages take much memory."""
    return Article.objects.for_list().in_bulk(pks)


def _without_pages(articles):
    for article in articles:
        article._state.fields_cache.pop("page", None)


def entries(articles: Iterable[Article], on: date, *, place: str | None = None) -> list[ArticleEntry]:
    """Articles as a list shows them. At most one query for all figures, where their pages came along.

    With `place`, the code of the visitor's, or "", each has its key figure: of its own place, or of the visitor's.
    What a text says of the whole nation first is seldom what it is about.
    """
    articles = listed(articles) if isinstance(articles, QuerySet) else list(articles)
    if page_keys.may_cache():
        by_name = {(article.pk, on, place): article for article in articles}
        made = list(_entries.get_many(by_name, lambda missing: _read_entries(missing, by_name)).values())
        _without_pages(articles)
    else:
        made = _made(articles, on, place)
    page_keys.depends_on(*(key for one in made for key in one.keys))
    owners = {pk for one in made for pk in one.owners}
    parameters = {name for one in made for name in one.parameters}
    page_keys.depends_on(*map(page_keys.area, owners), *page_keys.values(parameters, owners))
    return [one.entry for one in made]


def _read_entries(names, by_name):
    (_, on, place), articles = names[0], {name[0]: by_name[name] for name in names}
    without = [pk for pk, article in articles.items() if "page" not in article._state.fields_cache]
    articles |= Article.objects.for_list().in_bulk(without) if without else {}
    made = _made(list(articles.values()), on, place)
    _without_pages(articles.values())
    return {(one.entry.article.pk, on, place): one for one in made}


def _made(articles, on, place):
    with page_keys.collecting() as common:
        if place is not None:
            _read_outdated(articles)
    keys = {article.pk: _key(article, place) for article in articles} if place is not None else {}
    texts = [article.summary for article in articles] + [f"〔{key}〕" for key in keys.values() if key]
    named = unpack(packed_references(articles), texts)
    named |= read(text for text in find("".join(texts)) if text not in named)
    parameters, areas = needed(named)
    values = values_by_area(parameters, areas, on=on) if parameters else {}
    return [_made_entry(article, keys.get(article.pk), on, named, values, common) for article in articles]


def _made_entry(article, key, on, named, values, common):
    texts = [article.summary, *([f"〔{key}〕"] if key else ())]
    own = article.area.code if article.area else ""
    with page_keys.collecting() as keys:
        parameters, areas = needed({text: named[text] for text in find("".join(texts))})
        figures = Figures(texts, on, named, values)
        figure = key_figure(figures.answers[key], own) if key else None
    entry = ArticleEntry(article, figures.plain(article.summary), figure=figure)
    owners = {owner.pk for area in areas for owner in area.chain()}
    return MadeEntry(
        entry, frozenset({*common, *keys, *filed_under(article)}), frozenset(parameters), frozenset(owners)
    )


def _read_outdated(articles):
    """References that were outdated a moment ago are read here, or a list without its key figures would be kept."""
    outdated = {one.pk: one.page for one in articles if getattr(one, "page", None) and one.page.references is None}
    if outdated:
        page_keys.depends_on(page_keys.ALL_AREAS, page_keys.ALL_DIMENSIONS)
    for pk, body, summary in (
        Article.objects.filter(pk__in=outdated).values_list("pk", "body", "summary") if outdated else ()
    ):
        outdated[pk].references = pack(read(text for text in find(body + summary) if not is_example(text)))


def _key(article, place):
    page = getattr(article, "page", None)
    own = article.area.code if article.area else ""
    if page is None or not (own or place):
        return None
    return key_reference(page.references or {}, own) if own else compared_reference(page.references or {}, place)


def filed_under(article):
    """The keys of what is named beside an article's title."""
    yield page_keys.category(article.category_id)
    if article.area_id:
        yield page_keys.area(article.area_id)


def packed_references(articles) -> dict:
    """The references read before in these articles, where the articles come with their pages."""
    pages = (getattr(article, "page", None) for article in articles)
    return {text: one for page in pages if page for text, one in (page.references or {}).items()}


def by_category(shown: Sequence[ArticleEntry]) -> list[EntryGroup]:
    """Under their 栏目, in its order."""
    found: dict[int, list[ArticleEntry]] = {}
    for entry in shown:
        found.setdefault(entry.article.category_id, []).append(entry)
    if len(shown) < MIN_GROUPED or len(found) < 2:
        return [EntryGroup("", tuple(shown))]
    categories = {entry.article.category_id: entry.article.category for entry in shown}.values()
    ordered = sorted(categories, key=lambda category: (category.order, category.name))
    return [EntryGroup(one.name, tuple(found[one.pk]), one.get_absolute_url()) for one in ordered]


def by_topic(shown: Sequence[ArticleEntry]) -> list[EntryGroup]:
    """Under the tags that most of them share, the largest group first; what shares none stands last."""
    if len(shown) < MIN_GROUPED:
        return [EntryGroup("", tuple(shown))]
    places = {place.short_name for place in shipped_places()}
    topics = {entry.article.pk: _topics(entry, places) for entry in shown}
    left, groups = list(shown), []
    while left:
        counted = Counter(topic for entry in left for topic in topics[entry.article.pk])
        fitting = [(topic, count) for topic, count in counted.items() if MIN_GROUP <= count <= MAX_SHARE * len(shown)]
        if not fitting:
            break
        topic = max(fitting, key=lambda pair: pair[1])[0]
        groups.append(EntryGroup(topic, tuple(entry for entry in left if topic in topics[entry.article.pk])))
        left = [entry for entry in left if topic not in topics[entry.article.pk]]
    if left:
        groups.append(EntryGroup(OTHERS if groups else "", tuple(left)))
    return groups


def _topics(entry, places):
    return [tag for tag in entry.tags if tag not in places and tag != entry.article.category.name]
