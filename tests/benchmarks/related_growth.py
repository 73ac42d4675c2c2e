"""How related reading grows with the site: python tests/benchmarks/related_growth.py [1000 10000 …] [--lists 200]

Each size has a throw-away database of its own, on SQLite or what DATABASE_URL names. The articles are written past the
models and their profiles are drawn from those of the shipped demo, words left out and words of one another put in: what
is measured does not depend on how fast a text is read. Then: lists computed one by one; articles published and
taken down, until every list they touch is right; what is kept in memory and in the database.
"""

# ruff: noqa: E402 - Django is set up before its models are imported

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="yibao-bench-"))
os.environ.setdefault("LOG_LEVEL", "WARNING")

import django

django.setup()

import numpy as np
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from articles import related
from articles.import_export.demo import load_demo_articles
from articles.models import Article, ArticleProfile
from articles.related.live_index import standing
from articles.similarity.profile import PROFILE_VERSION, Profile, Terms
from calculators.library.loading import load_calculators, load_values
from tests.benchmarks._related import list_chosen

SIZES = [1000, 10_000]
PUBLISHED, BATCH = 5, 2000
KEPT, BORROWED = 0.7, 0.3  # of an article's own words, of those of another one
Due = ArticleProfile.Due


def mixed(random, own, other):
    """Terms of two profiles, most of them the first one's."""
    kept, borrowed = random.random(len(own.ids)) < KEPT, random.random(len(other.ids)) < BORROWED
    ids = np.concatenate([own.ids[kept], other.ids[borrowed]])
    counts = np.concatenate([own.counts[kept], other.counts[borrowed]])
    ids, places = np.unique(ids, return_index=True)
    return Terms(ids, counts[places])


def drawn(random, profiles):
    own, other = random.choice(len(profiles), 2, replace=False)
    own, other = profiles[own], profiles[other]
    fields = [mixed(random, mine, theirs) for mine, theirs in zip(own.fields, other.fields, strict=True)]
    return Profile(*fields, own.question, contact=False)


def fill(size):
    """The demo, and as many articles as are missing."""
    load_values()
    load_calculators()
    load_demo_articles()
    related.work()
    rows = ArticleProfile.objects.exclude(profile=None).values_list("profile", flat=True)
    profiles, random = [Profile.from_bytes(bytes(row)) for row in rows], np.random.default_rng(1)
    category = Article.objects.first().category
    since = timezone.now() - timedelta(days=30)
    for start in range(Article.objects.count(), size, BATCH):
        articles = Article.objects.bulk_create(
            Article(
                title=f"第{number}篇",
                slug=f"n{number}",
                body="<p>正文。</p>",
                category=category,
                status=Article.Status.PUBLISHED,
                published_at=since,
            )
            for number in range(start, min(start + BATCH, size))
        )
        made = [drawn(random, profiles).to_bytes() for _ in articles]
        ArticleProfile.objects.bulk_create(
            ArticleProfile(
                article=article,
                profile=profile,
                digest=article.pk,
                version=PROFILE_VERSION,
                due=Due.NOTHING,
                listed_at=timezone.now(),
            )
            for article, profile in zip(articles, made, strict=True)
        )


def seconds(function, *arguments):
    """Of computing, which is what a quiet machine would take; what SQLite writes comes on top."""
    started = time.process_time()
    function(*arguments)
    return time.process_time() - started


def listed_everywhere(article, status):
    """From the save until nothing is due: its own list, and every list that it enters or leaves."""
    article.status = status
    saved = seconds(article.save)
    return saved, seconds(related.work)


def measure(size, lists):
    filled = seconds(fill, size)
    built = seconds(standing)
    keys = list(Article.objects.order_by("-pk").values_list("pk", flat=True)[:lists])
    a_list = seconds(list_chosen, keys) / len(keys)
    # Demo articles: their texts are read, not drawn.
    articles = list(Article.objects.published().order_by("pk")[:PUBLISHED])
    down = [listed_everywhere(article, Article.Status.ARCHIVED) for article in articles]
    up = [listed_everywhere(article, Article.Status.PUBLISHED) for article in articles]
    saves = sorted(saved for saved, _ in down + up)
    gone, there = (sorted(worked for _, worked in took)[len(took) // 2] for took in (down, up))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{connection.vendor} {size:7d} articles, seconds of computing: made in {filled:.0f} s, index in memory {built:.1f} s, "
        f"a list {a_list * 1000:.1f} ms, so all lists {a_list * size / 60:.1f} min; save {saves[len(saves) // 2] * 1000:.0f} ms, "
        f"published to listed everywhere {there:.2f} s, taken down {gone:.2f} s; memory at most {memory:.0f} MB",
        flush=True,
    )


def run(size, lists):
    if connection.vendor == "sqlite":  # a file, as in production, not memory
        connection.settings_dict["TEST"]["NAME"] = str(Path(os.environ["DATA_DIR"]) / "bench-growth.sqlite3")
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}):
            measure(size, lists)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument(
        "--lists", type=int, default=200, help="how many lists are computed, those of the newest articles"
    )
    given = parser.parse_args()
    if len(given.sizes) == 1:
        run(*given.sizes, given.lists)
        return
    for size in given.sizes:  # each in a process of its own: memory is counted from nothing
        subprocess.run([sys.executable, __file__, str(size), "--lists", str(given.lists)], check=True)


if __name__ == "__main__":
    main()
