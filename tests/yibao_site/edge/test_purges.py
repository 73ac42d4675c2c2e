"""Purges of caches in front, recorded by a real HTTP server: each kind of cache, addresses, retries, the urgent queue."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from calculators.common import page_keys
from calculators.tasks import URGENT_QUEUE
from yibao_site.edge import addresses
from yibao_site.edge.caches import PurgeFailed, parsed
from yibao_site.edge.models import EdgeAddress
from yibao_site.edge.tasks import enqueue_purges, purge

pytestmark = pytest.mark.django_db
KEYS = ["article:1", "value:门诊:7"]
QUOTED = "value:%E9%97%A8%E8%AF%8A:7"


class Recorder(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.asked.append((self.command, self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_BAN = do_PURGE = do_POST = answer  # noqa: N815 - names of methods

    def log_message(self, *words):
        pass


@pytest.fixture
def edge():
    with ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as server:
        server.daemon_threads, server.asked, server.status = True, [], 200
        server.address = f"127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def run(settings, address):
    settings.EDGE_CACHES = [address]
    return purge.call(0, KEYS, again=False)


def test_varnish_is_sent_a_ban_of_whole_tags(settings, edge):
    run(settings, f"varnish+http://{edge.address}")
    [(method, path, headers, _)] = edge.asked

    assert (method, path, headers["X-Cache-Tags"]) == ("BAN", "/", f"(^|,)(article:1|{QUOTED})(,|$)")


def test_cloudflare_is_sent_tags_thirty_at_a_time(settings, edge):
    run(settings, f"cloudflare+http://token@{edge.address}/zone")
    [(method, path, headers, body)] = edge.asked

    assert (method, path, headers["Authorization"]) == (
        "POST",
        "/client/v4/zones/zone/purge_cache",
        "Bearer token",
    )
    assert json.loads(body) == {"tags": ["article:1", QUOTED]}
    many = parsed(f"cloudflare+http://token@{edge.address}/zone").requests([f"article:{n}" for n in range(31)], [])
    assert [len(json.loads(body)["tags"]) for *_, body in many] == [30, 1]


def test_fastly_is_sent_surrogate_keys(settings, edge):
    run(settings, f"fastly+http://token@{edge.address}/service")
    [(method, path, headers, _)] = edge.asked

    assert (method, path) == ("POST", "/service/service/purge")
    assert (headers["Fastly-Key"], headers["Surrogate-Key"]) == ("token", f"article:1 {QUOTED}")


def test_a_plain_cache_is_sent_the_addresses_of_the_pages_that_changed_in_each_encoding(settings, edge):
    page = "门诊".encode().decode("latin-1")  # as WSGI has it
    assert addresses.remember(f"https://a.example/tags/{page}/?page=2", [KEYS[0], "site"])
    assert addresses.remember("https://a.example/about/?", ["about"])
    edge.status = 404  # it does not keep the page, and says so
    assert run(settings, f"purge+http://{edge.address}") == 3

    assert {(method, path, headers["Host"]) for method, path, headers, _ in edge.asked} == {
        ("PURGE", "/tags/%E9%97%A8%E8%AF%8A/?page=2", "a.example")
    }
    assert [headers["Accept-Encoding"] for *_, headers, _ in edge.asked] == ["br", "gzip", ""]


def test_addresses_are_stored_once_and_forgotten_after_two_days():
    for _ in range(2):
        addresses.remember("https://a.example/?", ["site"])
    assert EdgeAddress.objects.count() == 1
    assert addresses.forget_old() == 0

    EdgeAddress.objects.update(at=timezone.now() - timedelta(days=2, minutes=1))
    assert addresses.forget_old() == 1
    assert not addresses.remember(f"https://a.example/{'a' * 300}", ["site"])


@pytest.mark.parametrize("status", [302, 403, 500])
def test_a_purge_that_is_not_confirmed_fails_so_that_its_task_runs_again(settings, edge, status):
    edge.status = status
    with pytest.raises(PurgeFailed):
        run(settings, f"varnish+http://{edge.address}")


def test_a_change_enqueues_a_purge_for_each_cache_in_its_transaction_and_a_second_one_after_the_first(settings, edge):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", URGENT_QUEUE]}}
    settings.EDGE_CACHES = [f"varnish+http://{edge.address}", f"fastly+http://t@{edge.address}/s"]
    with transaction.atomic():
        page_keys.invalidate(page_keys.article(1))
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == 0

    page_keys.invalidate(page_keys.article(1))
    first = DBTaskResult.objects.all()
    assert sorted(task.args_kwargs["args"] for task in first) == [[0, ["article:1"]], [1, ["article:1"]]]
    assert {task.queue_name for task in first} == {URGENT_QUEUE}
    purge.call(0, ["article:1"], again=True)
    assert DBTaskResult.objects.filter(args_kwargs__kwargs__again=False).count() == 1


def test_without_caches_a_change_enqueues_nothing(settings):
    settings.EDGE_CACHES = []
    enqueue_purges(["article:1"])

    assert DBTaskResult.objects.count() == 0
    assert purge.call(0, ["article:1"], again=True) == 0


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1", "squid+http://127.0.0.1", "varnish+ftp://x", "varnish+http://"]
)
def test_an_unknown_kind_of_cache_is_named_at_the_start(address):
    with pytest.raises(ImproperlyConfigured):
        parsed(address)
