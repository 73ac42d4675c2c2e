"""Expand, then contract: old and new servers serve side by side over a table that has grown, and over one that has shrunk."""

from dataclasses import replace

import pytest

from articles.models import Article
from tests.cluster.services import free_port
from tests.reliability.cluster_processes import Readers
from tests.reliability.next_release.migrations import LAST
from tests.reliability.site_processes import DJANGO, wait_until
from yibao_site.processes.server import server_command

pytestmark = pytest.mark.django_db

NEXT = {"DJANGO_SETTINGS_MODULE": "tests.reliability.next_release.settings"}
WRITE_AS_NEXT = """
from articles.models import Article
from tests.reliability.next_release.models import Listener
article = Article.objects.published().order_by("pk").first()
article.title, article.listened = "新版改过的标题", 7
article.save()
Listener.objects.create(article=article, name="一位听众")
"""
READ_AS_NEXT = """
from articles.models import Article
from tests.reliability.next_release.models import Listener
article = Listener.objects.get().article
print(article.listened, Article.objects.filter(listened=None).count())
"""


def run_as(site, program):
    done = site.run("-c", DJANGO + program)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_old_and_new_servers_serve_side_by_side_while_tables_grow_and_shrink(cluster, tried):
    old, port = cluster.site, free_port()
    new = replace(old, variables=old.variables | NEXT)
    with Readers(cluster) as readers:
        server = new.start(*server_command("127.0.0.1", port)[1:])
        wait_until(lambda: cluster.get("/healthz", port)[0] == 200, 180)
        early = cluster.get("/readyz", port)
        new.manage("migrate", "articles", "9001")
        wait_until(lambda: cluster.get("/readyz", port)[0] == 200)
        readers.go_on(20)
        run_as(new, WRITE_AS_NEXT)
        with old.here():
            article = Article.objects.published().order_by("pk").first()
            seen_by_old = article.title
            article.title = "旧版又改的标题"
            article.save()
            Article.objects.create(
                title="旧版写的", slug="by-the-old", body="<p>文</p>", category_id=article.category_id
            )
        for each in (*cluster.servers, port):
            wait_until(lambda each=each: "旧版又改的标题" in cluster.get(article.get_absolute_url(), each)[1], 10)
        kept = run_as(new, READ_AS_NEXT)
        server.kill()
        server.wait()
        new.manage("migrate", "articles", LAST)
        readers.go_on(20)

    assert (early[0], '"migrations": "pending"' in early[1]) == (503, True)
    assert seen_by_old == "新版改过的标题"
    assert kept.split()[0] == "7"
    assert readers.failed == []
    tried("升级：先加列和表，新旧并存，再删掉", f"{readers.done} 个请求", "没有一个失败；旧版改过的行，新列还在")
