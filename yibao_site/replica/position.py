"""Position of the replica in the primary's log, against what this process has heard of."""

import logging
import threading
import time

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections

from calculators.common.page_keys import followers

REPLICA_ALIAS = "replica"
PROBE_SECONDS = 0.2
PROBE_TIMEOUT_SECONDS = 1.5  # without an answer for so long, nothing is known of the replica
# The log's end that holds every transaction whose rows can be seen now; and what is replayed, NULL where nothing replays.
PRIMARY_POSITION = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"
REPLAYED_POSITION = (
    "SELECT CASE WHEN pg_is_in_recovery() THEN pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint END"
)
ERRORS = (DatabaseError, InterfaceError)
logger = logging.getLogger(__name__)


class ReplicaPosition:
    """Numbers only: a reader compares two of them. The thread that asks the replica starts with the first reader."""

    def __init__(self):
        self.required, self.replayed, self._asked_at = 0, -1, float("-inf")
        self._thread, self._lock, self._was_away = None, threading.Lock(), False

    def require_current(self) -> None:
        """From now on a reader must see at least what the primary shows now. One query, where there is a replica."""
        if settings.DATABASE_REPLICA_URL:
            self.required = max(self.required, _asked(DEFAULT_DB_ALIAS, PRIMARY_POSITION))

    def is_current(self) -> bool:
        """Whether the replica shows every change that this process knows of, and it hears of all changes."""
        is_known = time.monotonic() - self._asked_at < PROBE_TIMEOUT_SECONDS
        return is_known and self.replayed >= self.required and any(follows() for follows in followers)

    def lose(self) -> None:
        """A statement failed: nothing is known until the replica answers the thread."""
        self._asked_at = float("-inf")

    def start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._follow, name="replica-position", daemon=True)
                    self._thread.start()

    def _follow(self):
        while True:
            self.ask()
            time.sleep(PROBE_SECONDS)

    def ask(self) -> None:
        """Ask the replica how far it is. One that does not answer, or replays no log, is read no more."""
        asked_at, is_away = time.monotonic(), False
        try:
            replayed = _asked(REPLICA_ALIAS, REPLAYED_POSITION)
            is_away = replayed is None
        except ERRORS:
            connections[REPLICA_ALIAS].close()
            is_away = True
        if is_away:
            self.lose()
        else:
            self.replayed, self._asked_at = replayed, asked_at
        if is_away != self._was_away:
            logger.warning("the read replica is %s", "away: pages are read from the primary" if is_away else "back")
        self._was_away = is_away


def _asked(alias, statement):
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def replica_lag() -> int | None:
    """Bytes of the log that the replica has yet to replay, asked now; None where it is away or follows no primary."""
    asked = ReplicaPosition()
    asked.require_current()
    asked.ask()
    return max(0, asked.required - asked.replayed) if asked.replayed >= 0 else None


position = ReplicaPosition()
