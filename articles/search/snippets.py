"""The part of a text that shows why it was found, and the words in it that were sought, marked. No Django models."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString

from articles.text import normalise

SNIPPET_LENGTH = 90
_STARTS = re.compile(r"(?<=[。！？；\n])")
_REFERENCE = re.compile(r"〔[^〔〕]*〕")


@dataclass(frozen=True)
class SnippetText:
    """A text, normalised, and where its sentences begin: found once for all searches."""

    text: str

    @cached_property
    def plain(self) -> str:
        return _aligned(self.text)

    @cached_property
    def starts(self) -> list[int]:
        return sorted({0, *(place.end() for place in _STARTS.finditer(self.text))})


def passage(read: SnippetText, terms: Iterable[str]) -> str:
    """About SNIPPET_LENGTH characters of a text with as many of the terms as possible, from the beginning of a sentence.

    A 〔reference〕 stays whole, so that its figure can be put in.
    """
    text, plain = read.text, read.plain
    wanted = [term for term in terms if term in plain]
    if not wanted or len(text) <= SNIPPET_LENGTH:
        return _cut(text, 0)
    met = [_met(plain[start : start + SNIPPET_LENGTH], wanted) for start in read.starts]
    best = read.starts[met.index(max(met))]
    if not max(met):  # a sentence too long to show from its beginning
        best = max(plain.find(wanted[0]) - SNIPPET_LENGTH // 3, 0)
    return _cut(text, best)


def _met(plain, terms):
    return sum([len(term) for term in terms if term in plain])


def _cut(text, start):
    """From `start`, moved out of a reference it falls into; the end likewise."""
    end = start + SNIPPET_LENGTH
    for reference in _REFERENCE.finditer(text):
        if reference.start() < start < reference.end():
            start = reference.start()
        if reference.start() < end < reference.end():
            end = reference.end()
    before = "…" if start and text[start - 1] not in "。！？；\n" else ""
    after = "…" if end < len(text) else ""
    return before + " ".join(text[start:end].split()) + after


def marked(text: str, terms: Iterable[str]) -> SafeString:
    """`text` escaped, with every place where a term stands in <mark>, whatever its script and width."""
    plain = _aligned(text)
    flags = [False] * len(text)
    for term in terms:
        for place in _places(term, plain):
            flags[place : place + len(term)] = [True] * len(term)
    return SafeString("".join(_pieces(text, flags)))


def _places(term, plain):
    place = plain.find(term)
    while term and place >= 0:
        yield place
        place = plain.find(term, place + 1)


def _pieces(text, flags):
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or flags[end] != flags[start]:
            piece = escape(text[start:end])
            yield SafeString(f"<mark>{piece}</mark>") if flags[start] else piece
            start = end


def _aligned(text: str) -> str:
    """Normalised, with as many characters as `text`, so that a place in one is that place in the other."""
    plain = normalise(text)
    if len(plain) != len(text):  # such as … which is three points
        plain = normalise("".join(map(_one_for_one, text)))
    if len(plain) != len(text):
        plain = "".join(one if len(one) == 1 else " " for one in map(normalise, text))
    return plain


@lru_cache(maxsize=4096)
def _one_for_one(character: str) -> str:
    return character if len(normalise(character)) == 1 else " "
