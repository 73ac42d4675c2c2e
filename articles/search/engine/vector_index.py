"""Vector index in the process: the embeddings nearest to a query, without asking the database.

The vectors are read at a process's first search, and from then on what is new; an article whose vectors come a little
late is found by its words meanwhile. Eight bits a number: 80 MB for 100,000 articles. Drafts are among them: whoever
shows what is found asks the database what may be read.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

import numpy as np

from articles.models import ArticleVector
from articles.text import sentence_model
from articles.text.stored_vectors import from_bytes

FRESH_SECONDS = 10
# Vectors are stored in transactions that may end in another order than they began.
OVERLAP_DURATION = timedelta(minutes=1)
ARTICLES_AT_ONCE = 1000
STEPS = 127  # of an eight-bit number
VECTORS_OF_AN_ARTICLE = 2  # of each article its title and its lead


@dataclass(frozen=True)
class Likeness:
    """How like each article is to what was asked."""

    keys: np.ndarray
    values: np.ndarray
    places: dict[int, int]

    def nearest(self, count: int) -> list[int]:
        count = min(count, len(self.keys))
        places = np.argpartition(-self.values, count - 1)[:count] if count else []
        return self.keys[places].tolist()

    def of(self, keys: Iterable[int]) -> dict[int, float]:
        """For those of the articles that have vectors."""
        return {key: float(self.values[self.places[key]]) for key in keys if key in self.places}


@dataclass(frozen=True)
class Vectors:
    """`steps`, times `scale`, are the vectors of title and lead; a row an article, `places` tells which."""

    keys: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    steps: np.ndarray = field(
        default_factory=lambda: np.empty((0, VECTORS_OF_AN_ARTICLE, sentence_model.DIMENSIONS), np.int8)
    )
    scale: np.ndarray = field(default_factory=lambda: np.empty((0, VECTORS_OF_AN_ARTICLE), np.float32))
    places: dict[int, int] = field(default_factory=dict)

    def likeness(self, asked: np.ndarray) -> Likeness:
        """An article is as like to a vector as the more alike of its title and its lead."""
        # In pieces, so that it takes little memory besides.
        pieces = [
            self.steps[start : start + ARTICLES_AT_ONCE].astype(np.float32) @ asked
            for start in range(0, len(self.keys), ARTICLES_AT_ONCE)
        ]
        values = (np.concatenate(pieces) * self.scale).max(axis=1) if pieces else np.empty(0, np.float32)
        return Likeness(self.keys, values, self.places)

    def with_these(self, keys: list[int], vectors: np.ndarray) -> "Vectors":
        """New ones added, known ones replaced; this one stays as it is for who is reading it."""
        largest = np.maximum(np.abs(vectors).max(axis=2), 1e-6)
        steps = np.rint(vectors * (STEPS / largest)[:, :, None]).astype(np.int8)
        kept = ~np.isin(self.keys, keys)
        every = np.concatenate([self.keys[kept], np.array(keys, np.int64)])
        return Vectors(
            every,
            np.concatenate([self.steps[kept], steps]),
            np.concatenate([self.scale[kept], (largest / STEPS).astype(np.float32)]),
            {key: place for place, key in enumerate(every.tolist())},
        )


@dataclass
class _Kept:
    vectors: Vectors = field(default_factory=Vectors)
    newest: datetime | None = None
    looked_at: float = float("-inf")


_lock = Lock()
_kept = _Kept()


def current() -> Vectors:
    """All vectors this process knows of; looks for new ones every FRESH_SECONDS. One query then, otherwise none."""
    if _kept.looked_at + FRESH_SECONDS < time.monotonic() and _lock.acquire(blocking=_kept.newest is None):
        try:
            _look(_kept)
        finally:
            _lock.release()
    return _kept.vectors


def forget() -> None:
    """Read them anew next time."""
    global _kept
    _kept = _Kept()


def _look(kept):
    if kept.looked_at + FRESH_SECONDS >= time.monotonic():  # somebody else did, meanwhile
        return
    stored = ArticleVector.objects.current()
    if kept.newest is not None:
        stored = stored.filter(made_at__gt=kept.newest - OVERLAP_DURATION)
    rows = stored.values_list("pk", "title", "lead", "made_at").iterator(ARTICLES_AT_ONCE)
    keys, both, times = [], [], []
    for key, title, lead, made_at in rows:
        keys.append(key)
        both += [bytes(title), bytes(lead)]
        times.append(made_at)
    if keys:
        kept.vectors = kept.vectors.with_these(keys, from_bytes(both).reshape(len(keys), VECTORS_OF_AN_ARTICLE, -1))
        kept.newest = max(times)
    kept.looked_at = time.monotonic()
