"""Term statistics from a sample of the texts; what is rare is counted exactly when it is looked up.

A sample is read once and kept for a while in the process. It only tells weights, never what is found.
"""

import math
import time
from collections import Counter
from functools import cached_property
from itertools import islice

from django.db.models import Count, Max, Min

from articles.models import SearchRow
from articles.search.engine.pinyin import sounds, syllables_of
from articles.search.engine.tokens import SOUND, TITLE
from articles.text import runs

SAMPLE_SIZE = 1000
# So many texts with a string tell how common it is.
CERTAIN_COUNT = 50
# So many tell about how common.
TELLING_COUNT = 3
KEPT_SECONDS = 600
# A site this small changes too much for a sample to be kept.
SMALL_COLLECTION_SIZE = 200


class Statistics:
    """`size` texts of `length` characters on average, headings of `heading` characters; their ids lie in `ids`."""

    def __init__(self, size: int, titles: list[str], texts: list[str], ids: range = range(0)):
        self.size, self.ids = max(size, 1), ids
        self._titles = titles
        self._texts = [f"{title}\n{text}" for title, text in zip(titles, texts, strict=True)]
        self.length = max(sum(map(len, self._texts)) / max(len(texts), 1), 1)
        self.heading = max(sum(map(len, titles)) / max(len(titles), 1), 1)
        self._characters = Counter(character for text in self._texts for character in set(text))
        self._syllables = Counter(syllable for title in titles for syllable in _syllables(title))
        self._seen: dict[str, float] = {}
        self._shares: dict[str, float] = {}

    def frequency(self, string: str) -> float:
        """In about how many texts the string stands."""
        if len(string) == 1:
            return self._scaled(self._characters[string])
        if string not in self._seen:
            self._seen[string] = self._counted(string)
        return self._seen[string]

    def _counted(self, string):
        count, seen = _counted_until_certain([string], self._texts)
        return count * self.size / seen if count >= CERTAIN_COUNT else self._scaled(count)

    def heard(self, syllable: str) -> float:
        """In about how many headings the syllable is heard."""
        return self._scaled(self._syllables[syllable])

    @cached_property
    def _sounds(self):
        return Counter(sound for title in self._titles for sound in set(sounds(title)))

    def share(self, tokens: str) -> float:
        """Which part of the texts at least holds all of these tokens, apart by spaces; 0 where the sample has too few to tell."""
        if tokens not in self._shares:
            self._shares[tokens] = self._shared(tokens)
        return self._shares[tokens]

    def _shared(self, tokens):
        mark = tokens[0] if tokens[0] in (TITLE, SOUND) else ""
        wanted = [token.removeprefix(mark) for token in tokens.split()]
        if mark == SOUND:
            count, seen = min(self._sounds[sound] for sound in wanted), len(self._titles)
        else:
            count, seen = _counted_until_certain(wanted, self._titles if mark else self._texts)
        return (count - count**0.5) / seen if count >= TELLING_COUNT else 0

    def weight(self, frequency: float) -> float:
        """What meeting something that stands in so many texts is worth (BM25's idf, never negative)."""
        frequency = min(frequency, self.size)
        return math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def _scaled(self, count):
        return max(count, 0.5) * self.size / max(len(self._texts), 1)


def _counted_until_certain(strings, texts):
    """How many of the first texts hold all of these, and of how many: what many of them hold is looked for in no more."""
    count = seen = 0
    for text in texts:
        seen += 1
        count += all(string in text for string in strings)
        if count >= CERTAIN_COUNT:
            break
    return count, seen


def _syllables(title):
    return {syllable for run in runs(title) if run[0] >= "\u3400" for syllable in syllables_of(run)}


_kept: tuple[float, Statistics] | None = None


def current() -> Statistics:
    """The statistics this process keeps, read anew every KEPT_SECONDS."""
    global _kept
    if _kept is None or _kept[0] < time.monotonic():
        statistics = read()
        seconds = KEPT_SECONDS if statistics.size > SMALL_COLLECTION_SIZE else 5
        _kept = time.monotonic() + seconds, statistics
    return _kept[1]


def forget() -> None:
    """Read them anew next time."""
    global _kept
    _kept = None


def read() -> Statistics:
    """Two queries: how many rows there are, and a sample spread evenly over their numbers."""
    spread = SearchRow.objects.aggregate(size=Count("pk"), first=Min("pk"), last=Max("pk"))
    if not spread["size"]:
        return Statistics(0, [], [])
    ids = range(spread["first"], spread["last"] + 1)
    wanted = islice(ids[:: max(len(ids) // SAMPLE_SIZE, 1)], 2 * SAMPLE_SIZE)
    rows = list(SearchRow.objects.filter(pk__in=wanted).order_by("pk").values_list("title", "text"))
    return Statistics(spread["size"], [title for title, _ in rows], [text for _, text in rows], ids)
