"""WSGI applications behind a page cache, and what a browser gets of them."""

import time

from calculators.common import page_keys
from yibao_site.page_cache.store import PageStore
from yibao_site.page_cache.wsgi import PageCache


class Nobody:
    def start(self):
        pass


class Application:
    """A page that shows article:1 and counts how often it is rendered."""

    def __init__(self, headers=(), status="200 OK", slow=0, kind="text/html", filling="", reads=()):
        self.rendered = 0
        self.reads = reads  # of the query
        self.kind, self.filling = kind, filling
        self.headers, self.status, self.slow = list(headers), status, slow

    def __call__(self, environ, start_response):
        self.rendered += 1
        time.sleep(self.slow)
        page_keys.depends_on(page_keys.article(1), *self.reads)
        self.headers_sent = [("Content-Type", self.kind), ("Vary", "Cookie"), *self.headers]
        start_response(self.status, self.headers_sent)
        return [f"page {self.rendered}{self.filling}".encode()]


def cached(application, seconds=60):
    return PageCache(
        application, PageStore(1_000_000), Nobody(), private_cookies=("sessionid",), until=lambda: time.time() + seconds
    )


def ask(cache, path="/", method="GET", **environ):
    answer = {}

    def start_response(status, headers):
        answer.update(status=status, headers=dict(headers))

    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "x", **environ}
    answer["body"] = b"".join(cache(environ, start_response))
    return answer
