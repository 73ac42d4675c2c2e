"""Search page: everything it shows, from its address.

At most three queries: what is found, its texts, and all figures together. A question to a calculator costs those of its form besides.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.utils import timezone

from articles.figures import references
from articles.figures.example_lines import with_example_lines
from articles.figures.grammar import find as find_references
from articles.figures.key_figure import key_figure, key_reference
from articles.figures.rendering import Figures
from articles.figures.resolving import needed
from articles.pages.facets import Facet
from articles.pages.glossary import GlossaryEntry, stored_glossary
from articles.pages.pagination import numbered
from articles.search import zero_results
from articles.search.engine.find import Found, find, nothing
from articles.search.engine.place_order import PlaceOrder
from articles.search.facets import search_facets
from articles.search.forms import ARTICLES, CALCULATORS, FIGURES, SearchForm
from articles.search.results import Results, hits, sought, texts_of
from articles.search.snippets import SnippetText, passage
from articles.search.spelling import meant
from articles.search.suggestions import calculators_for
from calculators.models import Calculator
from calculators.policies.in_force import values_by_area
from calculators.question_answering import lookups
from calculators.question_answering.answer import QuestionAnswer, answer_question
from calculators.question_answering.figure_answers import Answer, answer, asked_in

READ_FOR_SPELLING, HITS_A_PAGE, MAX_MENTIONS = 10, 20, 3


@dataclass(frozen=True)
class SearchPage:
    """`listing` is the page of hits that is asked for."""

    form: SearchForm
    listing: Page
    answer: Answer | None = None
    calculators: tuple[Calculator, ...] = ()
    meant: str = ""
    question: QuestionAnswer | None = None
    is_about: bool = True  # whether an article found is about the query, rather than mentioning its words
    facets: tuple[Facet, ...] = ()
    term: GlossaryEntry | None = None  # whose name the query is

    @property
    def only_mentions(self) -> bool:
        """Whether the articles listed merely hold the words, and nothing else on the page answers."""
        return not (self.is_about or self.answer or self.is_answered or self.term)

    @property
    def is_answered(self) -> bool:
        """Whether a calculator answers, or asks what else it must know."""
        return self.question is not None and bool(self.question.form or self.question.which)


def search_page(given, at: datetime, place: str = "", person: str = "") -> SearchPage:
    """`given` is the query string, `place` and `person` the codes of what the visitor chose. Raises NoSuchPage.

    A search that nothing answers is noted down.
    """
    form, on = SearchForm(given), timezone.localdate(at)
    found = _found(form, at, place)
    listing = numbered(Results(found, at), given, HITS_A_PAGE)
    if not form.text:
        return SearchPage(form, listing)
    spelt = _spelt(found)
    calculators = calculators_for(found.query) if form.shows(CALCULATORS) else []
    question = answer_question(form.text, on, place, person) if form.shows(CALCULATORS) else None
    asked = asked_in(_said(found, spelt), place, person) if form.shows(FIGURES) else None
    is_answered = question is not None and bool(question.form)
    figures = _with_figures(listing, sought(found, spelt), asked, on, are_amounts=is_answered)
    counts = {
        ARTICLES: listing.paginator.count,
        CALCULATORS: len(calculators),
        FIGURES: len(figures.figures) if figures else 0,
    }
    facets = tuple(search_facets(form, found, counts))
    is_about = found.answers or bool(spelt)  # what was meant is a word of a title or the dictionary
    term = stored_glossary().entry(form.text.strip())
    page = SearchPage(form, listing, figures, tuple(calculators), spelt, question, is_about, facets, term)
    if page.only_mentions:
        listing.object_list = listing.object_list[:MAX_MENTIONS]
    if not (is_about or term or calculators or figures or form.is_narrowed or page.is_answered):
        zero_results.note(form.text, on)
    return page


def _found(form, at, place):
    if not (form.text and form.shows(ARTICLES)):
        return nothing(form.text)
    return find(form.text, at, form.chosen(), PlaceOrder.of(form.text, place))


def _with_figures(listing, terms, asked, on, *, are_amounts) -> Answer | None:
    """Put hits on the page, and find what answers the query itself: one query for the figures of both.

    Numbers that are sought may stand in figures, unless they are amounts of somebody's own, put to a calculator.
    """
    texts = texts_of(listing.object_list)
    in_figures = not are_amounts and any(term[:1].isdigit() for term in terms)
    passages = [one.snippet.text if in_figures else passage(one.snippet, terms) for one in texts]
    passages, begun = with_example_lines(passages, on), [one.references for one in texts]
    texts_with_figures = "".join([*passages, *(f"〔{text}〕" for keys in begun for text in keys)])
    named = references.read_with(find_references(texts_with_figures), lookups.words(), lookups.areas().values())
    parameters, areas = needed(named)
    if asked:
        parameters |= {one.code for one in asked.parameters}
        areas.append(asked.area)
    values = values_by_area(parameters, areas, on=on) if parameters else {}
    shown = Figures([texts_with_figures], on, named, values)
    passages = map(shown.plain, passages)
    if in_figures:  # the figures of the whole text are known: the part with the one that is sought can be told
        passages = (passage(SnippetText(text), terms) for text in passages)
    key_figures = [_key_figure(*pair, named, shown) for pair in zip(listing.object_list, begun, strict=True)]
    listing.object_list = hits(listing.object_list, passages, terms, key_figures)
    return answer(asked, values[asked.area.code], on) if asked else None


def _key_figure(article, texts, named, shown):
    if not article.area:
        return None
    text = key_reference(references.pack({text: named[text] for text in texts}), article.area.code)
    return key_figure(shown.answers[text], article.area.code) if text else None


def _spelt(found: Found):
    rows = [found.rows[key] for key in found.keys[:READ_FOR_SPELLING] if key in found.rows]
    return meant(found.query, [row.title for row in rows], [row.text for row in rows])


def _said(found, spelt):
    """The query with synonyms put in, as it was meant."""
    return spelt or found.query.variants[-1 if not found.query.variants[-1].is_pinyin else 0].text
