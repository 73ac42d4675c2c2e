import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks import task

from calculators.common import page_keys
from calculators.models import Finding, PolicyValue
from yibao_site.background.queue import record_heartbeat
from yibao_site.models import BackupRecord
from yibao_site.monitoring import metrics
from yibao_site.page_cache.store import PageStore
from yibao_site.page_cache.wsgi import PageCache
from yibao_site.replica import position

pytestmark = pytest.mark.django_db


@task()
def wait():
    pass


def test_requests_are_counted_by_view_never_by_address(client):
    client.get("/healthz?typed=secret")
    client.get("/no/such-page-of-a-visitor/")
    text = client.get("/metrics").content.decode()

    assert 'yibao_requests_total{method="GET",status="200",view="healthz"}' in text
    assert 'status="404",view="none"' in text
    assert "visitor" not in text
    assert "secret" not in text


def test_the_queue_and_its_workers_are_measured(client, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "urgent"]}}
    wait.enqueue()
    record_heartbeat("here")
    text = client.get("/metrics").content.decode()

    assert 'yibao_tasks{status="ready"} 1.0' in text
    assert "yibao_workers 1.0" in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.7", {}, 404),
        ("127.0.0.1", {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, 404),
    ],
)
def test_without_a_token_only_loopback_reads(client, address, headers, status):
    assert client.get("/metrics", REMOTE_ADDR=address, **headers).status_code == status


@pytest.mark.parametrize(
    ("shown", "status"), [("Bearer right", 200), ("Bearer wrong", 404), ("", 404), ("Bearer 错", 404)]
)
def test_with_a_token_only_its_bearer_reads(client, settings, shown, status):
    settings.METRICS_TOKEN = "right"

    assert client.get("/metrics", HTTP_AUTHORIZATION=shown).status_code == status


def sample(text, name):
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else None


def test_pages_that_the_cache_answers_are_counted_as_stored_unmodified_or_rendered(client):
    def application(environ, start_response):
        page_keys.depends_on(page_keys.CORRECTIONS)
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"page"]

    class Follower:
        def start(self):
            pass

    cache = PageCache(application, PageStore(10_000), Follower(), private_cookies=(), until=lambda: 2**40)
    before, etags = client.get("/metrics").content.decode(), []

    def ask(path="/", **headers):
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.input": BytesIO(), **headers}
        cache(environ, lambda status, answered: etags.extend(v for k, v in answered if k == "ETag"))

    ask()
    ask()
    ask(HTTP_IF_NONE_MATCH=etags[0])
    ask("/api/v1/")
    after = client.get("/metrics").content.decode()

    for answer in ("rendered", "kept", "not_modified", "uncached"):
        name = f'yibao_pages_total{{answer="{answer}"}}'
        assert sample(after, name) - sample(before, name) == 1, answer
    assert (sample(after, "yibao_page_cache_entries"), sample(after, "yibao_page_cache_bytes") > 0) == (1, True)


def test_the_time_of_the_database_is_part_of_the_time_of_the_request(client):
    client.get("/glossary/")
    text = client.get("/metrics").content.decode()
    whole, database = (
        sample(text, f'yibao_request_{part}seconds_sum{{view="articles:glossary"}}') for part in ("", "database_")
    )

    assert 0 < database < whole


def test_the_age_of_the_last_backup_is_told_once_there_is_one(client):
    assert sample(client.get("/metrics").content.decode(), "yibao_backup_age_seconds") is None

    for hours in (30, 2):
        BackupRecord.objects.create(name="a.zip", size=1, made_at=timezone.now() - timedelta(hours=hours))
    text = client.get("/metrics").content.decode()

    assert 7200 <= sample(text, "yibao_backup_age_seconds") < 7260
    assert sample(text, "yibao_backup_trial_age_seconds") is None


def test_values_past_review_and_dead_sources_are_counted(client):
    PolicyValue.objects.update(review_by=None)
    value = PolicyValue.objects.current(timezone.localdate()).first()
    PolicyValue.objects.filter(pk=value.pk).update(review_by=timezone.localdate() - timedelta(days=1))
    Finding.objects.create(kind=Finding.Kind.SOURCE_GONE, subject="a")
    Finding.objects.create(kind=Finding.Kind.SOURCE_GONE, subject="b", closed=timezone.now())
    text = client.get("/metrics").content.decode()

    assert sample(text, "yibao_values_past_review") == 1
    assert sample(text, "yibao_sources_gone") == 1


def test_gauges_of_an_ended_process_count_no_longer(tmp_path):
    for pid in (1, 2**22 + 1):  # the second is more than any process has
        Path(tmp_path, f"gauge_livesum_{pid}.db").touch()
        Path(tmp_path, f"counter_{pid}.db").touch()
    metrics.forget_ended_processes(tmp_path)

    assert not Path(tmp_path, f"gauge_livesum_{2**22 + 1}.db").exists()
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize(("replayed", "up", "lag"), [(None, 0, None), (70, 1, 30), (130, 1, 0)])
def test_a_replica_is_told_to_be_up_and_how_far_it_lags(client, settings, monkeypatch, replayed, up, lag):
    assert sample(client.get("/metrics").content.decode(), "yibao_replica_up") is None
    settings.DATABASE_REPLICA_URL = "postgresql://replica/"
    monkeypatch.setattr(position, "_asked", lambda alias, _: {"default": 100, "replica": replayed}[alias])
    text = client.get("/metrics").content.decode()

    assert (sample(text, "yibao_replica_up"), sample(text, "yibao_replica_lag_bytes")) == (up, lag)


def test_every_metric_of_the_alerts_and_the_dashboard_is_told(client, settings, monkeypatch):
    settings.DATABASE_REPLICA_URL = "postgresql://replica/"
    monkeypatch.setattr(position, "_asked", lambda *_: 1)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "urgent"]}}
    wait.enqueue()
    BackupRecord.objects.create(name="a.zip", size=1, tried_at=timezone.now())
    text = client.get("/metrics").content.decode()
    folder = Path(metrics.__file__).parent
    named = {
        name
        for file in ("alerts.yml", "grafana.json")
        for name in re.findall(r"\byibao_\w+", Path(folder, file).read_text(encoding="utf-8"))
    }

    assert len(named) > 10
    assert {name for name in named if not re.search(rf"^{name}[ {{]", text, re.MULTILINE)} == set()
