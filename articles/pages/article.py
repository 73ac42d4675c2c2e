"""An article's whole page put together: the row, its gathered parts, related reading, and one query for all figures."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from articles.figures.grammar import find
from articles.figures.references import ReferenceInArea, read, unpack
from articles.figures.rendering import Figures
from articles.figures.resolving import needed
from articles.models import Article, RelatedArticle
from articles.pages.cited_documents import cited_documents
from articles.pages.glossary import explain
from articles.pages.list_entries import ArticleEntry, filed_under
from articles.pages.parts import Parts
from articles.pages.where_to_go import named_deadlines, where_to_go
from articles.pages.yours import compared, with_figures
from articles.pictures import responsive
from articles.related.rules import READ_ENTRIES
from articles.related.shown import grouped, shown_entries
from articles.text import plain_text
from calculators.common import page_keys
from calculators.policies.in_force import values_by_area
from calculators.preferences import VisitorChoice

HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
NAMELESS_HEADING = re.compile(r"<th[^>]*>(?:\s|<p>\s*</p>)*</th>")  # the corner of a table heads nothing
LEAD = re.compile(r"\s*<p>.*?</p>", re.DOTALL)
MAX_DESCRIPTION_LENGTH = 120


@dataclass(frozen=True)
class Heading:
    anchor: str
    text: str


@dataclass(frozen=True)
class Outline:
    """A body whose headings can be jumped to, and those headings. `lead` is its first paragraph, which gives the answer."""

    lead: SafeString
    html: SafeString
    headings: list[Heading]


def article_page(
    article: Article,
    parts: Parts,
    on: date,
    related: list[RelatedArticle] | None = None,
    choice: VisitorChoice | None = None,
) -> dict:
    """What the template shows. Two queries: related reading, where it is not given, and the figures of all texts and of the reader's own place."""
    choice = choice or VisitorChoice()
    stored = list(article.related.readable()[:READ_ENTRIES]) if related is None else related[:READ_ENTRIES]
    related = shown_entries(stored, article, choice.area, example_areas(article, parts))
    texts = [article.body, article.summary]
    named = unpack(parts.references, texts)
    named |= read(
        text for text in find("".join(texts)) if text not in named
    )  # of a text that is not stored yet, none is packed
    yours = compared(named, find(article.body), choice)
    values = values_with(named, yours, on)
    figures = Figures(texts, on, named, values)
    entries = [ArticleEntry(row.related, reason=row.reason) for row in related]
    body = figures.render(NAMELESS_HEADING.sub("<td></td>", responsive(article.body, parts.pictures)))
    page_keys.depends_on(*made_of(article, parts, related))
    text, terms = explain(body.html)
    return {
        "article": article,
        "parts": parts,
        "body": body,
        "outline": outline(text),
        "terms": terms,
        "documents": cited_documents(body.notes, parts.sources),
        "changed": [note for note in body.notes if note.replaced],
        "description": Truncator(figures.plain(article.summary)).chars(MAX_DESCRIPTION_LENGTH),
        "related": grouped(entries, article),
        "yours": with_figures(yours, values, on) if yours and values else yours,
        "where": where_to_go(article, choice),
        "deadlines": named_deadlines(named, figures.answers, choice, on),
        "on": on,
        "section": "articles",
    }


def example_areas(article, parts):
    """The codes of the places of which the article itself gives figures."""
    placed = unpack(parts.references, [article.body]).values()
    return {one.area.code for one in placed if isinstance(one, ReferenceInArea)}


def values_with(named, yours, on):
    """The values behind all references and those of the reader's own place, in one query; None where Figures reads them."""
    if yours is None or yours.area is None:
        return None
    parameters, areas = needed(named)
    by_code = {area.code: area for area in (*areas, yours.area)}
    return values_by_area(parameters, by_code.values(), on=on, today=on)


def made_of(article, parts, related):
    """Every row the page shows, as page keys."""
    yield from parts.keys()
    yield page_keys.article(article.pk)
    yield from filed_under(article)
    for row in related:  # title and area
        yield page_keys.article(row.related_id)
        yield from [page_keys.area(row.related.area_id)] if row.related.area_id else []
    if article.reviewer_id:
        yield page_keys.user(article.reviewer_id)


def outline(html: str) -> Outline:
    headings = []

    def anchored(match):
        heading = Heading(f"section-{len(headings) + 1}", plain_text(match[1]))
        headings.append(heading)
        return format_html('<h2 id="{}">{}</h2>', heading.anchor, mark_safe(match[1]))  # noqa: S308 - sanitised body

    lead = LEAD.match(html)
    rest = html[lead.end() :] if lead else html
    return Outline(mark_safe(lead[0] if lead else ""), mark_safe(HEADING.sub(anchored, rest)), headings)  # noqa: S308 - sanitised body
