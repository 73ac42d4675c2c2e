"""PgBouncer in transaction mode between the site and PostgreSQL, as yibao_site/deploy/pgbouncer.ini has it: nothing breaks."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from articles.models import Article
from tests.cluster.services import free_port, postgres_user, running
from tests.reliability.cluster_processes import Cluster
from tests.reliability.site_processes import ROOT, on_postgres, wait_until

BOUNCER = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not on_postgres(), reason="SQLite has no connections to share; make test runs this on PostgreSQL"
    ),
    pytest.mark.skipif(not BOUNCER, reason="Debian's package pgbouncer is not here"),
]
CONNECTIONS = 2  # of PostgreSQL, for a server's six and a worker's three
PATHS = ("/", "/articles/", "/calculators/", "/data/values.csv", "/data/values.json", "/search/?q=menzhen", "/areas/")


def configuration(folder: Path, database_url: str, port: int) -> Path:
    place = urlsplit(database_url)
    (folder / "userlist.txt").write_text(f'"{place.username}" "{place.password}"\n', encoding="ascii")
    text = (ROOT / "yibao_site/deploy/pgbouncer.ini").read_text(encoding="ascii")
    text = text.replace("yibao = host=127.0.0.1 port=5432", f"{place.path[1:]} = host=127.0.0.1 port={place.port}")
    text = text.replace("listen_port = 6432", f"listen_port = {port}").replace("/etc/pgbouncer", str(folder))
    text = text.replace("default_pool_size = 20", f"default_pool_size = {CONNECTIONS}")
    (folder / "pgbouncer.ini").write_text(text, encoding="ascii")
    return folder / "pgbouncer.ini"


def test_pages_tasks_and_a_backup_share_two_connections_of_pgbouncer(site, tmp_path, tried):
    for parent in (tmp_path, *tmp_path.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o011)
    port, place = free_port(), urlsplit(site.database_url)
    command = [BOUNCER, configuration(tmp_path, site.database_url, port)]
    with running(command, port, log=tmp_path / "log", user=postgres_user(), cwd="/"):
        through = place._replace(netloc=place.netloc.replace(f":{place.port}", f":{port}")).geturl()
        site.variables |= {"DATABASE_URL": through, "PGBOUNCER": "on", "PAGE_CACHE_BYTES": "0"}
        cluster = Cluster(site, free_port(), {}, site.start("-m", "django", "worker"))
        cluster.start_server(cluster.front)
        with site.here():
            article = Article.objects.published().first()
            article.title = "经过 PgBouncer"
            article.save()
        cluster.wait_for_servers()
        with ThreadPoolExecutor(4) as threads:
            answers = list(threads.map(cluster.get, PATHS * 3))
        wait_until(lambda: cluster.get("/readyz?strict=1")[0] == 200, 30)
        told = site.manage("backup", str(tmp_path / "site.zip"))
        shown = cluster.get(article.get_absolute_url())[1]

    assert {status for status, _ in answers} == {200}
    assert all(body for _, body in answers)
    assert "经过 PgBouncer" in shown
    assert (tmp_path / "site.zip").exists(), told
    tried("PgBouncer，事务模式，两条连接", f"{len(answers)} 个请求、后台任务、备份", "没有一个失败")
