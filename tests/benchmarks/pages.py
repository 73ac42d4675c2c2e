"""What a page weighs, what it costs cold, and whether that grows with the number of articles.

    python tests/benchmarks/pages.py                       1,000 and 10,000 articles
    python tests/benchmarks/pages.py --articles 1000 10000 100000

Times are of a whole request through Django's middleware in one process, without the page cache. The lean page (_served.py)
takes turns with ours at the last size: rows, values and texts that the process has shown before are cached, no whole page is;
"nothing cached" drops them first. The first reading is of articles that were never read since they were published.
"""

import argparse
import gc
import os
import re
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks._site import RESULT, addresses, fill, prepare  # isort: skip - it sets Django up

import brotli
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from articles.models import Article
from calculators.common import page_keys
from calculators.common.page_keys import content_outdated, followers
from tests.benchmarks import _plain_settings

HEAVIEST_ARTICLE = 12_000
MOST_REQUESTS = 3
TIMES = 15
HOST = {"host": "127.0.0.1"}
NOTHING_CACHED = ", nothing cached"
WORDS = [
    "起付线",
    "报销比例",
    "异地就医",
    "生育津贴",
    "断缴",
    "个人账户",
    "大病",
    "住院",
    "门诊",
    "退休",
    "灵活就业",
    "新生儿",
    "慢特病",
    "转移",
    "药店",
]
QUESTION = "北京退休68岁三级医院门诊花了{}能报多少"
EVERY_LIST = frozenset(key for name, key in vars(page_keys).items() if name.isupper() and isinstance(key, str))


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
    """Processor time of the lean page and of ours in turns, so that all have the same share of the machine."""
    os.environ["PLAIN"] = "stored"
    lean_site = {name: getattr(_plain_settings, name) for name in ("ROOT_URLCONF", "MIDDLEWARE")}
    article, times, all_asked = addresses()["article"], defaultdict(list), contestants()
    cached = {name: asked for name, asked in all_asked.items() if not name.endswith(NOTHING_CACHED)}
    for contest in (cached, {name: asked for name, asked in all_asked.items() if name not in cached}):
        for place in range(TIMES):
            with override_settings(**lean_site):
                times["lean page"].append(spent(lambda: Client(headers=HOST).get(article)))
            client.get("/calculators/")  # the addresses of the other site are forgotten
            for name, asked in contest.items():
                address = asked[place % len(asked)]
                if name not in cached:
                    content_outdated.send(None, keys=EVERY_LIST)
                times[name].append(spent(lambda address=address: client.get(address)))
    print("\npage, processor time                       fastest  middle  fastest ÷ lean  middle ÷ lean")
    for name, row in times.items():
        (least, middle), (lean, lean_middle) = fastest_and_middle(row), fastest_and_middle(times["lean page"])
        print(f"{name:42} {least:7.2f} {middle:7.2f} {least / lean:15.2f} {middle / lean_middle:14.2f}")


def fastest_and_middle(row):
    return min(row), statistics.median(row)


def contestants():
    """Addresses by what they are, each another one in turn, so that no search and no result is asked for twice."""
    found = addresses()
    unread = Article.objects.filter(slug__startswith="copy-").order_by("-pk")[:TIMES]
    return {
        "article": [found["article"]],
        "article, first reading": [article.get_absolute_url() for article in unread],
        **{name: [found[name]] for name in ("list", "list, last numbered page", "category", "tag", "home", "area")},
        f"list{NOTHING_CACHED}": [found["list"]],
        "search": [f"/search/?q={word}" for word in WORDS],
        f"search{NOTHING_CACHED}": [f"/search/?q={word}" for word in WORDS],
        "result": [RESULT.replace("3000", f"{3000 + place * 70}") for place in range(TIMES)],
        "typed question, as a page": [f"/search/?q={QUESTION.format(5000 + place * 70)}" for place in range(TIMES)],
        "typed question, from the API": [
            f"/api/v1/ask?q={QUESTION.format(5035 + place * 70)}" for place in range(TIMES)
        ],
    }


def spent(ask):
    start = time.process_time()
    assert ask().status_code == 200
    return (time.process_time() - start) * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000])
    asked = parser.parse_args()
    prepare()
    gc.freeze()  # as in a server (yibao_site/processes/preload.py)
    followers.append(lambda: True)  # as in a server's process, where what rarely changes is kept until it does
    client = Client(headers=HOST)
    weigh(client)
    grow(client, asked.articles)
    compare_with_lean(client)


if __name__ == "__main__":
    main()
