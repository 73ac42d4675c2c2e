import pytest
from django_tasks import task

from yibao_site.background.queue import record_heartbeat

pytestmark = pytest.mark.django_db


@task()
def wait():
    pass


def test_requests_are_counted_by_view_never_by_address(client):
    client.get("/healthz?typed=secret")
    client.get("/no-such-page-of-a-visitor/")
    text = client.get("/metrics").content.decode()

    assert 'yibao_requests_total{method="GET",status="200",view="healthz"}' in text
    assert 'status="404",view="none"' in text
    assert "visitor" not in text
    assert "secret" not in text


def test_the_queue_and_its_workers_are_measured(client, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
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
