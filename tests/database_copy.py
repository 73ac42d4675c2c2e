"""The test database as a file: made once from migrations and the shipped values, copied into memory by every later run."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parent.parent
MADE_FROM = (
    "requirements-dev.txt",
    "tests/settings.py",
    "yibao_site/settings.py",
    "*/models/*.py",
    "*/migrations/*.py",
)
VALUES_MADE_FROM = ("calculators/**/*.py", "calculators/library/**/*")
MAX_COPIES = 6


def fingerprint() -> str:
    """Of every file that decides what stands in the database."""
    digest = hashlib.sha256()
    for path in sorted(
        {path for pattern in (*MADE_FROM, *VALUES_MADE_FROM) for path in ROOT.glob(pattern) if path.is_file()}
    ):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        if path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def copy_into_memory(made: Path) -> None:
    """Connect to an empty database in memory, as Django's test runner does, and fill it."""
    connection.close()
    name = connection.creation._get_test_db_name()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    with closing(sqlite3.connect(made)) as source:
        source.backup(connection.connection)


def keep_copy(made: Path) -> None:
    """Write aside and rename: two processes may do so at once. Older copies go."""
    aside = made.with_suffix(f".{id(made)}")
    connection.ensure_connection()
    with closing(sqlite3.connect(aside)) as target:
        connection.connection.backup(target)
    aside.rename(made)
    for old in sorted(made.parent.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-MAX_COPIES]:
        old.unlink(missing_ok=True)
