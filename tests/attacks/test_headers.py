"""Headers that lie: no answer believes them, and none of them gets into a page that is kept for others."""

from types import SimpleNamespace

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.test import RequestFactory

from articles.models import Article, Category
from yibao_site.page_cache.clock_expiry import PageExpiry
from yibao_site.page_cache.store import PageStore
from yibao_site.page_cache.wsgi import PageCache

pytestmark = pytest.mark.django_db
EVIL = "evil.example"
LIES = {
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Server": EVIL,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Scheme": "https",
    "X-Forwarded-Port": "1337",
    "X-Forwarded-Prefix": f"//{EVIL}",
    "X-Forwarded-For": "127.0.0.1",
    "X-Real-IP": "127.0.0.1",
    "X-Client-IP": "127.0.0.1",
    "True-Client-IP": "127.0.0.1",
    "CF-Connecting-IP": "127.0.0.1",
    "Forwarded": f"for=127.0.0.1;host={EVIL};proto=https",
    "X-Host": EVIL,
    "X-Original-URL": "/admin/",
    "X-Rewrite-URL": "/admin/",
    "X-HTTP-Method-Override": "POST",
    "X-Method-Override": "DELETE",
    "Origin": f"https://{EVIL}",
    "Referer": f"https://{EVIL}/<script>",
    "User-Agent": "<script>alert(1)</script>",
    "Accept-Language": "en, <script>",
    "Accept": "application/x-evil",
    "Range": "bytes=0-3",
    "Via": EVIL,
    "Content-Type": "text/evil",
    "X-WAP-Profile": f"https://{EVIL}/",
}
COOKIES = [
    "theme=evil",
    "lang=<script>",
    "choice=<script>alert(1)</script>",
    "choice=999999",
    "csrftoken=evil",
    "messages=evil",
]
QUERIES = [
    "utm_source=evil",
    "page=1&evil=1",
    "evil",
    "page=1;evil",
    "q=evil",
    "_method=POST",
    "callback=evil",
    "page=%00",
]
HOSTS = [
    EVIL,
    f"testserver:80@{EVIL}",
    f"{EVIL}#testserver",
    f"testserver.{EVIL}",
    "testserver/evil",
    "testserver evil",
    "[::evil]",
]
PATHS = ["/", "/articles/", "/articles/a/", "/calculators/", "/robots.txt", "/sitemap.xml", "/feeds/articles/"]


@pytest.fixture
def cache(db, monkeypatch):
    for signal in (request_started, request_finished):  # as Django's own test client: the connection is the test's
        monkeypatch.setattr(signal, "send", lambda *args, **kwargs: None)
    category = Category.objects.create(name="门诊", slug="menzhen")
    Article.objects.create(title="甲", slug="a", category=category, body="<p>文</p>", status="published")
    store = PageStore(10_000_000)
    following = SimpleNamespace(start=lambda: None)
    return PageCache(WSGIHandler(), store, following, private_cookies=("sessionid",), until=PageExpiry())


def ask(cache, path, query="", host="testserver", headers=(), **environ):
    said = {}
    environ = RequestFactory().get(path).environ | {"HTTP_HOST": host, "QUERY_STRING": query} | environ
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers}

    def start_response(status, answered, exc_info=None):
        said.update(status=int(status[:3]), headers=dict(answered))

    body = b"".join(cache(environ, start_response)).decode()
    return said["status"], said["headers"], body


def honest(cache):
    answers = {path: ask(cache, path) for path in PATHS}
    assert {status for status, _, _ in answers.values()} == {200}
    return {path: body for path, (_, _, body) in answers.items()}


def test_no_lying_header_changes_what_the_next_reader_gets(cache, client, tried):
    expected = honest(cache)
    for name, value in LIES.items():
        cache.store.clear()
        answers = [ask(cache, path, headers=[(name, value)]) for path in PATHS]

        assert [status for status, _, _ in answers] == [200] * len(PATHS), name
        assert honest(cache) == expected, name
        assert not any(EVIL in body + str(headers) for _, headers, body in answers), name
    tried("撒谎的请求头，先问后看别人得到什么", f"{len(LIES)} 种 × {len(PATHS)} 页", "别人得到的一字不差")


def test_no_cookie_or_query_changes_what_the_next_reader_gets(cache, tried):
    expected = honest(cache)
    for cookie in COOKIES:
        cache.store.clear()
        for path in PATHS:
            assert "evil" not in ask(cache, path, HTTP_COOKIE=cookie)[2]
        assert honest(cache) == expected, cookie
    for query in QUERIES:
        cache.store.clear()
        for path in PATHS:
            ask(cache, path, query=query)
        assert honest(cache) == expected, query
    tried("不计入缓存键的 Cookie 和查询串", f"{len(COOKIES) + len(QUERIES)} 种 × {len(PATHS)} 页", "别人得到的一字不差")


@pytest.mark.parametrize("host", HOSTS)
def test_a_wrong_host_is_refused_and_nothing_is_kept_for_it(cache, settings, host, tried):
    settings.ALLOWED_HOSTS = ["testserver"]

    assert [ask(cache, path, host=host)[0] for path in PATHS] == [400] * len(PATHS)
    assert not cache.store.pages
    tried("伪造的 Host", f"{len(HOSTS)} 种 × {len(PATHS)} 页", "400，什么也没有存下")


def test_a_signed_in_reader_leaves_nothing_for_others(cache, admin_user, client):
    client.force_login(admin_user)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    for path in PATHS:
        ask(cache, path, HTTP_COOKIE=cookie)

    assert not cache.store.pages


def test_kept_pages_say_by_what_they_differ(cache):
    for path in PATHS[:4]:
        for _ in range(2):
            _, headers, _ = ask(cache, path)

            assert {"Cookie", "Accept-Encoding"} <= {name.strip() for name in headers["Vary"].split(",")}
            assert headers["Cache-Control"] == "public, no-cache"
