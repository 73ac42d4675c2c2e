"""What a page weighs, what it costs cold and kept, and whether that grows with the number of articles.

    python tests/benchmarks/pages.py                       1,000 and 10,000 articles
    python tests/benchmarks/pages.py --articles 1000 10000 100000

Everything happens in a throw-away folder, on SQLite, on this machine. Kept pages are compared with a WSGI program
that answers the same bytes from a constant, on the same server in the same run; wrk asks where it is installed.
"""

# ruff: noqa: E402 - Django is set up before its models are imported

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="yibao-bench-"))
os.environ.setdefault("LOG_LEVEL", "WARNING")

import brotli
import django

django.setup()

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from taggit.models import Tag, TaggedItem

from articles.models import Article, ArticlePage, RelatedArticle
from calculators.models import PoolingArea
from tests.browser.running import free_port
from yibao_site.demo import load_demo

RESULT = "/calculators/employee_outpatient/?region=110000&person_type=in_service&hospital_level=level3&eligible=3000"
STATIC = ROOT / "yibao_site" / "static"
LIMIT = 12_000
SECONDS, CONNECTIONS, ROUNDS = 4, 32, 3


def constant(environ, start_response):
    """The same bytes with as many headers, from nothing but memory."""
    start_response("200 OK", constant.headers)
    return [constant.body]


if kept := os.environ.get("YIBAO_CONSTANT"):
    constant.body = Path(kept).read_bytes()
    names = ["Content-Type", "Content-Encoding", "ETag", "Cache-Control", "Vary", "X-Frame-Options", "Referrer-Policy"]
    constant.headers = [(name, "text/html" if name == "Content-Type" else "br") for name in names]
    constant.headers.append(("Content-Length", str(len(constant.body))))


def addresses():
    article = Article.objects.published().filter(tags__isnull=False).newest().first()
    deep = Article.objects.published().order_by("published_at", "pk")[25]
    return {
        "home": "/",
        "list": "/articles/",
        "list, page 50": "/articles/?page=50",
        "list, oldest": f"/articles/?before={deep.pk}",
        "category": article.category.get_absolute_url(),
        "tag": f"/tags/{article.tags.first().slug}/",
        "tag of all": f"/tags/{ALL_TAG}/",
        "article": article.get_absolute_url(),
        "area": "/areas/110000/",
        "calculator": "/calculators/employee_outpatient/",
        "result": RESULT,
    }


ALL_TAG = "meiyipian"


def fill(total):
    """Copies of the shipped articles until there are `total`, each with its tags, one of them on all, and related ones."""
    originals = list(Article.objects.exclude(slug__startswith="copy-").prefetch_related("tags"))
    have, now = Article.objects.count(), timezone.now()
    copies = []
    for number in range(have, total):
        copy = Article.objects.get(pk=originals[number % len(originals)].pk) if number < have + 1 else None
        copy = copy or Article(**{f.attname: getattr(originals[number % len(originals)], f.attname) for f in FIELDS})
        copy.pk, copy.slug, copy.title = None, f"copy-{number}", f"{copy.title}（{number}）"
        copy.published_at = now - timedelta(hours=number + 1)
        copies.append(copy)
    Article.objects.bulk_create(copies, batch_size=500)
    attach(originals)


FIELDS = [field for field in Article._meta.concrete_fields if not field.primary_key]


def attach(originals):
    """Pages, tags and related lists for whatever has none."""
    kind = ContentType.objects.get_for_model(Article)
    everywhere = Tag.objects.get_or_create(name="每一篇", slug=ALL_TAG)[0]
    tags = [[*original.tags.all(), everywhere] for original in originals]
    missing = list(Article.objects.filter(page__isnull=True).order_by("pk").values_list("pk", flat=True))
    ArticlePage.objects.bulk_create((ArticlePage(article_id=pk) for pk in missing), batch_size=1000)
    items = (
        TaggedItem(tag=tag, object_id=pk, content_type=kind)
        for place, pk in enumerate(missing)
        for tag in tags[place % len(tags)]
    )
    TaggedItem.objects.bulk_create(items, batch_size=1000)
    related = (
        RelatedArticle(article_id=pk, related_id=missing[(place + step) % len(missing)], rank=step, score=1)
        for place, pk in enumerate(missing)
        for step in range(1, min(11, len(missing)))
    )
    RelatedArticle.objects.bulk_create(related, batch_size=1000)
    connection.cursor().execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")


