"""A limit on the processor time of a test, whatever else the machine does."""

import signal
from contextlib import contextmanager


class Slow(Exception):
    """The work took more than its share of processor time."""


@contextmanager
def seconds_of_processor(seconds):
    """Cut the work off after so much of this process's own time, however busy the machine is."""

    def stop(*args):
        raise Slow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
