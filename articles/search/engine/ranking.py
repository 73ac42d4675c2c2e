"""Ranking: BM25 over characters, pairs of them and words, the title's sound, and the phrase itself.

Counts are of literal strings in the normalised text, so that no segmentation of the text can miss one.
The weights were learned on public judged Chinese searches; they are few, and the same for every query.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from articles.search.engine.pinyin import pairs, syllables_of
from articles.search.engine.query import Variant
from articles.search.engine.statistics import Statistics
from articles.search.engine.tokens import SOUND
from articles.text import runs_in

GRAMS, CHARACTERS, WORDS = 1.45, 2.0, 0.9
SYLLABLES, SOUNDS = 0.2, 0.1
PHRASE_IN_TITLE, PHRASE_IN_TEXT = 1.6, 1.1
# A meaning an editor named is as good as the word, but what was typed wins where both stand.
READING_WORTH = 0.98
# A text counts to here; what comes later rarely decides.
RANKED_CHARACTERS = 6000
# Of each kind of term; what is left out of a long query is its most common part.
MAX_TERMS = 32


@dataclass(frozen=True)
class RankedDocument:
    """Normalised; `text` begins with the title."""

    title: str
    text: str

    @classmethod
    def of(cls, title: str, text: str) -> "RankedDocument":
        """Of a search row, which is normalised already."""
        return cls(title, f"{title}\n{text[:RANKED_CHARACTERS]}")


@lru_cache(maxsize=20_000)
def _heard(title):
    """Its syllables and pairs of them."""
    heard = [syllables_of(run) for run in runs_in(title) if run[0] >= "\u3400"]
    return tuple(syllable for run in heard for syllable in (*run, *pairs(run)))


class Ranking:
    """Scores documents for the variants of one query; how they sound tells nothing where all hold it `literally`."""

    def __init__(
        self,
        variants: Iterable[Variant],
        statistics: Statistics,
        frequency: Mapping[str, float],
        *,
        literally: bool = False,
    ):
        self._statistics = statistics
        self._literally = literally
        self._frequency = frequency
        self._variants = [(variant, self._terms(variant)) for variant in variants]
        self._worth = [self._worth_of(place) for place in range(len(self._variants))]

    @property
    def terms(self) -> int:
        """How many counts one document costs."""
        return sum(len(found) for _, terms in self._variants for found in terms.values())

    def score(self, document: RankedDocument) -> float:
        """Comparable between documents, for this query only."""
        return max(
            worth * self._score(variant, terms, document)
            for worth, (variant, terms) in zip(self._worth, self._variants, strict=True)
        )

    def _worth_of(self, place):
        """A meaning is worth what was typed, however common its words: who holds all of 居民医保 holds all of 新农合."""
        if not self._variants[place][0].is_meaning:
            return READING_WORTH ** min(place, 1)
        typed, meaning = _weight(self._variants[0][1]), _weight(self._variants[place][1])
        return READING_WORTH * (typed / meaning if typed and meaning else 1.0)

    def _terms(self, variant):
        weight, known = self._statistics.weight, self._frequency
        common = self._common if self._literally else self._statistics.frequency
        grams = {gram: known[gram] if gram in known else common(gram) for gram in variant.grams}
        sounds = {sound: self._frequency.get(f"{SOUND}{sound}", 0) for sound in variant.sounds}
        return {
            "grams": _heaviest((gram, weight(count)) for gram, count in grams.items()),
            "characters": _heaviest((character, weight(common(character))) for character in variant.characters),
            "words": _heaviest((word, weight(_rarest(word, grams, common))) for word in variant.words),
            "syllables": _heaviest((one, weight(self._statistics.heard(one))) for one in variant.syllables),
            "sounds": _heaviest((sound, weight(count)) for sound, count in sounds.items()),
        }

    def _common(self, string):
        """What stands in all that is ranked decides nothing by its rarity, which takes time to tell: one in ten will do."""
        return self._statistics.frequency(string) if len(string) == 1 else self._statistics.size / 10

    def _score(self, variant, terms, document):
        text = document.text
        long = len(text) / self._statistics.length
        short, even = 0.8 * (0.6 + 0.4 * long), 1.2 * (0.25 + 0.75 * long)
        score = GRAMS * _bm25(terms["grams"], text, 0.8, short)
        score += CHARACTERS * _bm25(terms["characters"], text, 1.2, even)
        score += WORDS * _bm25(terms["words"], text, 0.8, short)
        score += 0 if self._literally else self._sound(terms, _heard(document.title))
        return score + _phrase(variant.phrase, document)

    def _sound(self, terms, heard):
        norm = 1.2 * (0.25 + 0.75 * max(len(heard) / 2, 1) / self._statistics.heading)
        return SYLLABLES * _bm25(terms["syllables"], heard, 1.2, norm) + SOUNDS * _bm25(
            terms["sounds"], heard, 1.2, norm
        )


def _heaviest(terms):
    """In an order of its own, so that sums come out the same everywhere."""
    return sorted(terms, key=lambda term: (-term[1], term[0]))[:MAX_TERMS]


def _weight(terms):
    """What a text that holds all of these terms gets for them, but for how they sound."""
    kinds = {"grams": GRAMS, "characters": CHARACTERS, "words": WORDS}
    return sum(worth * weight for kind, worth in kinds.items() for _, weight in terms[kind])


def _rarest(word, grams, common):
    """How often a word stands: no more often than the rarest pair of its characters."""
    return (
        grams[word] if word in grams else min([common(word), *(count for gram, count in grams.items() if gram in word)])
    )


def _bm25(terms, found, k, norm):
    """`found` is anything that counts: a text its substrings, a list its entries. `norm` is what its length makes of k."""
    count, score = found.count, 0.0
    for term, weight in terms:
        if times := count(term):
            score += weight * times * (k + 1) / (times + norm)
    return score


def _phrase(phrase, document):
    if not phrase:
        return 0.0
    count = document.text.count(phrase)
    return PHRASE_IN_TITLE * (phrase in document.title) + PHRASE_IN_TEXT * count / (count + 1)
