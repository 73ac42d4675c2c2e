"""Likeness of texts by their words, in plain Python: of a few texts the same numbers as Index, without numpy."""

from collections import Counter
from collections.abc import Mapping
from math import log, sqrt

from articles.text import words


class Cosines:
    """`texts` as rows of length one, by the logarithm of a word's count and its rarity among them."""

    def __init__(self, texts: Mapping[int, str]):
        counts = {key: Counter(words(text)) for key, text in texts.items()}
        found_in = Counter(word for counted in counts.values() for word in counted)
        self._weights = {word: log((len(texts) + 1) / (times + 0.5)) for word, times in found_in.items()}
        self._rows = {key: self._row(counted) for key, counted in counts.items()}

    def likeness(self, text: str) -> dict[int, float]:
        """How alike `text` is to each of the texts, 0 to 1."""
        asked = self._row(Counter(words(text)))
        return {
            key: sum(weight * row[word] for word, weight in asked.items() if word in row)
            for key, row in self._rows.items()
        }

    def _row(self, counted: Counter[str]) -> dict[str, float]:
        """Words that no text has count for nothing."""
        row = {word: (1 + log(times)) * self._weights[word] for word, times in counted.items() if word in self._weights}
        length = sqrt(sum(weight * weight for weight in row.values())) or 1.0
        return {word: weight / length for word, weight in row.items()}
