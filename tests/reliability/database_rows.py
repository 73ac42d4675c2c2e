"""What stands in a database, as text that can be compared: every row of the given models."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from yibao_site.backup.archive import sha256
from yibao_site.backup.rows import applied_migrations, models_at, table_lines


def rows_of(*models):
    """Table → its rows, without what differs from run to run: moments and random numbers."""
    return {model._meta.db_table: sorted(map(_lasting, model._base_manager.values_list())) for model in models}


def _lasting(row):
    cells = (bytes(cell) if isinstance(cell, memoryview) else cell for cell in row)
    return str([cell for cell in cells if not isinstance(cell, datetime | UUID)])


def sizes(rows):
    return {table: len(found) for table, found in rows.items()}


def digest_of_everything():
    """Table → checksum of all its rows."""
    return {model._meta.db_table: sha256(table_lines(model)) for model in models_at(applied_migrations())}


def is_sound():
    """Whether every reference leads somewhere and SQLite's file is whole."""
    connection.check_constraints()
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
