"""How a change in one process reaches the pages kept in every other: each reads PageChange.

Rows commit out of order, so the last OVERLAP of them are read again and those already applied are
remembered. While the database is away pages stay; when it is back they are caught up.
"""

import logging
import threading
import time

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.models import Max

from calculators.common.page_keys import content_outdated
from yibao_site.page_cache.models import PageChange
from yibao_site.page_cache.store import PageStore

POLL_SECONDS = 0.25
LATE = 2.0  # seconds after which a process no longer knows what others changed
OVERLAP = 300
logger = logging.getLogger(__name__)


class Follower:
    """Applies changes to a store, once each."""

    def __init__(self, store: PageStore):
        self.store = store
        self._lock = threading.Lock()
        self._newest = None
        self._caught_up = 0.0
        self._applied: set[int] = set()
        self._thread = None

    def start(self):
        """Begin to poll; safe to call for every request, for workers fork after the application is loaded."""
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._poll, name="page-changes", daemon=True)
                    self._thread.start()

    def is_following(self) -> bool:
        """Whether what other processes change becomes known here at once."""
        return self._thread is not None and self._thread.is_alive() and time.monotonic() - self._caught_up < LATE

    def nudge(self):
        """Catch up at once, in a process that keeps pages at all."""
        if self._thread is not None:
            self.catch_up()

    def catch_up(self):
        """Read what changed since the last time and drop the pages that show it."""
        with self._lock:
            if self._newest is None:
                self._newest = PageChange.objects.aggregate(newest=Max("pk"))["newest"] or 0
                self.store.clear()
                self._caught_up = time.monotonic()
                return
            rows = PageChange.objects.filter(pk__gt=self._newest - OVERLAP).order_by("pk").values_list("pk", "keys")
            for pk, keys in rows:
                if pk not in self._applied:
                    self._apply(pk, keys)
            self._caught_up = time.monotonic()

    def _apply(self, pk, keys):
        """Lists kept in the process go first, or a page could be rendered from them after it was dropped."""
        content_outdated.send(None, keys=frozenset(keys.split(",")))
        self.store.drop(keys.split(","))
        self._applied.add(pk)
        self._newest = max(self._newest, pk)
        self._applied = {applied for applied in self._applied if applied > self._newest - OVERLAP}

    def _poll(self):
        while True:
            try:
                close_old_connections()
                self.catch_up()
            except (DatabaseError, InterfaceError) as error:
                logger.warning("page changes could not be read: %s", error)
                connection.close()
            time.sleep(POLL_SECONDS)
