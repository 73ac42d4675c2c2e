"""How fast search is among many articles, beside what else a database could be asked, in one run.

    python tests/benchmarks/search_speed.py --docs FILE
    python tests/benchmarks/search_speed.py --docs FILE --data FOLDER    keeps the database there and uses it again
    python -m tests.with_services python tests/benchmarks/search_speed.py --docs FILE --site    PostgreSQL, the site alone

FILE holds JSON lines {id, title, body_html, published_at}, gzipped or not. Articles are stored in bulk, their search
rows by the site's own code. Words of two to four characters are drawn from the titles; each is asked of the site's
search, of `icontains` and of a bare FTS5 table of character pairs. `found` is how much of what holds a word literally
is found, of what a reader can page through. Processor time tells more than time where the machine has other work.
"""

# ruff: noqa: E402 - Django is set up before its models are imported

import argparse
import gzip
import json
import os
import random
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import reduce
from itertools import islice
from multiprocessing import get_context
from operator import or_
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
if "--data" in sys.argv:
    os.environ["DATA_DIR"] = sys.argv[sys.argv.index("--data") + 1]
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="yibao-bench-"))
os.environ.setdefault("DATABASE_POOL", "40")  # each visitor keeps a connection

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Category, SearchRow
from articles.models.article import summary_of
from articles.models.search import written
from articles.pages.pagination import MAX_COUNTED_ROWS
from articles.search import index
from articles.search.engine.find import find
from articles.text import bigrams, bigrams_of, runs_in, words
from yibao_site.tasks import count_rows

BATCH, WORDS, ROUNDS = 1000, 60, 5
CLIENTS, WORKERS, SECONDS, PAUSE = 32, 2, 20, 1.0


def build(path):
    """Returns the seconds it took."""
    started = time.perf_counter()
    category = Category.objects.create(name="试验", slug="bench")
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        documents, stored = (json.loads(line) for line in file if line.strip()), 0
        while some := list(islice(documents, BATCH)):
            with transaction.atomic():
                index.write(Article.objects.bulk_create(article(one, category) for one in some))
            stored += len(some)
            print(f"\r{stored} articles", end="", file=sys.stderr)
    return time.perf_counter() - started


def build_bare():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE bare USING fts5(pairs, content='', detail='full')")
        rows = SearchRow.objects.values_list("pk", "title", "text").iterator()
        cursor.executemany(
            "INSERT INTO bare(rowid, pairs) VALUES (%s, %s)",
            ((pk, " ".join(bigrams_of(runs_in(f"{title}\n{text}")))) for pk, title, text in rows),
        )


def article(one, category):
    body = one["body_html"]
    return Article(
        title=one["title"],
        slug=f"bench-{one['id']}",
        summary=summary_of(body),
        body=body,
        category=category,
        status=Article.Status.PUBLISHED,
        published_at=datetime.fromisoformat(one["published_at"]),
    )


def drawn():
    """Words of two to four characters that stand in titles, the same in each run."""
    titles = SearchRow.objects.order_by("pk").values_list("title", flat=True)[:3000]
    known = {word for title in titles for word in words(title) if 2 <= len(word) <= 4 and word[0] >= "\u3400"}
    return random.Random(1).sample(sorted(known), min(WORDS, len(known)))  # noqa: S311 - no secret


def by_site(word):
    return find(word, timezone.now()).keys


def by_icontains(word):
    found = reduce(or_, (Q(**{f"{field}__icontains": word}) for field in ("title", "summary", "tags_text", "body")))
    return list(Article.objects.published().filter(found).newest().values_list("pk", flat=True)[:20])


def by_pairs(tail):
    def ask(word):
        pairs = written(" ".join(bigrams(word)), "sqlite", "holds")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {tail}", [pairs])
            return cursor.fetchall()

    return ask


