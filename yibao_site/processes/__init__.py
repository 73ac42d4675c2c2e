"""Processes of the site: the supervisor, the server and the worker it starts, and what is checked before.

`__main__` is the program that `quickstart` becomes.
"""

import signal

# Those that somebody or something sends to end the site: Ctrl+C, a service manager, a terminal that is closed.
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# New objects before the garbage collector looks through them (gc.set_threshold). What loading the site makes stays.
DEFAULT_GC_THRESHOLD = 700
PRELOAD_GC_THRESHOLD = 20_000


def handle_ending_signals(handler) -> None:
    """Set the handler of each, but of those that are ignored, as SIGHUP is under nohup."""
    for number in ENDING_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)
