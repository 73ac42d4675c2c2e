"""Semantic search, where the extra is on: articles near the query's vector join the candidates and reorder them.

A visitor never waits for it long: only the beginning of a query gets a vector, which is kept; where others are being
made already, or the extra is away, search goes on by words alone.
"""

from collections.abc import Mapping
from functools import lru_cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from articles.text import sentence_model
from calculators.common.lazy_module import LazyModule

if TYPE_CHECKING:
    from articles.search.engine.vector_index import Likeness


# How much likeness counts beside words; learned on public judged Chinese searches. Where no article holds more than
# UNFOUND_SHARE of the query, words say little.
VECTOR_WEIGHT, VECTOR_WEIGHT_WHERE_UNFOUND, UNFOUND_SHARE = 6, 15, 0.3
# So many articles come in by their meaning alone.
BROUGHT_IN = 20
# The model's time grows with the text.
MAX_QUERY_LENGTH = 64
MAX_KEPT_QUERIES = 2000
AT_ONCE, TURN_TIMEOUT_SECONDS = 2, 0.05  # seconds
_vectors = LazyModule("articles.search.engine.vector_index")  # with numpy, where the extra is on
_turns = BoundedSemaphore(AT_ONCE)


def likeness(text: str) -> "Likeness | None":
    """Of all articles to the query; None where it cannot be had. Hardly ever a query to the database."""
    asked = _asked(text)
    return None if asked is None else _vectors.current().likeness(asked)


def fused(by_words: Mapping[int, float], like: Mapping[int, float], best: float) -> list[int]:
    """The order by words and by likeness as one; `best` is the largest share of the query that one article holds.

    What has no vector yet counts as no better and no worse than the others.
    """
    most = max(by_words.values(), default=0) or 1
    middle = sum(like.values()) / (len(like) or 1)
    worth = VECTOR_WEIGHT_WHERE_UNFOUND if best < UNFOUND_SHARE else VECTOR_WEIGHT
    score = {key: words / most + worth * (like.get(key, middle) - middle) for key, words in by_words.items()}
    return sorted(score, key=lambda key: (-score[key], -key))


def _asked(text):
    """The query's vector. Letters alone, mostly pinyin, mean nothing to the model."""
    if not sentence_model.is_available() or text.isascii():
        return None
    if not _turns.acquire(timeout=TURN_TIMEOUT_SECONDS):
        return None
    try:
        return _vector(text[:MAX_QUERY_LENGTH])
    finally:
        _turns.release()


@lru_cache(maxsize=MAX_KEPT_QUERIES)
def _vector(text):
    return sentence_model.query_vectors([text])[0]
