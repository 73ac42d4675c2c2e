"""Two application servers, nginx and a worker as real processes; parts of them are stopped while readers read."""

import signal
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.reliability.sites import empty_site, on_postgres, wait_until
from yibao_site.cluster.nginx import nginx_command, write_configuration
from yibao_site.cluster.server import server_command
from yibao_site.cluster.services import free_port, postgres, redis, running

PUBLISH = """
from articles.models import Article
from articles import workflow
article = Article.objects.published().order_by("pk").first()
article.title = "TITLE"
article.save()
print(article.get_absolute_url())
"""


@dataclass
class Cluster:
    site: object
    front: int
    servers: dict
    worker: object

    def get(self, path="/", port=None):
        """(status, body); 0 where the connection failed."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port or self.front}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def start_server(self, port):
        server = self.site.start(*server_command("127.0.0.1", port)[1:])
        self.servers[port] = server
        wait_until(lambda: self.get("/healthz", port)[0] == 200, 60)
        return server


@pytest.fixture(scope="module")
def cluster(tmp_path_factory, template):
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as stack:
        site = stack.enter_context(empty_site(folder / "site", template=template))
        site.variables["TRUSTED_PROXIES"] = "127.0.0.1"
        ports, front = [free_port(), free_port()], free_port()
        worker = site.start("-m", "django", "worker")
        cluster = Cluster(site, front, {}, worker)
        for port in ports:
            cluster.start_server(port)
        configuration = write_configuration(folder / "nginx", "127.0.0.1", front, ports, static=folder / "static")
        stack.enter_context(running(nginx_command(configuration), front, log=folder / "nginx.log"))
        yield cluster


class Readers:
    """Threads that read pages through nginx; `failed` lists every answer that was not 200."""

    def __init__(self, cluster, paths=("/", "/articles/", "/calculators/", "/api/v1/"), count=3):
        self.cluster, self.paths, self.stop = cluster, paths, threading.Event()
        self.done, self.failed = 0, []
        self.threads = [threading.Thread(target=self.read, args=(number,)) for number in range(count)]

    def read(self, number):
        while not self.stop.is_set():
            path = self.paths[(self.done + number) % len(self.paths)]
            status, _ = self.cluster.get(path)
            self.done += 1
            if status not in {200, 404}:
                self.failed.append((path, status))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.stop.set()
        for thread in self.threads:
            thread.join(30)


def test_nginx_serves_the_site_and_keeps_the_inside_inside(cluster):
    assert cluster.get("/")[0] == 200
    assert cluster.get("/healthz") == (200, "ok\n")
    assert cluster.get("/metrics")[0] == cluster.get("/readyz")[0] == 404
    assert all(cluster.get("/readyz?strict=1", port)[0] == 200 for port in cluster.servers)


def test_a_killed_server_costs_no_reader_an_error(cluster):
    port = next(iter(cluster.servers))
    with Readers(cluster) as readers:
        wait_until(lambda: readers.done > 20)
        for process in (cluster.servers[port],):
            process.kill()
        before = readers.done
        wait_until(lambda: readers.done > before + 40)
        cluster.start_server(port)

    assert readers.failed == []


def test_what_one_server_publishes_the_other_shows_within_a_second(cluster):
    for port in cluster.servers:
        cluster.get("/", port)
    path = cluster.site.script(PUBLISH.replace("TITLE", "刚刚改过的标题"))
    published = time.monotonic()
    for port in cluster.servers:
        wait_until(lambda port=port: "刚刚改过的标题" in cluster.get(path, port)[1], 10)

    assert time.monotonic() - published < 1.5  # a second, and the time of reading on a busy machine


def test_without_redis_pages_are_slower_and_right(new_site, tmp_path):
    site = new_site()
    port, cache_port = free_port(), free_port()
    site.variables["CACHE_URL"] = f"redis://127.0.0.1:{cache_port}/0"
    cluster = Cluster(site, port, {}, None)
    with redis(tmp_path / "redis", cache_port):
        server = cluster.start_server(port)
        assert '"cache": "ok"' in cluster.get("/readyz")[1]
        first = cluster.get("/articles/")
    away = cluster.get("/articles/"), cluster.get("/articles/?page=2"), cluster.get("/readyz")
    server.kill()

    assert away[0] == first
    assert away[1][0] == 200
    assert (away[2][0], '"cache": "away"' in away[2][1]) == (200, True)


@pytest.mark.skipif(not on_postgres(), reason="SQLite is a file of the same machine: there is no server to go away")
def test_the_database_goes_away_and_comes_back(tmp_path, new_site):
    folder, database_port, port = tmp_path / "postgres", free_port(), free_port()
    for parent in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        parent.chmod(parent.stat().st_mode | 0o011)
    site = new_site("own", filled=False)
    cluster = Cluster(site, port, {}, None)
    with postgres(folder, database_port) as url:
        site.database_url = url
        site.manage("migrate", "-v0")
        site.script("from django.contrib.auth.models import Group; Group.objects.create(name='留下')")
        server = cluster.start_server(port)
        worker = site.start("-m", "django", "worker")
        wait_until(lambda: cluster.get("/readyz?strict=1")[0] == 200)
    away = cluster.get("/readyz")[0], cluster.get("/healthz")[0], worker.poll(), server.poll()
    with postgres(folder, database_port):
        wait_until(lambda: cluster.get("/readyz?strict=1")[0] == 200, 60)
        kept = site.script(
            "from django.contrib.auth.models import Group; print(Group.objects.filter(name='留下').count())"
        )
        worker.send_signal(signal.SIGTERM)
        server.kill()

    assert away == (503, 200, None, None)
    assert kept == "1"
