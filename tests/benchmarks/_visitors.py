"""Visitors of a whole site: 90 % articles, 5 % searches, 5 % calculators, and the times in which they are answered."""

import contextlib
import http.client
import random
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import quote

WORDS = ["起付线", "门诊报销", "异地就医", "退休年限", "居民医保", "大病保险", "个人账户", "清零", "广州", "灵活就业"]


@dataclass
class Result:
    connections: int
    seconds: float
    times: dict = field(default_factory=lambda: {"articles": [], "search": [], "calculators": []})
    errors: int = 0

    @property
    def rate(self):
        return sum(map(len, self.times.values())) / self.seconds

    def p99(self, kind="articles"):
        ordered = sorted(self.times[kind]) or [0.0]
        return ordered[int(len(ordered) * 0.99)]


class Visitors:
    """A fixed number of visitors, each asking for the next page as soon as it has the last."""

    def __init__(self, address, pages):
        self.address, self.pages = address, pages

    def run(self, connections, seconds, pause=0.0):
        result, lock = Result(connections, seconds), threading.Lock()
        end = time.monotonic() + seconds
        threads = [
            threading.Thread(target=self._visit, args=(number, end, pause, result, lock))
            for number in range(connections)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return result

    def _visit(self, seed, end, pause, result, lock):
        chance = random.Random(seed)  # noqa: S311 - no secret
        connection = http.client.HTTPConnection(self.address, timeout=20)
        while time.monotonic() < end:
            kind, path = self._choose(chance)
            start = time.perf_counter()
            good = (ask_as_somebody_else(self.address, path) if kind == "search" else ask(connection, path)) == 200
            spent = time.perf_counter() - start
            with lock:
                result.times[kind].append(spent)
                result.errors += not good
            if pause:
                time.sleep(pause)
        connection.close()

    def _choose(self, chance):
        draw = chance.random()
        if draw < 0.90:
            return "articles", chance.choice(self.pages["articles"])
        if draw < 0.95:
            return "search", f"/search/?q={quote(chance.choice(WORDS))}"
        return "calculators", chance.choice(self.pages["calculators"])


def ask(connection, path):
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return 0
    return answer.status


def ask_as_somebody_else(address, path):
    """From a loopback address of its own, as visitors have: nginx limits how often one address searches."""
    source = f"127.{random.randint(1, 250)}.{random.randint(1, 250)}.{random.randint(1, 250)}"  # noqa: S311 - no secret
    connection = http.client.HTTPConnection(address, timeout=20, source_address=(source, 0))
    with contextlib.closing(connection):
        return ask(connection, path)


def find_pages(address):
    """Articles and calculators as a visitor finds them."""
    connection = http.client.HTTPConnection(address, timeout=30)
    pages = {}
    for kind, start in {"articles": "/articles/", "calculators": "/calculators/"}.items():
        connection.request("GET", start)
        html = connection.getresponse().read().decode()
        pages[kind] = sorted(set(re.findall(rf'href="(/{kind}/[^"?#/]+/)"', html))) or [start]
    return pages
