"""What a page is made of, and what has changed: the words in which content and page cache talk.

While a page is rendered, whatever it shows is noted under short keys: `article:5`, `category:2`,
`category:2:list` (the articles in it), `all:category` (every one of them), `articles` (the newest of all), `value:<parameter>` (every
row of that parameter, by its code or name), `values` (the newest of all) …
A writer that changes something says the same keys. Who listens stands further up; without a
listener both calls cost nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.dispatch import Signal

content_changed = Signal()  # sends keys: frozenset[str]
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
