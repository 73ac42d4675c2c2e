"""Query: what somebody typed, as the terms to look for. No Django.

A query has variants: as typed, with its numbers in digits alone, with editors' synonyms put in, and, where Latin letters can be read
as pinyin, as each of their readings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from articles.search.engine.pinyin import pairs, readings, syllables_of
from articles.text import bigrams_of, normalise, runs, with_plain_numbers, words

MAX_VARIANTS = 6
_AMOUNT = re.compile(r"(?<=\d)(\s*[万亿]?)\s*元")  # 元 behind a number stands in every text with an amount
MAX_READINGS = 4
MAX_PHRASE_LENGTH = 12


@dataclass(frozen=True)
class Variant:
    """One way to read the query; each list holds every entry once, in order."""

    text: str
    grams: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    syllables: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    phrase: str = ""
    is_meaning: bool = False  # with synonyms put in

    @property
    def is_pinyin(self) -> bool:
        return not self.grams


@dataclass(frozen=True)
class Query:
    text: str
    variants: tuple[Variant, ...] = field(default=())

    @property
    def grams(self) -> list[str]:
        return list(dict.fromkeys(gram for variant in self.variants for gram in variant.grams))

    @property
    def sounds(self) -> list[str]:
        return list(dict.fromkeys(sound for variant in self.variants for sound in variant.sounds))


def understand(text: str, synonyms: Iterable[tuple[str, str]]) -> Query:
    """`synonyms` are pairs of a word and its meaning, those whose word may stand in the text."""
    text = normalise(text).strip()
    said = _AMOUNT.sub(r"\1", text)
    typed = list(dict.fromkeys([said, with_plain_numbers(said)]))
    meant = [meaning for meaning in dict.fromkeys(_replaced(said, synonyms)) if meaning not in typed]
    meant = [*meant[:-1][: MAX_VARIANTS - 1 - len(typed)], *meant[-1:]]
    variants = [*map(_written, typed), *(replace(_written(meaning), is_meaning=True) for meaning in meant)]
    return Query(text, tuple(variants) + tuple(_heard(text)))


def _replaced(text: str, synonyms: Iterable[tuple[str, str]]) -> Iterable[str]:
    """The text with each synonym put in, and last with all of them; of words within words the longest counts."""
    pairs = ((normalise(word), normalise(meaning)) for word, meaning in synonyms)
    found = [(word, meaning) for word, meaning in pairs if word in text and not _says(text, word, meaning)]
    yield from (text.replace(word, meaning) for word, meaning in found)
    if said := dict(found):
        longest_first = sorted(said, key=len, reverse=True)
        yield re.sub("|".join(map(re.escape, longest_first)), lambda match: said[match[0]], text)


def _says(text, word, meaning):
    """Whether the text says the meaning wherever it says the word: 农村合作医疗 holds 合作医疗 already."""
    return word in meaning and text.count(word) == text.count(meaning) * meaning.count(word)


def _written(text):
    found = runs(text)
    chinese = [run for run in found if run[0] >= "\u3400"]
    heard = [syllables_of(run) for run in chinese]
    squeezed = "".join(text.split())
    return Variant(
        text=text,
        grams=_once(bigrams_of(found)),
        characters=_once("".join(chinese)),
        words=_once(words(text)),
        syllables=_once(syllable for run in heard for syllable in run),
        sounds=_once(pair for run in heard for pair in pairs(run)),
        phrase=squeezed if 1 < len(squeezed) <= MAX_PHRASE_LENGTH else "",
    )


def _heard(text):
    for syllables in readings(text)[:MAX_READINGS]:
        yield Variant(text="", syllables=_once(syllables), sounds=_once(pairs(syllables)))


def _once(entries):
    return tuple(dict.fromkeys(entries))
