"""Store of cached pages in memory: looked up by address, dropped by key, bounded in bytes."""

import gzip
import hashlib
import threading
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.renditions.compression import compress
from yibao_site.page_cache import counters

KEPT_QUALITY = 7  # of brotli, for what is compressed once and sent often
MAX_RECENT_CHANGES = 1000  # remembered; a page whose rendering took longer than so many changes is not stored


@dataclass
class CachedPage:
    """A page rendered at `made`, in seconds of the clock: its headers, and its response in three content encodings."""

    headers: list[tuple[str, str]]
    body: bytes
    keys: frozenset[str]
    expires: float
    made: float = 0.0
    used: bool = False
    in_edge: bool = False  # whether a cache in front may keep it
    answers: dict[str, tuple[list[tuple[str, str]], bytes]] = field(default_factory=dict)

    def __post_init__(self):
        self.etag = f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'
        common = [*self.headers, ("ETag", self.etag)]
        self.not_modified = [pair for pair in common if pair[0].lower() != "content-type"]
        bodies = {"": self.body, "gzip": gzip.compress(self.body, 6), "br": compress(self.body, KEPT_QUALITY)}
        for encoding, body in bodies.items():
            encoded = [("Content-Encoding", encoding)] if encoding else []
            self.answers[encoding] = ([*common, *encoded, ("Content-Length", str(len(body)))], body)

    def is_good(self, now: float) -> bool:
        """Not beyond its end, nor before its making: a clock that was set back makes no page of another day good."""
        return self.made <= now < self.expires

    @property
    def size(self):
        return sum(len(body) for _, body in self.answers.values())


class PageStore:
    """At most `capacity` bytes of pages. Eviction is CLOCK: the oldest page that was not requested again goes first."""

    def __init__(self, capacity: int):
        self.capacity = capacity
        self.size = 0
        self.pages: dict[str, CachedPage] = {}
        self._showing = defaultdict(set)
        self._lock = threading.RLock()
        self._recent = deque(maxlen=MAX_RECENT_CHANGES)
        self._changes = 0

    def mark(self) -> int:
        """The number of changes so far; `put` refuses a page if one of its keys changed since then."""
        with self._lock:
            return self._changes

    def put(self, address: str, page: CachedPage, since: int) -> bool:
        """Store the page; False if what it shows has changed while it was rendered."""
        with self._lock:
            if not self._is_current(page, since):
                return False
            self.discard(address)
            self.pages[address] = page
            self.size += page.size
            for key in page.keys:
                self._showing[key].add(address)
            self._make_room()
            self._tell_size()
            return True

    def _is_current(self, page, since):
        missed = self._changes - since
        if missed > len(self._recent):
            return False
        recent = list(self._recent)[len(self._recent) - missed :]
        return all(page.keys.isdisjoint(keys) for keys in recent)

    def drop(self, keys: Iterable[str]) -> None:
        """Drop every page that depends on one of these keys."""
        keys = frozenset(keys)
        with self._lock:
            self._changes += 1
            self._recent.append(keys)
            for key in keys:
                for address in list(self._showing.get(key, ())):
                    self.discard(address)
            self._tell_size()

    def discard(self, address: str) -> None:
        with self._lock:
            page = self.pages.pop(address, None)
            if page is None:
                return
            self.size -= page.size
            for key in page.keys:
                self._showing[key].discard(address)
                if not self._showing[key]:
                    del self._showing[key]

    def clear(self) -> None:
        with self._lock:
            self.pages.clear()
            self._showing.clear()
            self.size = 0
            self._tell_size()

    def _tell_size(self):
        counters.stored_bytes.set(self.size)
        counters.stored_pages.set(len(self.pages))

    def _make_room(self):
        """Evict the oldest pages; one that was used since its last turn gets another."""
        while self.size > self.capacity and self.pages:
            address, page = next(iter(self.pages.items()))
            if page.used:
                page.used = False
                self.pages[address] = self.pages.pop(address)
            else:
                self.discard(address)
