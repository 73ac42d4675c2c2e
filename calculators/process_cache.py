"""Process caches: what many pages need, in this process's memory until one of its page keys is invalidated in any process.

Nothing is cached where invalidations do not arrive (calculators.common.page_keys.may_cache): it is read each time.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from threading import Lock
from typing import Generic, TypeVar

from calculators.common import page_keys
from calculators.common.page_keys import PageKey, content_changed, content_outdated

K = TypeVar("K")
V = TypeVar("V")


class ProcessCache(Generic[V]):
    """One value, read by `read` again after one of the keys was invalidated."""

    def __init__(self, read: Callable[[], V], *keys: PageKey):
        self._read, self._keys = read, frozenset(keys)
        self._cached: tuple[float, V] | None = None
        self._changes = 0
        content_changed.connect(self._drop)
        content_outdated.connect(self._drop)

    def __call__(self) -> V:
        if not page_keys.may_cache():
            return self._read()
        cached, changes = self._cached, self._changes
        if cached is None or cached[0] < time.monotonic():
            cached = time.monotonic() + page_keys.MAX_CACHED_SECONDS, self._read()
            if changes == self._changes:
                self._cached = cached
        return cached[1]

    def _drop(self, keys: Collection[PageKey], **kwargs: object) -> None:
        if not self._keys.isdisjoint(keys):
            self._changes += 1
            self._cached = None


class RowCache(Generic[K, V]):
    """Values by their names, `size` of them, the oldest going first. `keys_of` tells the keys of a name and its value."""

    def __init__(self, keys_of: Callable[[K, V], Iterable[PageKey]], size: int):
        self._keys_of, self._size = keys_of, size
        self._cached: dict[K, tuple[float, V, frozenset[PageKey]]] = {}
        self._names: dict[PageKey, set[K]] = defaultdict(set)
        self._changes = 0
        self._lock = Lock()
        content_changed.connect(self._drop)
        content_outdated.connect(self._drop)

    def get_many(self, names: Iterable[K], read: Callable[[list[K]], dict[K, V]]) -> dict[K, V]:
        """The values in the order of `names`; `read` is asked for those that are missing, and may leave some out."""
        names, changes = list(names), self._changes
        found = self._fresh(names) if page_keys.may_cache() else {}
        if missing := [name for name in names if name not in found]:
            read_now = read(missing)
            self._keep(read_now, changes)
            found |= read_now
        return {name: found[name] for name in names if name in found}

    def _fresh(self, names: list[K]) -> dict[K, V]:
        now = time.monotonic()
        cached = ((name, self._cached.get(name)) for name in names)
        return {name: one[1] for name, one in cached if one is not None and one[0] >= now}

    def _keep(self, values: dict[K, V], changes: int) -> None:
        """Unless anything changed while they were read."""
        if not page_keys.may_cache():
            return
        until = time.monotonic() + page_keys.MAX_CACHED_SECONDS
        with self._lock:
            if changes != self._changes:
                return
            for name, value in values.items():
                self._forget(name)
                keys = frozenset(self._keys_of(name, value))
                self._cached[name] = until, value, keys
                for key in keys:
                    self._names[key].add(name)
            while len(self._cached) > self._size:
                self._forget(next(iter(self._cached)))

    def _drop(self, keys: Collection[PageKey], **kwargs: object) -> None:
        with self._lock:
            self._changes += 1
            for name in [name for key in keys for name in self._names.get(key, ())]:
                self._forget(name)

    def _forget(self, name: K) -> None:
        _, _, keys = self._cached.pop(name, (0.0, None, frozenset()))
        for key in keys:
            self._names[key].discard(name)
            if not self._names[key]:
                del self._names[key]
