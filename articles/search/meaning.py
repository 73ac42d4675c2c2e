"""How near articles are to a query in what they mean, where the semantic extra is on.

A visitor never waits for it long: only the beginning of a query gets a vector, which is kept; where others are being
made already, or the extra is away, search goes on by words alone.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from threading import BoundedSemaphore

from articles import semantics
from articles.models import ArticleVector

# Rank fusion: a place in one order is worth 1 / (SOFT + place). Meaning counts half: it moves what words leave open.
SOFT, WORTH = 10, 0.5
# The model's time grows with the text.
LONGEST = 48
KEPT = 2000
AT_ONCE, PATIENCE = 2, 0.05  # seconds
_turns = BoundedSemaphore(AT_ONCE)


def nearness(text: str, keys: Sequence[int]) -> dict[int, float]:
    """For those of the articles that have a vector, its likeness to the query; empty where none can be had. One query."""
    asked = _asked(text)
    if asked is None:
        return {}
    stored = dict(ArticleVector.objects.current().filter(pk__in=keys).values_list("pk", "lead"))
    return dict(zip(stored, (semantics.from_bytes(list(stored.values())) @ asked).tolist(), strict=True))


def fused(by_words: list[int], likeness: Mapping[int, float]) -> list[int]:
    """The order by words and the order by meaning as one; what has no vector yet stands in both where words put it."""
    by_meaning = sorted((key for key in by_words if key in likeness), key=lambda key: -likeness[key])
    near = {key: place for place, key in enumerate(by_meaning)}
    worth = {key: 1 / (SOFT + place) + WORTH / (SOFT + near.get(key, place)) for place, key in enumerate(by_words)}
    return sorted(by_words, key=lambda key: -worth[key])


def _asked(text):
    """The query's vector. Letters alone, mostly pinyin, mean nothing to the model."""
    if not semantics.is_available() or text.isascii():
        return None
    if not _turns.acquire(timeout=PATIENCE):
        return None
    try:
        return _vector(text[:LONGEST])
    finally:
        _turns.release()


@lru_cache(maxsize=KEPT)
def _vector(text):
    return semantics.query_vectors([text])[0]
