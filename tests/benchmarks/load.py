"""Mixed load on a whole site: 90 % articles, 5 % searches, 5 % calculators; the knee, and what is left of it under abuse.

    python tests/benchmarks/load.py                   its own site, a short run (about two minutes)
    python tests/benchmarks/load.py --hold 600        holds 80 % of the knee for ten minutes
    python tests/benchmarks/load.py --url http://127.0.0.1:8000    a site that runs already

Loopback only. Times on a shared machine mean little by themselves: read the ratios to the idle p99.
"""

import argparse
import contextlib
import http.client
import itertools
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).parent.parent.parent
MOST_CONNECTIONS = 64
MOST_SECONDS = 900
WORDS = ["起付线", "门诊报销", "异地就医", "退休年限", "居民医保", "大病保险", "个人账户", "清零", "广州", "灵活就业"]
WARM_UP = 3


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


def find_knee(visitors, seconds):
    """More visitors, until they get less than a tenth more answered or somebody is refused; the last step that paid."""
    best = None
    for connections in (1, 2, 4, 8, 16, 32, MOST_CONNECTIONS):
        result = visitors.run(connections, seconds)
        report(f"{connections} visitors", result, best)
        if best and (result.errors or result.rate < best.rate * 1.1):
            break
        best = result
    return best


def report(label, result, idle=None):
    ratio = f", p99 {result.p99() / idle.p99():.1f} × idle" if idle and idle.p99() else ""
    kinds = ", ".join(f"{kind} {result.p99(kind) * 1000:.0f} ms" for kind in result.times)
    print(f"{label:28} {result.rate:7.0f}/s  errors {result.errors}  p99: {kinds}{ratio}", flush=True)


def hold(visitors, knee, seconds, idle, pids):
    """80 % of the knee: as many visitors as at the knee, each with a pause."""
    pause = knee.connections / (0.8 * knee.rate) - knee.connections / knee.rate
    before = memory(pids)
    result = visitors.run(knee.connections, seconds, pause)
    report(f"80 % for {seconds:.0f} s", result, idle)
    if pids:
        print(f"memory of the processes: {before:.0f} → {memory(pids):.0f} MB")
    return result


def memory(pids):
    """Resident MB of the processes and their children."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,rss"], capture_output=True, text=True, check=True)  # noqa: S607
    rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()[1:]]
    family = set(pids)
    for _ in range(4):
        family |= {pid for pid, parent, _ in rows if parent in family}
    return sum(rss for pid, _, rss in rows if pid in family) / 1024


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


@contextlib.contextmanager
def own_site():
    """The cluster as `make run-cluster` starts it, in a folder that goes afterwards."""
    from tests.cluster.services import free_port  # noqa: PLC0415 - only for a site of our own

    with tempfile.TemporaryDirectory(prefix="yibao-load-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        port = free_port()
        environment = os.environ | {"DATA_DIR": folder, "PORT": str(port), "HTTPS": "off", "LOG_LEVEL": "WARNING"}
        command = [sys.executable, "-m", "tests.cluster"]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as site:
            try:
                wait_for(f"127.0.0.1:{port}", site)
                yield f"127.0.0.1:{port}", [site.pid]
            finally:
                site.terminate()


def wait_for(address, site, seconds=600):
    end = time.monotonic() + seconds
    while ask(http.client.HTTPConnection(address, timeout=5), "/articles/") != 200:
        if time.monotonic() > end or site.poll() is not None:
            raise SystemExit("the site did not start")
        time.sleep(0.5)


def measure(address, pids, step, held):
    visitors = Visitors(address, find_pages(address))
    for path in [*visitors.pages["articles"], *visitors.pages["calculators"]]:
        ask(http.client.HTTPConnection(address, timeout=30), path)
    visitors.run(2, WARM_UP)
    idle = visitors.run(1, step)
    report("idle (1 visitor)", idle)
    knee = find_knee(visitors, step)
    print(f"knee: {knee.connections} visitors, {knee.rate:.0f} answers/s")
    results = [knee, hold(visitors, knee, held, idle, pids)]
    with slow_clients(address):
        results.append(visitors.run(2, step))
        report("beside 40 slow clients", results[-1], idle)
    with search_flood(address):
        results.append(visitors.run(2, step))
        report("beside a flood of searches", results[-1], idle)
    return int(any(result.errors for result in results[:2]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="a running site on this machine")
    parser.add_argument("--step", type=float, default=5, help="seconds of each step")
    parser.add_argument("--hold", type=float, default=20, help="seconds at 80 %% of the knee")
    asked = parser.parse_args()
    step, held = min(asked.step, MOST_SECONDS), min(asked.hold, MOST_SECONDS)
    if not asked.url:
        sys.path.insert(0, str(ROOT))
        with own_site() as (address, pids):
            return measure(address, pids, step, held)
    host = urlsplit(asked.url).hostname
    if host not in {"127.0.0.1", "localhost", "::1"}:
        raise SystemExit("loopback only")
    return measure(urlsplit(asked.url).netloc, [], step, held)


if __name__ == "__main__":
    sys.exit(main())
