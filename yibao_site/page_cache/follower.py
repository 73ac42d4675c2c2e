"""Polling of page changes: every process reads the table PageChange and drops the pages that others changed.

Rows commit out of order, so the last OVERLAP_ROWS are read again at each poll and those already applied are
skipped. While the database does not respond, cached pages are still answered; afterwards the poll catches up.
"""

import logging
import threading
import time

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.models import Max

from calculators.common.page_keys import content_outdated
from yibao_site.page_cache.models import PageChange
from yibao_site.page_cache.store import PageStore
from yibao_site.replica.position import position

POLL_SECONDS = 0.25
FOLLOWING_TIMEOUT_SECONDS = 2.0  # without a poll for so long, a process counts as not following
OVERLAP_ROWS = 300  # that may commit while an older row is still uncommitted
logger = logging.getLogger(__name__)


class PageChangeFollower:
    """Thread that applies page changes to a store, each once."""

    def __init__(self, store: PageStore):
        self.store = store
        self._lock = threading.Lock()
        self._newest = None
        self._caught_up = 0.0
        self._applied: set[int] = set()
        self._thread = None
        self._failure = ""

    def start(self):
        """Start the thread unless it runs. Called for every request: workers fork after the application is loaded."""
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._poll, name="page-changes", daemon=True)
                    self._thread.start()

    def is_following(self) -> bool:
        """Whether changes of other processes are being applied here."""
        return (
            self._thread is not None
            and self._thread.is_alive()
            and time.monotonic() - self._caught_up < FOLLOWING_TIMEOUT_SECONDS
        )

    def nudge(self):
        """Poll at once, in a process that has a page cache."""
        if self._thread is not None:
            self.catch_up()

    def catch_up(self):
        """Apply the changes since the last poll; the first poll clears the store."""
        with self._lock:
            if self._newest is None:
                position.require_current()
                self._newest = PageChange.objects.aggregate(newest=Max("pk"))["newest"] or 0
                self.store.clear()
                self._caught_up = time.monotonic()
                return
            rows = (
                PageChange.objects.filter(pk__gt=self._newest - OVERLAP_ROWS).order_by("pk").values_list("pk", "keys")
            )
            if changes := [(pk, keys) for pk, keys in rows if pk not in self._applied]:
                position.require_current()  # before a page can be rendered anew, from a replica that lags
            for pk, keys in changes:
                self._apply(pk, keys)
            self._caught_up = time.monotonic()

    def _apply(self, pk, keys):
        """Invalidate values cached in the process first, or a page could be rendered from them after it was dropped."""
        content_outdated.send(None, keys=frozenset(keys.split(",")))
        self.store.drop(keys.split(","))
        self._applied.add(pk)
        self._newest = max(self._newest, pk)
        self._applied = {applied for applied in self._applied if applied > self._newest - OVERLAP_ROWS}

    def _poll(self):
        while True:
            try:
                close_old_connections()
                self.catch_up()
                self._report("")
            except (DatabaseError, InterfaceError) as error:
                self._report(str(error))
                connection.close()
            time.sleep(POLL_SECONDS)

    def _report(self, failure):
        """Log a failure when it begins, not at each poll, and its end."""
        if failure != self._failure:
            logger.warning(
                "page changes could not be read: %s" if failure else "page changes are read again%s", failure
            )
        self._failure = failure
