"""Mixed load on a whole site: 90 % articles, 5 % searches, 5 % calculators; the knee, and what is left of it under abuse.

    python tests/benchmarks/load.py                   its own site, a short run (about two minutes)
    python tests/benchmarks/load.py --hold 600        holds 80 % of the knee for ten minutes
    python tests/benchmarks/load.py --url http://127.0.0.1:8000    a site that runs already

Loopback only. Times on a shared machine mean little by themselves: read the ratios to the idle p99.
"""

import argparse
import contextlib
import http.client
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks._abuse import search_flood, slow_clients  # isort: skip
from tests.benchmarks._visitors import Visitors, ask, find_pages  # isort: skip
from tests.cluster.services import free_port  # isort: skip

ROOT = Path(__file__).parent.parent.parent
MOST_CONNECTIONS = 64
MOST_SECONDS = 900
WARM_UP = 3


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
def own_site():
    """The cluster as `make run-cluster` starts it, in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="yibao-load-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        port = free_port()
        environment = os.environ | {"DATA_DIR": folder, "PORT": str(port), "HTTPS": "off", "LOG_LEVEL": "WARNING"}
        environment["RESULTS_PER_MINUTE"] = "1000000000"  # all visitors have one address
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
        with own_site() as (address, pids):
            return measure(address, pids, step, held)
    host = urlsplit(asked.url).hostname
    if host not in {"127.0.0.1", "localhost", "::1"}:
        raise SystemExit("loopback only")
    return measure(urlsplit(asked.url).netloc, [], step, held)


if __name__ == "__main__":
    sys.exit(main())