def weigh(client):
    """Bytes over the wire: the page, and what it asks for, compressed as they are sent; pictures none of it."""
    print("\nweight, brotli, bytes                html     css      js     sum  requests")
    heaviest = 0
    for name, address in addresses().items():
        response = client.get(address)
        html = response.content.decode()
        files = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html))
        size = {path: len(brotli.compress((STATIC / path).read_bytes())) for path in files if (STATIC / path).exists()}
        css, js = (sum(size[path] for path in size if path.endswith(end)) for end in (".css", ".js"))
        page = len(brotli.compress(response.content, quality=5))
        print(f"{name:32} {page:8} {css:7} {js:7} {page + css + js:7} {1 + len(size):9}")
        heaviest = max(heaviest, page + css + js) if name == "article" else heaviest
    print(f"article ≤ {LIMIT}: {'yes' if heaviest <= LIMIT else 'NO'}")


def grow(client, sizes):
    """Milliseconds and queries of a cold render at each size."""
    table = {}
    for size in sizes:
        fill(size)
        for name, address in addresses().items():
            table.setdefault(name, []).append(cold(client, address))
    print(f"\ncold render, ms (queries)     {''.join(f'{size:>16,}' for size in sizes)}")
    for name, row in table.items():
        print(f"{name:30}{''.join(f'{milliseconds:9.1f} ({queries:2})  ' for milliseconds, queries in row)}")


def cold(client, address, times=9):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        response = client.get(address)
        spent.append((time.perf_counter() - start) * 1000)
    if response.status_code != 200:
        return float("nan"), 0
    return statistics.median(spent), len(queries)


def race(address):
    """Kept pages and the constant take turns; the middle of each."""
    port = free_port(), free_port()
    with server("yibao_site.wsgi:application", port[0]) as ours:
        body = kept_body(port[0], address)
        path = Path(settings.DATA_DIR) / "constant.br"
        path.write_bytes(body)
        os.environ["YIBAO_CONSTANT"] = str(path)
        with server("tests.benchmarks.pages:constant", port[1]):
            kept, raw = [], []
            for _ in range(ROUNDS):
                kept.append(ask(f"http://127.0.0.1:{port[0]}{address}"))
                raw.append(ask(f"http://127.0.0.1:{port[1]}{address}"))
        assert ours.poll() is None
    kept, raw = statistics.median(kept), statistics.median(raw)
    print(f"\nkept article page, {len(body)} bytes, {CONNECTIONS} connections, 2 workers, requests/s")
    print(f"constant (the ceiling)        {raw:9.0f}    1.00")
    print(f"our page, kept                {kept:9.0f}    {kept / raw:.2f}   (wanted: 0.80)")


@contextmanager
def server(application, port):
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2"]
    command += ["--blocking-threads", "4", "--backpressure", "64", "--no-ws", "--log-level", "warning", application]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            for _ in range(300):
                if answers(port):
                    break
                time.sleep(0.1)
            yield process
        finally:
            process.terminate()


def answers(port):
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False


def kept_body(port, address):
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(20):  # until both workers have it
        connection.request("GET", address, headers={"Accept-Encoding": "br"})
        body = connection.getresponse().read()
    return body


def ask(url):
    """Requests answered in a second."""
    if not shutil.which("wrk"):
        return ask_plainly(url)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: br", url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise SystemExit(told)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])


def ask_plainly(url):
    """Without wrk: a few threads, slower than the servers they ask; the ratio then says little."""
    host, _, path = url.removeprefix("http://").partition("/")
    answered, end = [], time.monotonic() + SECONDS

    def visit():
        connection = HTTPConnection(host, timeout=10)
        while time.monotonic() < end:
            connection.request("GET", f"/{path}", headers={"Accept-Encoding": "br"})
            connection.getresponse().read()
            answered.append(1)

    threads = [threading.Thread(target=visit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(answered) / SECONDS


def cold_rate(client, address, seconds=3):
    """Renders in a second, one after another, against the smallest page Django answers."""
    rates = {}
    for name, path in {"article": address, "healthz": "/healthz"}.items():
        count, end = 0, time.perf_counter() + seconds
        while time.perf_counter() < end:
            client.get(path)
            count += 1
        rates[name] = count / seconds
    print(
        f"\ncold article renders/s, one process {rates['article']:6.0f}   a constant of Django's {rates['healthz']:6.0f}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000])
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    load_demo()
    assert PoolingArea.objects.exists()
    client = Client(headers={"host": "127.0.0.1"})
    weigh(client)
    grow(client, asked.articles)
    address = addresses()["article"]
    cold_rate(client, address)
    race(address)


if __name__ == "__main__":
    main()
