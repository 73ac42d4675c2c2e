"""What a page is made of, and what has changed: the words in which content and page cache talk.

While a page is rendered, whatever it shows is noted under short keys: `article:5`, `category:2`,
`category:2:list` (the articles in it), `all:category` (every one of them), `articles` (the newest of all), `value:<parameter>` (every
row of that parameter, by its code or name), `values` (the newest of all) …
A writer that changes something says the same keys. Who listens stands further up; without a
listener both calls cost nothing.

Short lists that every page of a kind needs are `Kept` in the process, under the same keys.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

from django.db import connection
from django.dispatch import Signal

content_changed = Signal()  # sends keys: frozenset[str], in the transaction of the change
content_outdated = Signal()  # the same keys once they are committed, in every process that follows changes
followers: list[Callable[[], bool]] = []  # each tells whether this process hears of what others change
MOST_SECONDS = 60
T = TypeVar("T")
_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


@contextmanager
def collecting() -> Iterator[set[str]]:
    """Collect the keys noted inside."""
    keys = set()
    token = _noted.set(keys)
    try:
        yield keys
    finally:
        _noted.reset(token)


def note(*keys: str) -> None:
    """The page being rendered, if any, shows these."""
    noted = _noted.get()
    if noted is not None:
        noted.update(keys)


def changed(*keys: str) -> None:
    """These have changed; pages that show them are out of date once the transaction is committed."""
    content_changed.send(None, keys=frozenset(keys))


def may_keep() -> bool:
    """Whether a change anywhere is heard of here. Inside a transaction what is read may yet be undone."""
    return any(follows() for follows in followers) and not connection.in_atomic_block


class Kept(Generic[T]):
    """What `read` reads, kept until one of the keys changes, in whatever process, and for a minute at most.

    Read anew each time where nothing may be kept.
    """

    def __init__(self, read: Callable[[], T], *keys: str):
        self._read, self._keys = read, frozenset(keys)
        self._kept: tuple[float, T] | None = None
        self._changes = 0
        content_changed.connect(self._drop)
        content_outdated.connect(self._drop)

    def __call__(self) -> T:
        if not may_keep():
            return self._read()
        kept, changes = self._kept, self._changes
        if kept is None or kept[0] < time.monotonic():
            kept = time.monotonic() + MOST_SECONDS, self._read()
            if changes == self._changes:
                self._kept = kept
        return kept[1]

    def _drop(self, keys, **kwargs):
        if not self._keys.isdisjoint(keys):
            self._changes += 1
            self._kept = None
