"""Term statistics from a sample of the texts; what is rare is counted exactly when it is looked up.

A sample is read once and kept for a while in the process. It only tells weights, never what is found.
"""

import math
import time
from collections import Counter
from itertools import islice

from django.db.models import Count, Max, Min

from articles.models import SearchRow
from articles.search.engine.pinyin import syllables_of
from articles.text import runs

SAMPLE_SIZE = 1000
# So many texts with a string tell how common it is.
CERTAIN_COUNT = 50
KEPT_SECONDS = 600
# A site this small changes too much for a sample to be kept.
SMALL_COLLECTION_SIZE = 200


class Statistics:
    """`size` texts of `length` characters on average, headings of `heading` characters."""

    def __init__(self, size: int, titles: list[str], texts: list[str]):
        self.size = max(size, 1)
        self._texts = [f"{title}\n{text}" for title, text in zip(titles, texts, strict=True)]
        self.length = max(sum(map(len, self._texts)) / max(len(texts), 1), 1)
        self.heading = max(sum(map(len, titles)) / max(len(titles), 1), 1)
        self._characters = Counter(character for text in self._texts for character in set(text))
        self._syllables = Counter(syllable for title in titles for syllable in _syllables(title))
        self._seen: dict[str, int] = {}

    def frequency(self, string: str) -> float:
        """In about how many texts the string stands."""
        if len(string) == 1:
            return self._scaled(self._characters[string])
        if string not in self._seen:
            self._seen[string] = self._counted(string)
        return self._seen[string]

    def _counted(self, string):
        """What stands in many of the first texts is common, and looked for in no more of them."""
        count = 0
        for seen, text in enumerate(self._texts, 1):
            count += string in text
            if count >= CERTAIN_COUNT:
                return count * self.size / seen
        return self._scaled(count)

    def heard(self, syllable: str) -> float:
        """In about how many headings the syllable is heard."""
        return self._scaled(self._syllables[syllable])

    def weight(self, frequency: float) -> float:
        """What meeting something that stands in so many texts is worth (BM25's idf, never negative)."""
        frequency = min(frequency, self.size)
        return math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def _scaled(self, count):
        return max(count, 0.5) * self.size / max(len(self._texts), 1)


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
    step = max((spread["last"] - spread["first"] + 1) // SAMPLE_SIZE, 1)
    wanted = islice(range(spread["first"], spread["last"] + 1, step), 2 * SAMPLE_SIZE)
    rows = list(SearchRow.objects.filter(pk__in=wanted).order_by("pk").values_list("title", "text"))
    return Statistics(spread["size"], [title for title, _ in rows], [text for _, text in rows])
