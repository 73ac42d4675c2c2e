"""What a page weighs, what it costs cold, and whether that grows with the number of articles.

    python tests/benchmarks/pages.py                       1,000 and 10,000 articles
    python tests/benchmarks/pages.py --articles 1000 10000 100000

Times are of a whole request through Django's middleware in one process, without the page cache. The lean page (_served.py)
takes turns with our article's; `first` is an article that was never read since it was published.
"""

import argparse
import os
import re
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks._site import addresses, fill, prepare  # isort: skip - it sets Django up

import brotli
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from articles.models import Article
from calculators.common.page_keys import followers
from tests.benchmarks import _plain_settings

HEAVIEST_ARTICLE = 12_000
MOST_REQUESTS = 3
TIMES = 15
HOST = {"host": "127.0.0.1"}


def weigh(client):
    """Bytes over the wire: the page, and what it asks for, compressed as they are sent."""
    print("weight over the wire, brotli, bytes     html     css      js     sum  requests")
    for name, address in addresses().items():
        response = client.get(address)
        files = set(re.findall(r'(?:href|src)="/static/([^"]+)"', response.content.decode()))
        size = {path: wire_size(path) for path in files}
        css, js = (sum(size[path] for path in size if path.endswith(end)) for end in (".css", ".js"))
        page, requests = len(brotli.compress(response.content, quality=5)), 1 + len(files)
        print(f"{name:35} {page:8} {css:7} {js:7} {page + css + js:7} {requests:9}")
        if name == "article":
            held = page + css + js <= HEAVIEST_ARTICLE and requests <= MOST_REQUESTS
            verdict = f"article ≤ {HEAVIEST_ARTICLE:,} bytes and ≤ {MOST_REQUESTS} requests: {'yes' if held else 'NO'}"
    print(verdict)


def wire_size(path):
    file = settings.STATIC_ROOT / path
    compressed = file.with_name(f"{file.name}.br")
    return (compressed if compressed.exists() else file).stat().st_size


def grow(client, sizes):
    """Milliseconds and queries of a cold render at each size."""
    table = {}
    for size in sizes:
        fill(size)
        for name, address in addresses().items():
            table.setdefault(name, []).append(cold(client, address))
    print(f"\ncold render, ms (queries)          {''.join(f'{size:>16,}' for size in sizes)}   last ÷ first")
    for name, row in table.items():
        cells = "".join(f"{milliseconds:10.1f} ({queries:2}) " for milliseconds, queries in row)
        print(f"{name:35} {cells}{row[-1][0] / row[0][0]:15.2f}")


def cold(client, address):
    """The middle of several times, after one that gathers what was never gathered."""
    assert client.get(address).status_code == 200, address
    queries = []
    with connection.execute_wrapper(lambda execute, *asked: queries.append(asked[0]) or execute(*asked)):
        client.get(address)
    spent = []
    for _ in range(TIMES):
        start = time.process_time()
        client.get(address)
        spent.append((time.process_time() - start) * 1000)
    asked = [sql for sql in queries if not sql.startswith("PRAGMA")]  # those only open the connection
    return statistics.median(spent), len(asked)


def compare_with_lean(client):
    """Processor time of both in turns, the fastest of each, and of the first reading after a publish."""
    address, times = addresses()["article"], {"lean": [], "ours": [], "first": []}
    os.environ["PLAIN"] = "stored"
    lean_site = {name: getattr(_plain_settings, name) for name in ("ROOT_URLCONF", "MIDDLEWARE")}
    for _ in range(TIMES):
        with override_settings(**lean_site):
            times["lean"].append(spent(lambda: Client(headers=HOST).get(address)))
        times["ours"].append(spent(lambda: client.get(address)))
    for article in Article.objects.filter(slug__startswith="copy-").order_by("-pk")[:TIMES]:
        times["first"].append(spent(lambda article=article: client.get(article.get_absolute_url())))
    lean, ours = min(times["lean"]), min(times["ours"])
    print(f"\narticle, ms: lean {lean:.2f}, ours {ours:.2f}, ours first {statistics.median(times['first']):.2f}")
    print(f"ours ÷ lean, requests in the same time: {lean / ours:.2f} (wanted: 0.80)")


def spent(ask):
    start = time.process_time()
    assert ask().status_code == 200
    return (time.process_time() - start) * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000])
    asked = parser.parse_args()
    prepare()
    followers.append(lambda: True)  # as in a server's process, where what rarely changes is kept until it does
    client = Client(headers=HOST)
    weigh(client)
    grow(client, asked.articles)
    compare_with_lean(client)


if __name__ == "__main__":
    main()
