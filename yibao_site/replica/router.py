"""Database router: the replica for reads of a visitor's page while it is current, the primary for everything else."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connections

from yibao_site.replica.position import REPLICA_ALIAS, position

_may_read_replica: ContextVar[bool] = ContextVar("may read replica", default=False)


@contextmanager
def reading_from_replica() -> Iterator[None]:
    """Around a visitor's request."""
    token = _may_read_replica.set(True)
    try:
        yield
    finally:
        _may_read_replica.reset(token)


def reads_replica() -> bool:
    return _may_read_replica.get()


def stay_on_primary() -> None:
    """For the rest of the request: what it read or wrote there the replica may not have."""
    if _may_read_replica.get():
        _may_read_replica.set(False)


class ReplicaRouter:
    def db_for_read(self, model, **hints):
        if not _may_read_replica.get():
            return DEFAULT_DB_ALIAS
        if connections[DEFAULT_DB_ALIAS].in_atomic_block or not position.is_current():
            stay_on_primary()
            return DEFAULT_DB_ALIAS
        return REPLICA_ALIAS

    def db_for_write(self, model, **hints):
        stay_on_primary()
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == DEFAULT_DB_ALIAS
