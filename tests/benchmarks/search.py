"""How well and how fast search finds: a run file for a scorer, and what it costs.

    python tests/benchmarks/search.py --docs FILE --queries FILE --out RUN
    DATABASE_URL=postgres://… python tests/benchmarks/search.py …
    SEMANTIC=on python tests/benchmarks/search.py …

FILE holds JSON lines, gzipped or not: documents {id, title, body}, queries {qid, q}. They go through the
site's own import into a throw-away database and are asked through the site's own search; RUN gets
{"qid", "ranked": [ids, best first]} a line. Without files there is nothing to measure.
"""

# ruff: noqa: E402 - Django is set up before its models are imported

import argparse
import gzip
import json
import os
import resource
import sys
import tempfile
import time
from datetime import datetime
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="yibao-bench-"))
os.environ.setdefault("LOG_LEVEL", "WARNING")

import django

django.setup()

from django.db import connection
from django.test import override_settings
from django.utils import timezone

from articles import semantics, vectors
from articles.importing import Incoming, import_articles
from articles.models import Article, Category
from articles.search.find import find
from articles.text import excerpt

BATCH = 500
LISTED = 100
TITLE = 80
BRACKETS = str.maketrans("〔〕", "()")  # 〔2014〕 is no reference to a figure


def lines(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def incoming(document):
    """A document as an article. One without a title gets the beginning of its text, one without a text its title."""
    title = document["title"].strip() or excerpt(escape(document["body"]), 40)
    body = (document["body"].strip() or document["title"]).translate(BRACKETS)
    front = {"title": title[:TITLE], "slug": document["id"], "category": "试验", "published": datetime(2026, 1, 1, 9)}  # noqa: DTZ001 - read as local
    return Incoming(document["id"], front, f"<p>{escape(body, quote=False)}</p>")


def build(documents):
    Category.objects.create(name="试验", slug="bench")
    ids = {}
    for start in range(0, len(documents), BATCH):
        report = import_articles([incoming(document) for document in documents[start : start + BATCH]])
        if not report.is_clean:
            raise SystemExit(str([row for row in report.rows if row.problems][:3]))
        ids.update({row.article.pk: row.name for row in report.rows})
        print(f"\r{len(ids)} of {len(documents)}", end="", file=sys.stderr)
    return ids


def make_vectors(ids):
    """The worker's part, where the semantic extra is on; returns the seconds it took."""
    started, keys = time.perf_counter(), sorted(ids) if semantics.is_available() else []
    for start in range(0, len(keys), BATCH):
        vectors.write(Article.objects.filter(pk__in=keys[start : start + BATCH]))
        print(f"\r{start} of {len(keys)} vectors", end="", file=sys.stderr)
    return time.perf_counter() - started


def run(queries, ids, out):
    """Write the run; the seconds each query took."""
    took = []
    with open(out, "w", encoding="utf-8") as file:
        for query in queries:
            started = time.perf_counter()
            found = find(query["q"], timezone.now())
            took.append(time.perf_counter() - started)
            ranked = [ids[key] for key in found.keys[:LISTED]]
            file.write(json.dumps({"qid": query["qid"], "ranked": ranked}) + "\n")
    return sorted(took)


def index_bytes():
    """What search adds to the database: its rows and the index over them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('articles_searchrow')")
        else:
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'articles_search%'")
        return cursor.fetchone()[0]


def measure(arguments):
    started = time.perf_counter()
    ids = dict(Article.objects.values_list("pk", "slug")) if arguments.kept else build(lines(arguments.docs))
    built = time.perf_counter() - started
    meant = make_vectors(ids)
    took = run(lines(arguments.queries), ids, arguments.out)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{connection.vendor}: {len(ids)} documents imported in {built:.0f} s ({built / len(ids) * 1000:.1f} ms each)"
    )
    print(f"vectors {'made' if semantics.is_available() else 'off'}, {meant:.0f} s")
    print(
        f"{len(took)} queries: median {took[len(took) // 2] * 1000:.1f} ms, p99 {took[len(took) * 99 // 100] * 1000:.1f} ms"
    )
    print(f"index {index_bytes() / 1e6:.0f} MB, memory {memory:.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs")
    parser.add_argument("--queries")
    parser.add_argument("--out")
    parser.add_argument("--kept", action="store_true")
    arguments = parser.parse_args()
    if not (arguments.docs and arguments.queries and arguments.out):
        parser.print_usage()
        return
    if connection.vendor == "sqlite":  # a file, as in production, not memory
        connection.settings_dict["TEST"]["NAME"] = str(Path(os.environ["DATA_DIR"]) / "bench-search.sqlite3")
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=arguments.kept)
    try:
        with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}):
            measure(arguments)
    finally:
        if not os.environ.get("KEEP"):
            connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
