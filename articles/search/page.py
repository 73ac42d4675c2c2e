"""Everything the search page shows, from its address."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from articles.search import missed
from articles.search.answers import Answer, answer
from articles.search.find import Found, find, nothing
from articles.search.forms import ARTICLES, CALCULATORS, SearchForm
from articles.search.offered import calculators_for
from articles.search.results import Results
from articles.search.spelling import meant
from calculators.models import Calculator

READ_FOR_SPELLING = 10


@dataclass(frozen=True)
class SearchPage:
    form: SearchForm
    results: Results
    answer: Answer | None = None
    calculators: tuple[Calculator, ...] = ()
    meant: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing on the page really answers the query."""
        return not (self.results.answer or self.calculators or self.answer)


def search_page(given, at: datetime) -> SearchPage:
    """`given` is the query string. A search that finds nothing anywhere is noted down."""
    form, on = SearchForm(given), timezone.localdate(at)
    if not form.text:
        return SearchPage(form, Results(nothing(), at, on))
    found = find(form.text, at, form.chosen()) if form.shows(ARTICLES) else nothing(form.text)
    live = list(Calculator.objects.live()) if form.shows(CALCULATORS) else []
    spelt = meant(found.query, _titles(found))
    page = SearchPage(
        form=form,
        results=Results(found, at, on, spelt),
        answer=answer(_said(found, spelt), on, live),
        calculators=tuple(calculators_for(found.query, live)),
        meant=spelt,
    )
    if page.is_empty and not form.is_narrowed:
        missed.note(form.text, on)
    return page


def _titles(found: Found):
    return [found.titles[key] for key in found.keys[:READ_FOR_SPELLING]]


def _said(found, spelt):
    """The query with synonyms put in, as it was meant."""
    return spelt or found.query.variants[-1 if not found.query.variants[-1].is_pinyin else 0].text
