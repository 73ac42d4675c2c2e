"""Database settings: SQLite in DATA_DIR or PostgreSQL with a pool; with DATABASE_REPLICA_URL a second one to read from."""

from django.core.exceptions import ImproperlyConfigured
from environs import Env

SQLITE, POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # a writer waits its turn instead of failing half-way
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-512;",
}


def database_settings(env: Env, default: str, threads: int) -> dict[str, dict]:
    databases = {"default": _tuned(env.dj_db_url("DATABASE_URL", default), env, threads)}
    if env.str("DATABASE_REPLICA_URL", ""):
        databases["replica"] = _tuned(env.dj_db_url("DATABASE_REPLICA_URL"), env, threads)
        if {database["ENGINE"] for database in databases.values()} != {POSTGRESQL}:
            raise ImproperlyConfigured(
                "DATABASE_REPLICA_URL names a PostgreSQL that replicates the one of DATABASE_URL."
            )
    return databases


def _tuned(database, env, threads):
    if database["ENGINE"] == SQLITE:
        # To open it reads the whole schema: a tenth of what a page costs.
        return database | {"OPTIONS": dict(SQLITE_OPTIONS), "CONN_MAX_AGE": 60}
    if database["ENGINE"] == POSTGRESQL:
        # Each thread holds one connection, so a wait means that the database is away: a visitor is told so soon.
        pool = {"min_size": 1, "max_size": env.int("DATABASE_POOL", threads + 4), "timeout": 2}
        options = database.get("OPTIONS", {}) | {"pool": pool, "connect_timeout": 2}
        # A restarted database costs no visitor an error.
        tuned = database | {"OPTIONS": options, "CONN_HEALTH_CHECKS": True}
        if env.bool("PGBOUNCER", False):
            # In transaction mode no cursor outlives a transaction, and no option of a session arrives.
            return tuned | {"DISABLE_SERVER_SIDE_CURSORS": True}
        options["options"] = "-c jit=off"  # compiling a statement takes longer than any of ours runs
        return tuned
    return database