WAYS = {
    "site, all that is found": by_site,
    "icontains, newest 20": by_icontains,
    "bare FTS5, newest 20": by_pairs("rowid FROM bare WHERE bare MATCH %s ORDER BY rowid DESC LIMIT 20"),
    "bare FTS5, bm25 top 20": by_pairs("rowid FROM bare WHERE bare MATCH %s ORDER BY rank LIMIT 20"),
    "bare FTS5, count": by_pairs("count(*) FROM bare WHERE bare MATCH %s"),
}


def timed(ask, asked, rounds):
    """Sorted milliseconds, of the clock and of the processor."""
    clock, processor = [], []
    for _ in range(rounds):
        for word in asked:
            started, spent = time.perf_counter(), time.process_time()
            ask(word)
            clock.append((time.perf_counter() - started) * 1000)
            processor.append((time.process_time() - spent) * 1000)
    return sorted(clock), sorted(processor)


def found_share(asked):
    """Of the articles that hold a word literally, and of no more than a reader can page through, the share found."""
    holding = {word: set() for word in asked}
    for pk, title, text in SearchRow.objects.values_list("pk", "title", "text").iterator():
        for word, keys in holding.items():
            if word in title or word in text:
                keys.add(pk)
    shares = {}
    for word, keys in holding.items():
        listed = by_site(word)[:MAX_COUNTED_ROWS]
        shares[word] = len(keys.intersection(listed)) / min(len(keys), MAX_COUNTED_ROWS)
    return shares


def together(asked):
    """Sorted milliseconds of CLIENTS visitors, at WORKERS processes, who each search and read for PAUSE seconds on average."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # the processes would share its connections
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("fork")) as workers:
        parts = workers.map(visitors, [asked] * WORKERS, range(WORKERS))
        return sorted(milliseconds for part in parts for milliseconds in part)


def visitors(asked, number):
    """Of one process."""
    by_site(asked[0])
    took, lock, end = [], threading.Lock(), time.monotonic() + SECONDS

    def visit(seed):
        chance = random.Random(seed)  # noqa: S311 - no secret
        while time.monotonic() < end:
            time.sleep(chance.uniform(0, 2 * PAUSE))
            started = time.perf_counter()
            by_site(chance.choice(asked))
            with lock:
                took.append((time.perf_counter() - started) * 1000)
        connection.close()

    threads = [threading.Thread(target=visit, args=(seed,)) for seed in range(number, CLIENTS, WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def at(ordered, share):
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs")
    parser.add_argument("--data")
    parser.add_argument("--site", action="store_true", help="ask nothing but the site's search")
    arguments = parser.parse_args()
    if not arguments.docs:
        parser.print_usage()
        return
    call_command("migrate", verbosity=0)
    if not Article.objects.exists():
        print(f"\nbuilt in {build(arguments.docs):.0f} s")
        count_rows.func()
    ways = {"site, all that is found": by_site} if arguments.site else WAYS
    if not arguments.site and "bare" not in connection.introspection.table_names():
        build_bare()
    asked = drawn()
    by_site(asked[0])  # the sample is read once in a process
    print(f"{Article.objects.count()} articles, {len(asked)} words {'、'.join(asked[:8])}…")
    print(f"{'':26}   p50 ms   p99 ms   processor p50   p99")
    for name, ask in ways.items():
        clock, processor = timed(ask, asked, 1 if "icontains" in name else ROUNDS)
        print(
            f"{name:26} {at(clock, 0.5):8.1f} {at(clock, 0.99):8.1f} {at(processor, 0.5):15.1f} {at(processor, 0.99):5.1f}"
        )
    shares = found_share(asked)
    least = {size: min(share for word, share in shares.items() if len(word) == size) for size in set(map(len, shares))}
    print(f"found of literal words: mean {sum(shares.values()) / len(shares):.4f}, least by characters {least}")
    took = together(asked)
    print(
        f"{CLIENTS} visitors at {WORKERS} processes, {len(took) / SECONDS:.0f} searches a second: p50 {at(took, 0.5):.1f} ms, p99 {at(took, 0.99):.1f} ms"
    )


if __name__ == "__main__":
    main()
