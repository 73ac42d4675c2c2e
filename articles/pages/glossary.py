"""Glossary: the terms of 名词解释, and the first time each stands in a text made a button that opens its explanation."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html

from articles.models import GlossaryTerm
from calculators.common.page_keys import GLOSSARY, depends_on
from calculators.process_cache import ProcessCache

TAGS = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?([a-z0-9]+)")
# Where a word is not explained: it is a link, a heading or a figure already, or there is no room.
ELSEWHERE = {"a", "h2", "h3", "h4", "button", "data", "table", "figcaption", "blockquote", "code"}
MAX_TERMS_IN_A_TEXT = 6


@dataclass(frozen=True)
class GlossaryEntry:
    """`also` are other words for the same."""

    term: str
    slug: str
    explanation: str
    also: tuple[str, ...] = ()


class Glossary:
    """All terms in their order. The longest word is meant where one is part of another; a word twice is the first term's."""

    def __init__(self, terms: Iterable[GlossaryEntry] = ()):
        self.terms = tuple(terms)
        self._by_word = {word: term for term in reversed(self.terms) for word in (term.term, *term.also)}
        longest_first = sorted(self._by_word, key=len, reverse=True)
        self._words = re.compile("|".join(map(re.escape, longest_first)))

    def entry(self, word: str) -> GlossaryEntry | None:
        """The term with exactly this name, or this among its other words, in capitals or not."""
        return next((term for name, term in self._by_word.items() if name.casefold() == word.casefold()), None)

    def explain(self, html: str) -> tuple[str, list[GlossaryEntry]]:
        """The text with the first of each term made a button, and the terms so marked, in their order."""
        marked, inside = {}, []
        if not self.terms:
            return html, []

        def button(match):
            term = self._by_word[match[0]]
            if term.slug in marked or len(marked) == MAX_TERMS_IN_A_TEXT:
                return match[0]
            marked[term.slug] = term
            return format_html(
                '<button type="button" class="term" popovertarget="term-{}">{}</button>', term.slug, match[0]
            )

        pieces = []
        for piece in TAGS.split(html):
            if piece.startswith("<"):
                _step(inside, piece)
            elif not inside and len(marked) < MAX_TERMS_IN_A_TEXT:
                piece = self._words.sub(button, piece)
            pieces.append(piece)
        return "".join(pieces), list(marked.values())


def _step(inside, tag):
    """Keep track of the elements in which nothing is marked."""
    name = NAME.match(tag)
    if name is None or name[1] not in ELSEWHERE:
        return
    if not tag.startswith("</"):
        inside.append(name[1])
    elif inside:
        inside.pop()


def _read():
    """The editors' glossary. One query."""
    rows = GlossaryTerm.objects.only("term", "also", "slug", "explanation")
    return Glossary(GlossaryEntry(row.term, row.slug, row.explanation, row.words[1:]) for row in rows)


_kept = ProcessCache(_read, GLOSSARY)


def stored_glossary() -> Glossary:
    """The glossary as it is now, for a page that is out of date when any term changes."""
    depends_on(GLOSSARY)
    return _kept()


def explain(html: str) -> tuple[str, list[GlossaryEntry]]:
    return stored_glossary().explain(html)
