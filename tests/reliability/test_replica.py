"""A real streaming replica: pages are read from it while it is up to date, and a publish is never hidden by its lag."""

import shutil
import subprocess
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest

from articles.models import Article
from tests.cluster.services import free_port, postgres_programs, postgres_user, running
from tests.reliability.cluster_processes import Cluster
from tests.reliability.site_processes import SERVER, on_postgres, wait_until
from yibao_site.replica.position import PROBE_SECONDS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not on_postgres(), reason="SQLite has no replicas; make test runs this on PostgreSQL"),
]
LIMIT_SECONDS = 1.5


@contextmanager
def replica(folder):
    """A copy of the tests' server that streams its log. Yields its port and its process."""
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o011)
    programs, user, port, data = postgres_programs(folder), postgres_user(), free_port(), folder / "data"
    data.mkdir(mode=0o700)
    if user:
        shutil.chown(data, user)
    base = [programs / "pg_basebackup", "-d", SERVER, "-D", data, "-R", "-X", "stream", "-c", "fast", "--no-sync"]
    subprocess.run(base, check=True, user=user, cwd="/")
    options = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "max_connections=60"]
    command = [programs / "postgres", "-D", data, "-p", port, *(part for one in options for part in ("-c", one))]
    with running(command, port, log=folder / "log", user=user, cwd="/") as server:
        yield port, server


@contextmanager
def asked(url):
    """A function that asks one value."""
    with psycopg.connect(url, autocommit=True) as connection:
        yield lambda statement, *values: connection.execute(statement, values).fetchone()[0]


def seconds_until(true):
    start = time.monotonic()
    wait_until(true, 20)
    return time.monotonic() - start


def test_pages_come_from_the_replica_and_a_publish_is_seen_while_it_lags(site, tmp_path, tried):
    place = urlsplit(site.database_url)
    with replica(tmp_path) as (replica_port, process):
        url = place._replace(netloc=place.netloc.replace(f":{place.port}", f":{replica_port}")).geturl()
        site.variables |= {"DATABASE_REPLICA_URL": url}
        cluster = Cluster(site, free_port(), {})
        cluster.start_server(cluster.front)
        with site.here():
            articles = list(Article.objects.published().order_by("pk")[:4])
        cluster.wait_for_servers()

        def is_from_replica(article):
            """Renamed past the site, so that nobody is told, while the replica stands still."""
            title = f"只有主库知道第 {article.pk} 篇"
            with site.here():
                Article.objects.filter(pk=article.pk).update(title=title)
            return title not in cluster.get(article.get_absolute_url())[1]

        with asked(site.database_url) as primary, asked(url) as standby:

            def stand_still():
                end = primary("SELECT pg_current_wal_insert_lsn()")
                lag = seconds_until(lambda: standby("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", end))
                time.sleep(2 * PROBE_SECONDS)
                standby("SELECT pg_wal_replay_pause()")
                return lag

            cluster.get("/about/")  # the first reader starts the thread that asks the replica
            stand_still()
            before = is_from_replica(articles[0])
            with site.here():
                articles[1].title = "改过的标题"
                articles[1].save()
            seen = seconds_until(lambda: "改过的标题" in cluster.get(articles[1].get_absolute_url())[1])
            behind = is_from_replica(articles[2])
            standby("SELECT pg_wal_replay_resume()")
            lag = stand_still()
            after = is_from_replica(articles[3])
        process.process.kill()
        without = [cluster.get(f"/search/?q=menzhen{number}")[0] for number in range(4)]

    assert (before, behind, after) == (True, False, True)
    assert seen < LIMIT_SECONDS
    assert without == [200] * 4
    tried(
        "只读副本停在发布之前；又跟上；被杀",
        f"3 次，跟上用 {lag:.1f} 秒",
        "发布的一秒半之内就看到，跟上以后又从副本读；副本没了读主库，没有一页出错",
    )
