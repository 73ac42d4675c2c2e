"""名词解释: the words of the field in plain ones, and the first time each stands in a text, there to be tapped. No Django models."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.utils.html import format_html

SHIPPED = Path(__file__).parent.parent / "glossary.toml"
TAGS = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?([a-z0-9]+)")
# Where a word is not explained: it is a link, a heading or a figure already, or there is no room.
ELSEWHERE = {"a", "h2", "h3", "h4", "button", "data", "table", "figcaption", "blockquote", "code"}
MOST_IN_A_TEXT = 6


@dataclass(frozen=True)
class Term:
    """`also` are other words for the same."""

    term: str
    slug: str
    text: str
    also: tuple[str, ...] = ()

    @property
    def words(self):
        return (self.term, *self.also)


def read_glossary(text: str) -> tuple[Term, ...]:
    """The terms of a glossary file, in its order."""
    return tuple(
        Term(entry["term"], entry["slug"], entry["text"], tuple(entry.get("also", ())))
        for entry in tomllib.loads(text)["term"]
    )


GLOSSARY = read_glossary(SHIPPED.read_text(encoding="utf-8"))
BY_WORD = {word: term for term in GLOSSARY for word in term.words}
WORDS = re.compile("|".join(sorted(map(re.escape, BY_WORD), key=len, reverse=True)))


def explain(html: str) -> tuple[str, list[Term]]:
    """The text with the first of each term made a button, and the terms so marked, in their order."""
    marked, inside = {}, []

    def button(match):
        term = BY_WORD[match[0]]
        if term.slug in marked or len(marked) == MOST_IN_A_TEXT:
            return match[0]
        marked[term.slug] = term
        return format_html(
            '<button type="button" class="term" popovertarget="term-{}">{}</button>', term.slug, match[0]
        )

    pieces = []
    for piece in TAGS.split(html):
        if piece.startswith("<"):
            _step(inside, piece)
        elif not inside and len(marked) < MOST_IN_A_TEXT:
            piece = WORDS.sub(button, piece)
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
