"""What a cold page costs on PostgreSQL when the articles are very many: rows copied by the database itself.

    python -m tests.with_services python tests/benchmarks/pages_postgres.py --articles 1000000

The copies have titles, tags and dates, and of the text its first 300 characters; they have no search rows and no related
lists, so that `search` says nothing of them. Times are of a whole request through Django's middleware in one process,
without the page cache: the fastest of seven, processor and clock.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks._site import ALL_TAG, COPIED, addresses, fill, prepare  # isort: skip - it sets Django up

from django.db import connection
from django.db.models import Q
from django.test import Client

from articles.models import Article

TIMES, FEW = 7, 1000
OF_A_COPY = {
    "slug": "'m-' || a.id || '-' || g",
    "title": "left(a.title, 60) || g",
    "body": "left(a.body, 300)",
    "published_at": "now() - (g || ' minutes')::interval",
}


def grow(total):
    """Copies of the shipped articles until there are about `total`, the tag of all on each."""
    shipped = Article.objects.exclude(Q(slug__startswith="copy-") | Q(slug__startswith="m-") | Q(is_page=True))
    each = (total - Article.objects.count()) // shipped.count()
    columns = ", ".join(f'"{name}"' for name in COPIED)
    values = ", ".join(OF_A_COPY.get(name, f'a."{name}"') for name in COPIED)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO articles_article ({columns}) SELECT {values} FROM articles_article a, generate_series(1, %s) g"  # noqa: S608
            " WHERE a.slug NOT LIKE 'copy-%%' AND a.slug NOT LIKE 'm-%%' AND NOT a.is_page",
            [each],
        )
        cursor.execute(
            "INSERT INTO taggit_taggeditem (tag_id, object_id, content_type_id) SELECT t.id, a.id, c.id"
            " FROM articles_article a, taggit_tag t, django_content_type c WHERE a.slug LIKE 'm-%%' AND t.slug = %s"
            " AND c.app_label = 'articles' AND c.model = 'article' ON CONFLICT DO NOTHING",
            [ALL_TAG],
        )
        cursor.execute("ANALYZE")


def cold(client, address):
    client.get(address)
    spent = []
    for _ in range(TIMES):
        start = time.process_time(), time.perf_counter()
        assert client.get(address).status_code == 200, address
        spent.append((time.process_time() - start[0], time.perf_counter() - start[1]))
    return [1000 * min(column) for column in zip(*spent, strict=True)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    total = parser.parse_args().articles
    if connection.vendor != "postgresql":
        print("needs PostgreSQL: python -m tests.with_services python tests/benchmarks/pages_postgres.py")
        return
    prepare()
    fill(FEW)
    client, table = Client(headers={"host": "127.0.0.1"}), {}
    for size in (FEW, total):
        if size > FEW:
            grow(size)
        print(f"{Article.objects.count():,} articles")
        for name, address in addresses().items():
            table.setdefault(name, []).extend(cold(client, address))
    print(f"| | {FEW:,}: processor, clock, ms | {total:,} |\n|---|---|---|")
    for name, (processor, clock, processor_then, clock_then) in table.items():
        print(f"| {name} | {processor:.1f}, {clock:.1f} | {processor_then:.1f}, {clock_then:.1f} |")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_total_relation_size('articles_article'))")
        print("articles and their indexes:", cursor.fetchone()[0])


if __name__ == "__main__":
    main()
