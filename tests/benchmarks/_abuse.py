"""Clients that abuse a site: some send a request byte by byte, some search without end."""

import contextlib
import http.client
import itertools
import threading
from urllib.parse import quote

from tests.benchmarks._visitors import WORDS, ask_as_somebody_else


@contextlib.contextmanager
def slow_clients(address, count=40):
    """Clients that send a byte of their request every half second."""
    stop = threading.Event()

    def dawdle():
        connection = http.client.HTTPConnection(address, timeout=20)
        with contextlib.suppress(OSError):
            connection.connect()
            for byte in itertools.chain(b"GET / HTTP/1.1\r\nX: ", itertools.repeat(ord("a"))):
                connection.sock.send(bytes([byte]))
                if stop.wait(0.5):
                    break
        connection.close()

    with running_threads([threading.Thread(target=dawdle) for _ in range(count)], stop):
        yield


@contextlib.contextmanager
def search_flood(address, count=16):
    """Clients that search for something new as fast as they are answered, each time from another address."""
    stop = threading.Event()

    def flood(number):
        for turn in itertools.count():
            ask_as_somebody_else(address, f"/search/?q={quote(WORDS[turn % len(WORDS)])}{number}{turn}")
            if stop.is_set():
                break

    with running_threads([threading.Thread(target=flood, args=(number,)) for number in range(count)], stop):
        yield


@contextlib.contextmanager
def running_threads(threads, stop):
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
