"""Serialization of tables as JSON lines and back: the same rows give the same bytes on SQLite and on PostgreSQL."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.duration import duration_iso_string

INSERT_BATCH_SIZE = 500
REMADE_TABLES = {"articles_articlerendition"}  # filled again when pages are read, and too large to carry along


def applied_migrations() -> list[tuple[str, str]]:
    loader = MigrationExecutor(connection).loader
    return sorted(node for node in loader.applied_migrations if node in loader.graph.nodes)


def models_at(migrations) -> list:
    """Historical models at these migrations, join tables included, ordered by table name."""
    loader = MigrationExecutor(connection).loader
    registry = loader.project_state([tuple(node) for node in migrations], at_end=True).apps
    models = [model for model in registry.get_models(include_auto_created=True) if _has_table(model)]
    return sorted(models, key=lambda model: model._meta.db_table)


def table_lines(model) -> Iterator[bytes]:
    """Each row as one line of JSON: an object from column to value, ordered by primary key. None of a table that is remade."""
    if model._meta.db_table in REMADE_TABLES:
        return
    columns = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.order_by("pk").values_list(*columns)
    for row in rows.iterator(chunk_size=2000):
        text = json.dumps(dict(zip(columns, row, strict=True)), default=_plain, ensure_ascii=False, sort_keys=True)
        yield text.encode() + b"\n"


def insert_rows(model, written: Iterator[bytes]) -> int:
    """Insert rows unchanged: no signal, no automatic date, no default. Returns how many."""
    fields = model._meta.concrete_fields
    count, batch = 0, []
    for line in written:
        values = json.loads(line)
        batch.append(model(**{field.attname: field.to_python(values[field.attname]) for field in fields}))
        if len(batch) == INSERT_BATCH_SIZE:
            count += _insert(model, fields, batch)
            batch = []
    return count + _insert(model, fields, batch)


def delete_all_rows(models) -> None:
    """Delete the rows that migrations created in new tables."""
    tables = [model._meta.db_table for model in models]
    for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=False, allow_cascade=False):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def set_sequences(models) -> None:
    """Set the primary key sequences after the last restored row."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


@contextmanager
def read_snapshot():
    """Context in which all reads see one snapshot of the database, while others go on writing."""
    connection.ensure_connection()
    nested = connection.in_atomic_block
    with deferred_transactions(), transaction.atomic():
        if connection.vendor == "postgresql" and not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def deferred_transactions():
    """Context with DEFERRED transactions on SQLite: settings make them IMMEDIATE, and a read must not block writers."""
    if connection.vendor != "sqlite":
        yield
        return
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = usual


def _has_table(model) -> bool:
    return model._meta.managed and not model._meta.proxy and not model._meta.swapped


def _insert(model, fields, batch) -> int:
    size = connection.ops.bulk_batch_size(fields, batch) or 1
    for start in range(0, len(batch), size):
        model._base_manager._insert(batch[start : start + size], fields=fields, using=connection.alias, raw=True)
    return len(batch)


def _plain(value):
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    raise TypeError(f"no way to write {type(value).__name__} into a backup")
