"""Time that a request waits for the database: each statement up to its answer, on every connection of the thread.

On SQLite later rows are computed while they are read, which is not in it.
"""

import time
from contextlib import ExitStack, contextmanager

from django.db import connections


class DatabaseTimer:
    """Wrapper of statements (docs.djangoproject.com: database instrumentation) that adds up their seconds."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self, execute, sql, params, many, context):
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - start


@contextmanager
def timed_statements():
    """Context that yields the timer of all statements in it."""
    timer = DatabaseTimer()
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(timer))
        yield timer
