import tomllib
from pathlib import Path

import pytest
from django.db import OperationalError

from yibao_site import VERSION
from yibao_site.background.queue import record_heartbeat
from yibao_site.monitoring import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget():
    health.migrated.clear()


@pytest.fixture
def no_database(monkeypatch):
    def refuse():
        raise OperationalError("gone")

    monkeypatch.setattr(health.connection, "cursor", refuse)


def test_a_process_that_answers_is_healthy_without_any_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


def test_all_parts_are_named_when_ready(client):
    record_heartbeat("here")
    answer = client.get("/readyz?strict=1")

    assert answer.status_code == 200
    parts = {"database": "ok", "migrations": "ok", "worker": "ok", "cache": "ok"}
    assert answer.json() == {"ready": True, "version": VERSION, **parts}


def test_the_version_is_that_of_the_package():
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == VERSION


@pytest.mark.parametrize(
    ("path", "status"), [("/healthz", 200), ("/readyz", 200), ("/metrics", 200), ("/robots.txt", 400)]
)
def test_machines_inside_need_no_name_of_the_site(client, settings, path, status):
    settings.ALLOWED_HOSTS = ["yibao.example.org"]

    assert client.get(path, headers={"host": "10.0.0.7:8000"}).status_code == status


def test_a_site_without_its_worker_serves_and_says_so(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["worker"]) == (200, "away")
    assert client.get("/readyz?strict=1").status_code == 503


def test_a_site_without_its_database_is_not_ready(client, no_database):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["database"]) == (503, "away")
    assert client.get("/healthz").status_code == 200


def test_code_newer_than_its_tables_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["one"])

    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz").json()["migrations"] == "pending"


def test_pending_migrations_are_queried_once_a_process(client, monkeypatch):
    client.get("/readyz")
    monkeypatch.setattr(health, "MigrationExecutor", None)

    assert client.get("/readyz").json()["migrations"] == "ok"


def test_a_site_without_its_cache_serves_and_says_so(client, monkeypatch):
    class Away:
        def is_available(self):
            return False

    monkeypatch.setattr(health, "caches", {"default": Away()})

    assert (client.get("/readyz").status_code, client.get("/readyz").json()["cache"]) == (200, "away")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_health_and_metrics_are_answered_without_tls(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get(path).status_code == 200
    assert client.get("/robots.txt").status_code == 301
