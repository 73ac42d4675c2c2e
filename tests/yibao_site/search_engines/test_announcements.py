"""Announcements to 百度 and IndexNow, recorded by a real HTTP server: what is sent, what never is, and what a failure does.

The server answers as the engines document; neither was asked.
"""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.models import Article, Category
from articles.signals import articles_changed
from yibao_site.search_engines.requests import BAIDU, INDEXNOW
from yibao_site.search_engines.tasks import announce, articles_were_changed

pytestmark = pytest.mark.django_db
ORIGIN, KEY = "https://yibao.example.org", "1234abcd-key"


class EngineHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append((self.path, self.headers["Content-Type"], body))
        status, told = self.server.answers
        told = {"remain": 99, "success": len(body.splitlines())} if told is None else told
        text = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def service():
    with ThreadingHTTPServer(("127.0.0.1", 0), EngineHandler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def engine(service, settings, monkeypatch):
    cache.clear()
    service.asked, service.answers = [], (200, None)
    for name in ("BAIDU_URL", "INDEXNOW_URL"):
        monkeypatch.setattr(
            f"yibao_site.search_engines.requests.{name}", f"http://127.0.0.1:{service.server_port}/{name}"
        )
    settings.BAIDU_PUSH_TOKEN, settings.INDEXNOW_KEY = "se/cret", KEY
    settings.CSRF_TRUSTED_ORIGINS = [ORIGIN]
    articles_changed.connect(articles_were_changed)
    yield service
    articles_changed.disconnect(articles_were_changed)


@pytest.fixture
def write(engine):
    category = Category.objects.create(name="待遇", slug="daiyu")

    def make(slug, **fields):
        given = {"status": Article.Status.PUBLISHED, "published_at": timezone.now() - timedelta(days=1)} | fields
        return Article.objects.create(title=slug, slug=slug, body="<p>字。</p>", category=category, **given)

    return make


def test_a_published_article_is_sent_to_each_engine_as_it_asks_for(write, engine):
    address = f"{ORIGIN}{write('qifuxian').get_absolute_url()}"
    baidu, indexnow = engine.asked

    assert baidu == (f"/BAIDU_URL?site={ORIGIN}&token=se%2Fcret", "text/plain", address)
    assert indexnow[:2] == ("/INDEXNOW_URL", "application/json; charset=utf-8")
    about = {"host": "yibao.example.org", "key": KEY, "keyLocation": f"{ORIGIN}/{KEY}.txt", "urlList": [address]}
    assert json.loads(indexnow[2]) == about


def test_an_article_is_sent_again_only_when_it_reads_otherwise(write, engine):
    article = write("qifuxian")
    article.save()
    assert len(engine.asked) == 2

    article.title = "起付线是多少"
    article.save()
    assert len(engine.asked) == 4


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.ARCHIVED},
        {"status": Article.Status.SCHEDULED, "published_at": timezone.now() + timedelta(days=1)},
        {"unpublish_at": timezone.now() - timedelta(hours=1)},
    ],
)
def test_what_is_not_public_is_never_sent(write, engine, fields):
    write("qifuxian", **fields)
    write("lianxi", is_page=True)

    assert all("lianxi" in body and "qifuxian" not in body for *_, body in engine.asked)
    assert len(engine.asked) == 2


@pytest.mark.parametrize("hosts", [["localhost"], ["*"], [".example.org"]])
def test_a_site_without_a_name_outside_sends_nothing(write, engine, settings, hosts):
    settings.CSRF_TRUSTED_ORIGINS, settings.ALLOWED_HOSTS = [], hosts
    write("qifuxian")

    assert engine.asked == []


def test_without_a_key_nothing_is_enqueued(write, engine, settings):
    settings.BAIDU_PUSH_TOKEN = settings.INDEXNOW_KEY = ""
    write("qifuxian")

    assert engine.asked == []


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        (BAIDU, (401, {"error": 401, "message": "token is not valid"})),
        (BAIDU, (200, {"remain": 9, "success": 0, "not_same_site": ["x"]})),
        (BAIDU, (500, "<html>")),
        (INDEXNOW, (403, {})),
        (INDEXNOW, (429, {})),
    ],
)
def test_a_refusal_is_logged_without_the_key_and_tried_again_a_few_times(write, engine, settings, caplog, name, answer):
    article = write("qifuxian")
    cache.clear()
    engine.answers = answer
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "urgent"]}}
    before = timezone.now()
    assert announce.call(name, [article.pk]) == 0
    assert announce.call(name, [article.pk], 4) == 0

    again = DBTaskResult.objects.get()
    assert again.args_kwargs["args"] == [name, [article.pk], 1]
    assert again.run_after >= before + timedelta(seconds=10)
    assert [record.levelname for record in caplog.records if "was not told" in record.message] == ["WARNING"] * 2
    assert not any(secret in caplog.text for secret in ("se/cret", "se%2Fcret", KEY))


def test_the_file_of_the_key_is_served_and_no_other(client, engine, settings):
    assert client.get(f"/{KEY}.txt").content.decode() == KEY
    assert client.get("/1234abcd-kez.txt").status_code == 404
    settings.INDEXNOW_KEY = ""
    assert client.get(f"/{KEY}.txt").status_code == 404
