"""Two application servers, nginx, Redis and a worker as real processes; parts of them are stopped while readers read."""

import os
import signal
import time
from pathlib import Path

import pytest

from articles.models import Article
from tests.reliability.cluster_processes import Readers
from tests.reliability.site_processes import wait_until

pytestmark = pytest.mark.django_db

UNCACHED = "/search/?q=reimbursement{}"


def test_nginx_serves_the_site_and_keeps_the_inside_inside(cluster):
    assert cluster.get("/")[0] == 200
    assert cluster.get("/healthz") == (200, "ok\n")
    assert cluster.get("/metrics")[0] == cluster.get("/readyz")[0] == 404
    for port in cluster.servers:
        wait_until(lambda port=port: cluster.get("/readyz?strict=1", port)[0] == 200)


def kill_what_serves(server):
    """kill -9 of granian's own processes, whom its manager starts again."""
    for child in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split():
        os.kill(int(child), signal.SIGKILL)


def test_a_killed_server_costs_no_reader_an_error(cluster, tried):
    one, other = cluster.servers
    with Readers(cluster) as readers:
        readers.go_on(20)
        kill_what_serves(cluster.servers[one])
        readers.go_on(40)
        cluster.wait_for_servers()
        time.sleep(2.5)  # nginx leaves a server that failed alone for two seconds
        cluster.servers[other].kill()  # the manager alone: what it managed must not go on
        wait_until(lambda: cluster.get("/healthz", other)[0] == 0, 20)
        readers.go_on(40)
        cluster.start_server(other)
        cluster.wait_for_servers()
        readers.go_on(40)

    assert readers.failed == []
    tried("kill -9：应用进程，然后另一个的管理进程，读者不停", f"{readers.done} 个请求", "没有一个失败，没有孤儿进程")


def test_what_one_server_publishes_the_other_shows_within_a_second(cluster, tried):
    with cluster.site.here():
        article = Article.objects.published().order_by("pk").first()
        path = article.get_absolute_url()
        for port in cluster.servers:
            assert cluster.get(path, port)[0] == 200
        article.title = "刚刚改过的标题"
        article.save()
        published = time.monotonic()
    for port in cluster.servers:
        wait_until(lambda port=port: "刚刚改过的标题" in cluster.get(path, port)[1], 10)

    spent = time.monotonic() - published
    assert spent < 1.5  # a second, and the time of reading on a busy machine
    tried("发布一次，两个应用进程都看", "1 次", "一秒内两边都是新的")


def test_without_redis_pages_are_slower_and_right(cluster, tried):
    with Readers(cluster) as readers:
        readers.go_on(10)
        cluster.redis.stop()
        away = [cluster.get(UNCACHED.format(number))[0] for number in range(5)]
        said = [cluster.get("/readyz", port) for port in cluster.servers]
        readers.go_on(20)
        cluster.redis.start()
    for port in cluster.servers:
        wait_until(lambda port=port: '"cache": "ok"' in cluster.get("/readyz", port)[1])

    assert away == [200] * 5
    assert [(status, '"cache": "away"' in body) for status, body in said] == [(200, True)] * 2
    assert readers.failed == []
    tried("Redis 停了又来，读者不停", f"{readers.done} 个请求", "没有一个失败")
