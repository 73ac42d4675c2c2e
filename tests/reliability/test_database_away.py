"""The database server goes away and comes back: kept pages are answered, the rest says why, and nothing need be restarted."""

import signal

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from tests.cluster.services import free_port, postgres
from tests.reliability.cluster_processes import Cluster
from tests.reliability.site_processes import on_postgres, wait_until

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(not on_postgres(), reason="SQLite is a file of the same machine: there is no server to go away")
def test_the_database_goes_away_and_comes_back(tmp_path, new_site, tried):
    folder, database_port, port = tmp_path / "postgres", free_port(), free_port()
    for parent in (tmp_path, *tmp_path.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o011)
    site = new_site("own", filled=False)
    cluster = Cluster(site, port, {})
    with postgres(folder, database_port) as url:
        site.database_url = url
        with site.here():
            call_command("migrate", verbosity=0)
            Group.objects.create(name="留下")
        worker, server = site.start("-m", "django", "worker"), cluster.start_server(port)
        cluster.wait_for_servers()
        wait_until(lambda: cluster.get("/readyz?strict=1")[0] == 200)
        kept = cluster.get("/articles/")
    away = [cluster.get(path)[0] for path in ("/readyz", "/healthz", "/search/?q=reimbursement")]
    answered = cluster.get("/articles/")
    alive = worker.poll(), server.poll()
    with postgres(folder, database_port):
        wait_until(lambda: cluster.get("/readyz?strict=1")[0] == 200, 60)
        with site.here():
            groups = Group.objects.filter(name="留下").count()
        worker.send_signal(signal.SIGTERM)
        server.kill()

    assert away == [503, 200, 503]
    assert answered == kept
    assert alive == (None, None)
    assert groups == 1
    tried("PostgreSQL 停了又来", "1 次", "存着的页面照常，其余说明出错；回来后都自己接上，数据都在")
