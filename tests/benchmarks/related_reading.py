"""How well and how fast related lists are made: a run file for a scorer, and what they cost.

    python tests/benchmarks/related_reading.py --docs FILE --queries FILE --out RUN
    DATABASE_URL=postgres://… python tests/benchmarks/related_reading.py …

FILE holds JSON lines, gzipped or not: documents {id, title, body, tags}, queries with a document's id as `qid`. The
documents go through the site's own import into a throw-away database, rebuild_related computes and stores
their lists, and what a page would show is read back; RUN gets {"qid", "ranked": [ids, best first]} a line.
Then some articles are published one by one, to see how soon every list they touch is right. Without queries
only the costs are measured; a document may have `body_html` or `body_text` in place of `body`.

With --ablate there are further runs, RUN.without-title and so on, in each of which one kind of likeness counts for
nothing. --only-queries computes no lists but theirs. KEEP=1 keeps the database in DATA_DIR, --kept goes on with it. SEMANTIC=on
measures with the sentence model.
"""

# ruff: noqa: E402 - Django is set up before its models are imported

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
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

from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from articles import related
from articles.import_export.importer import Incoming, import_articles
from articles.models import Article, Category
from articles.models.tag import MAX_TAG_LENGTH, MAX_TAGS_AN_ARTICLE
from articles.similarity import weights
from articles.text import excerpt
from tests.benchmarks._related import list_chosen
from tests.benchmarks.search import lines

BATCH = 500
TITLE = 80
BRACKETS = str.maketrans("〔〕", "()")  # 〔2014〕 is no reference to a figure
PUBLISHED = 20
# Kind of likeness → what of articles.similarity.features.FEATURES measures it.
ABLATIONS = {
    "title": ["title_in_text", "text_in_title"],
    "text": ["text", "company"],
    "tags": ["tags"],
    "question": ["question"],
    "meaning": ["meaning"],
}


def incoming(document):
    """A document as an article. One without a title gets the beginning of its text, one without a text its title."""
    text = document.get("body") or document.get("body_text") or document["title"]
    title = document["title"].strip() or excerpt(escape(text), 40)
    front = {
        "title": title[:TITLE],
        "slug": str(document["id"]),
        "category": "试验",
        "tags": [tag[:MAX_TAG_LENGTH] for tag in document["tags"][:MAX_TAGS_AN_ARTICLE]],
        "published": datetime(2026, 1, 1, 9),  # noqa: DTZ001 - read as local
    }
    return Incoming(str(document["id"]), front, f"<p>{escape(text.translate(BRACKETS), quote=False)}</p>")


def build(documents):
    """Import; the ids by primary key."""
    Category.objects.create(name="试验", slug="bench")
    ids = {}
    for start in range(0, len(documents), BATCH):
        report = import_articles([incoming(document) for document in documents[start : start + BATCH]])
        if not report.is_clean:
            raise SystemExit(str([row for row in report.rows if row.problems][:3]))
        ids.update({row.article.pk: row.name for row in report.rows})
        print(f"\r{len(ids)} of {len(documents)}", end="", file=sys.stderr)
    return ids


def run(queries, ids, out):
    """Write the run; the seconds each list took to read."""
    keys, took = {name: pk for pk, name in ids.items()}, []
    with open(out, "w", encoding="utf-8") as file:
        for query in queries:
            article = Article(pk=keys[str(query["qid"])])
            started = time.perf_counter()
            ranked = [ids[row.related_id] for row in article.related.readable()]
            took.append(time.perf_counter() - started)
            file.write(json.dumps({"qid": query["qid"], "ranked": ranked}) + "\n")
    return took


def ablate(queries, ids, out):
    """A run without each kind of likeness."""
    wanted = {str(query["qid"]) for query in queries}
    keys = [pk for pk, name in ids.items() if name in wanted]
    for kind, features in ABLATIONS.items():
        with ExitStack() as off:
            for table in (weights.QUESTION, weights.LABEL, weights.UNTITLED):
                off.enter_context(patch.dict(table, dict.fromkeys(features, 0)))
            list_chosen(keys)
        run(queries, ids, f"{out}.without-{kind}")


class TextsAreRead(Exception):
    """Everything is known; no list is computed yet."""


def only_lists_of(queries, ids):
    def stop(what, left):
        if what == "算列表":
            raise TextsAreRead

    with suppress(TextsAreRead):
        related.work(progress=stop)
    wanted = {str(query["qid"]) for query in queries}
    list_chosen([pk for pk, name in ids.items() if name in wanted])


def publish(count):
    """Take articles down and publish them again, one by one; the seconds from the save until nothing is due."""
    took = []
    for article in Article.objects.order_by("slug")[:count]:
        for status in (Article.Status.ARCHIVED, Article.Status.PUBLISHED):
            article.status = status
            article.save()
            started = time.perf_counter()
            related.work()
        took.append(time.perf_counter() - started)
    return took


def stored_bytes():
    """What related reading adds to the database."""
    tables = ("articles_articleprofile", "articles_relatedarticle", "articles_articlevector")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT " + " + ".join(["pg_total_relation_size(%s)"] * len(tables)), tables)
        else:
            cursor.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name IN (%s, %s, %s))",
                tables,
            )
        return cursor.fetchone()[0]


def milliseconds(took):
    took = sorted(took)
    return f"median {took[len(took) // 2] * 1000:.1f} ms, p95 {took[len(took) * 95 // 100] * 1000:.1f} ms"


def measure(arguments):
    started = time.perf_counter()
    ids = dict(Article.objects.values_list("pk", "slug")) if arguments.kept else build(lines(arguments.docs))
    imported = time.perf_counter()
    queries = lines(arguments.queries) if arguments.queries else []
    if arguments.only_queries:
        only_lists_of(queries, ids)
    else:
        call_command("rebuild_related")
        built = time.perf_counter() - imported
        print(f"{connection.vendor}: {len(ids)} documents imported in {imported - started:.0f} s")
        print(f"profiles and lists built in {built:.0f} s, {built / len(ids) * 1000:.1f} ms a list")
    if queries:
        print(f"a stored list is read in {milliseconds(run(queries, ids, arguments.out))}", flush=True)
    if arguments.ablate:
        ablate(queries, ids, arguments.out)
    if not arguments.only_queries:
        print(f"published to listed everywhere: {milliseconds(publish(PUBLISHED))}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"stored {stored_bytes() / 1e6:.0f} MB, memory at most {memory:.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs")
    parser.add_argument("--queries")
    parser.add_argument("--out", default=os.devnull)
    for switch in ("--ablate", "--only-queries", "--kept"):
        parser.add_argument(switch, action="store_true")
    arguments = parser.parse_args()
    if not arguments.docs:
        parser.print_usage()
        return
    if connection.vendor == "sqlite":  # a file, as in production, not memory
        connection.settings_dict["TEST"]["NAME"] = str(Path(os.environ["DATA_DIR"]) / "bench-related.sqlite3")
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=arguments.kept)
    try:
        with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}):
            measure(arguments)
    finally:
        if not os.environ.get("KEEP"):
            connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
