"""How well and how fast search finds: a run file for a scorer, and what it costs.

    python tests/benchmarks/search.py --docs FILE --queries FILE --out RUN
    DATABASE_URL=postgres://… python tests/benchmarks/search.py …
    SEMANTIC=on python tests/benchmarks/search.py …
    python tests/benchmarks/search.py … --ablate      a run more without each part, RUN.without-words …
    KEEP=1 DATA_DIR=FOLDER … and later … --kept       keeps the database, and asks the kept one again

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
from contextlib import ExitStack
from datetime import datetime
from html import escape
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="yibao-bench-"))
os.environ.setdefault("LOG_LEVEL", "WARNING")

import django

django.setup()

from django.db import connection
from django.test import override_settings
from django.utils import timezone

from articles.import_export.importer import Incoming, import_articles
from articles.models import Article, Category
from articles.related import embeddings
from articles.search.engine import candidates, query, ranking, semantic
from articles.search.engine.find import find
from articles.text import excerpt, sentence_model

# What is switched off to see what it brings. The judged searches need no synonyms, which are editors' work.
ABLATIONS = {
    "words": {ranking: {"WORDS": 0}},
    "pairs": {ranking: {"GRAMS": 0, "PHRASE_IN_TITLE": 0, "PHRASE_IN_TEXT": 0}},
    "characters": {ranking: {"CHARACTERS": 0}},
    "sounds": {ranking: {"SYLLABLES": 0, "SOUNDS": 0}, candidates: {"MOST_SOUNDS": 0}, query: {"MOST_READINGS": 0}},
    "meaning": {semantic: {"WORTH": 0, "WORTH_WHERE_UNFOUND": 0, "BROUGHT_IN": 0}},
}
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
    started, keys = time.perf_counter(), sorted(ids) if sentence_model.is_available() else []
    for start in range(0, len(keys), BATCH):
        embeddings.write(Article.objects.filter(pk__in=keys[start : start + BATCH]))
        print(f"\r{start} of {len(keys)} vectors", end="", file=sys.stderr)
    return time.perf_counter() - started


def run(queries, ids, out):
    """Write the run; the seconds each query took."""
    took = []
    with open(out, "w", encoding="utf-8") as file:
        for asked in queries:
            started = time.perf_counter()
            found = find(asked["q"], timezone.now())
            took.append(time.perf_counter() - started)
            ranked = [ids[key] for key in found.keys[:LISTED]]
            file.write(json.dumps({"qid": asked["qid"], "ranked": ranked}) + "\n")
    return sorted(took)


def ablate(queries, ids, out):
    """A run without each of the parts."""
    for part, switched in ABLATIONS.items():
        if part == "meaning" and not sentence_model.is_available():
            continue
        with ExitStack() as off:
            for module, names in switched.items():
                off.enter_context(patch.multiple(module, **names))
            run(queries, ids, f"{out}.without-{part}")


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
    queries = lines(arguments.queries)
    took = run(queries, ids, arguments.out)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{connection.vendor}: {len(ids)} documents imported in {built:.0f} s ({built / len(ids) * 1000:.1f} ms each)"
    )
    print(f"vectors {'made' if sentence_model.is_available() else 'off'}, {meant:.0f} s")
    print(
        f"{len(took)} queries: median {took[len(took) // 2] * 1000:.1f} ms, p99 {took[len(took) * 99 // 100] * 1000:.1f} ms"
    )
    if arguments.ablate:
        ablate(queries, ids, arguments.out)
    print(f"index {index_bytes() / 1e6:.0f} MB, memory {memory:.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs")
    parser.add_argument("--queries")
    parser.add_argument("--out")
    for switch in ("--ablate", "--kept"):
        parser.add_argument(switch, action="store_true")
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
