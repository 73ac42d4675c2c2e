"""Processes killed in the middle of their work: nothing saved is lost, nothing half-done is visible."""

import itertools
import os
import random
import signal
import time
from contextlib import suppress
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest
from django.db import transaction

from articles import related
from articles.import_export import importer
from articles.models import Article, ArticleProfile, Event, RelatedArticle, SearchRow, Version
from articles.related import refresh
from articles.search import index
from articles.workflow import snapshot, steps
from calculators.library.loading import import_values
from calculators.models import PolicyValue
from calculators.policies.value_import_columns import PolicyValueResource
from tests.reliability.database_rows import is_sound, rows_of, sizes
from tests.reliability.kill_points import kill_at, spread, statements_of
from tests.reliability.site_processes import wait_until
from yibao_site.page_cache.models import PageChange

pytestmark = pytest.mark.django_db

MARKDOWN = '+++\ntitle = "{title}"\nslug = "{slug}"\ncategory = "{category}"\n+++\n\n导入的正文。\n'


def first_article():
    return Article.objects.published().order_by("pk").first()


def edit():
    content = snapshot.take(first_article()) | {"title": "改过的标题", "body": "<p>改过的正文。</p>"}
    steps.save(first_article(), content, by=None)


def publish():
    steps.publish(first_article(), by=None)


def import_articles():
    category = Article.objects.first().category.name
    texts = [MARKDOWN.format(title=f"导入{n}", slug=f"imported-{n}", category=category) for n in range(3)]
    assert importer.import_articles([importer.from_markdown("", text) for text in texts]).is_clean


def roll_over(most=12):
    """A year's table: values that are in force, with the next year's first day."""
    data = PolicyValueResource().export(queryset=PolicyValue.objects.filter(number__isnull=False).order_by("pk"))
    table, keys = type(data)(headers=data.headers), set()
    for row in data.dict:
        key = (row["参数"], row["地区"], row["适用于"])
        if key not in keys and len(table) < most:
            keys.add(key)
            table.append((row | {"首日": "2027-01-01", "见于": "2026-11-24"}).values())
    import_values(table.csv)


def nothing():
    pass


def articles():
    """All about articles; what waits to be computed is in ArticleProfile, the queue only says when to look."""
    return rows_of(Article, Version, Event, SearchRow, ArticleProfile, PageChange)


def values():
    return rows_of(PolicyValue, PolicyValue.history.model, PageChange)


@pytest.mark.parametrize(
    ("name", "prepare", "work", "state", "most"),
    [
        ("发布一篇修改稿", edit, publish, articles, 24),
        ("导入三篇文章", nothing, import_articles, articles, 16),
        ("导入下一年的 12 个数值", nothing, roll_over, values, 8),
    ],
    ids=["publish", "import", "roll-over"],
)
def test_what_is_killed_half_way_leaves_no_trace(new_site, tried, name, prepare, work, state, most):
    done, site = new_site("done"), new_site("killed")
    for each in (done, site):
        with each.here():
            prepare()
            before = state()
    points = spread(statements_of(done, work), most)
    with done.here():
        finished = state()
    kills, after = 0, before
    while after == before and kills < len(points):
        kill_at(site, work, points[kills])
        kills += 1
        with site.here():
            after = state()
    if after == before:
        statements_of(site, work)
    with site.here():
        assert is_sound()
        after = state()

    assert kills >= 8
    assert finished != before
    assert sizes(after) == sizes(finished)
    tried(f"kill -9：{name}", f"{kills} 处语句前", "提交前与开始时逐行相同，提交后样样都在")


def lists():
    """Article → its stored list, in order."""
    found = {}
    for article, other in RelatedArticle.objects.order_by("article", "rank").values_list("article", "related"):
        found.setdefault(article, []).append(other)
    return found


def rebuild():
    ArticleProfile.objects.mark(ArticleProfile.Due.TEXT)
    related.work()


def test_a_rebuild_that_is_killed_shows_whole_lists_and_goes_on(new_site, tried):
    done, site = new_site("done"), new_site("killed")
    for each in (done, site):
        with each.here():
            SearchRow.objects.update(version=0)
            before = lists()
            RelatedArticle.objects.filter(rank=1).update(score=0)
    points = spread(statements_of(done, rebuild), 12)
    for point in points:
        kill_at(site, rebuild, point)
        with site.here():
            assert lists() == before
    kill_at(site, index.write_stale, 1)
    with site.here():
        related.work()
        index.write_stale()

        assert (related.pending(), index.stale().count(), is_sound()) == (0, 0, True)
    with site.here():
        after = lists()
    with done.here():
        assert after == lists()
    tried("kill -9：重算相关阅读和检索", f"{len(points) + 1} 处语句前", "列表始终完整，下一次接着算完")


def test_two_processes_make_the_lists_of_one_and_end_with_the_one_that_is_killed(site, tried, monkeypatch):
    monkeypatch.setattr(refresh, "LISTS_STORED_AT_ONCE", 1)
    helpers = site.folder / "helpers"

    def killed_amid_lists():
        def kill_when_helped(what, left):
            if what == "算列表" and (others := active_children()):
                helpers.write_text(" ".join(str(other.pid) for other in others), encoding="utf-8")
                os.kill(os.getpid(), signal.SIGKILL)

        ArticleProfile.objects.mark(ArticleProfile.Due.TEXT)
        related.work(progress=kill_when_helped, processes=2)
        yield from ()

    with site.here():
        before = lists()
    fork = site.fork(killed_amid_lists)
    wait_until(helpers.exists)
    pids = helpers.read_text(encoding="utf-8").split()
    try:
        wait_until(lambda: not any(Path("/proc", pid).exists() for pid in pids))
    finally:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
    fork.wait()
    with site.here():
        left = related.pending()
        assert lists() == before
        RelatedArticle.objects.all().delete()
        ArticleProfile.objects.mark(ArticleProfile.Due.LIST)
        related.work(processes=2)
        assert lists() == before

    assert fork.code == -signal.SIGKILL
    assert left > 0
    assert len(pids) == 2
    tried("kill -9：两个进程一起重算相关阅读", "1 次", "帮手一同结束；列表与一个进程算的相同")


def test_what_was_said_to_be_saved_is_there_after_a_kill_at_any_moment(site, tried):
    def batches(title):
        category = first_article().category
        for number in itertools.count(1):
            with transaction.atomic():
                for place in range(3):
                    Article.objects.create(title=title, slug=f"{title}-{number}-{place}", category=category)
            yield number

    said, kills = 0, 8
    for seed in range(kills):
        title = f"round-{seed}"  # the server may still be at the last batch of a client that was killed
        fork = site.fork(partial(batches, title))
        first = fork.said.readline()
        time.sleep(random.Random(seed).uniform(0.01, 0.3))  # noqa: S311 - no secret
        numbers = [int(line) for line in [first, *fork.kill()]]
        with site.here():
            stored = list(Article.objects.filter(title=title).values_list("slug", flat=True))
        said += len(numbers)

        assert len(stored) % 3 == 0
        assert len(numbers) <= len(stored) // 3 <= len(numbers) + 1
        assert fork.code == -signal.SIGKILL
    tried("kill -9：随时，写入不停", f"{kills} 次，{said} 批", "说过已保存的都在，没有半批")
