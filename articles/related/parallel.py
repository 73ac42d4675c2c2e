"""A piece of work spread over processes that share what this one has in memory."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread

from django.db import connections


def spread(function: Callable, parts: Sequence, processes: int) -> Iterator:
    """`function` of each of `parts`, in their order; in this process where there is but one part or one process.

    The others begin with the memory of this one: what a global holds is neither read again nor held twice. They may read the
    database, each by a connection of its own; storing what comes back is left to the caller. The first part is done here, so
    that what is loaded when it is first needed, such as a dictionary, is loaded once.
    """
    alone = len(parts) if processes == 1 else 1
    yield from map(function, parts[:alone])
    if not parts[alone:]:
        return
    connections.close_all()  # a connection must not be used by two
    gc.freeze()  # a collection in another process would touch, and so copy, all that is shared
    try:
        with ProcessPoolExecutor(processes, get_context("fork"), _end_with_parent) as pool:
            yield from pool.map(_Apart(function), parts[alone:])
    finally:
        gc.unfreeze()


def _end_with_parent():
    """A process whose parent was killed would wait for its next part for ever."""
    Thread(target=lambda: (parent_process().join(), os._exit(1)), daemon=True).start()


class _Apart:
    """Picklable; leaves no connection open behind it."""

    def __init__(self, function):
        self._function = function

    def __call__(self, part):
        try:
            return self._function(part)
        finally:
            connections.close_all()
