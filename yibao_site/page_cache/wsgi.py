"""The thin layer in front of Django: answer a stored page, or render it once and keep it."""

import re
import threading
import time
from collections.abc import Callable
from urllib.parse import quote

import brotli

from calculators.common import page_keys
from yibao_site.page_cache.store import Page

PRIVATE_PATHS = ("/admin/", "/api/", "/static/", "/media/", "/healthz", "/readyz", "/metrics")
KEPT_QUERY = re.compile(r"(areas=all)?(&?(page|before)=\d{1,19})?")
CHOICE = re.compile(r"(?:^|;) *choice=(\d{6}(?:\.[a-z][a-z0-9_]{0,39})?) *(?=;|$)")
COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml")
WORTH_COMPRESSING = 1000  # bytes
LONGEST_WAIT = 15  # seconds that a reader waits for another one's rendering
FORGET_HEADERS = {"content-length", "etag", "cache-control", "vary"}
HEADERS = [("Cache-Control", "public, no-cache"), ("Vary", "Accept-Encoding, Cookie")]


class PageCache:
    """Wraps a WSGI application. `until()` tells when, at the latest, a page rendered now ends."""

    def __init__(self, application, store, follower, *, private_cookies: tuple[str, ...], until: Callable[[], float]):
        self.application = application
        self.store = store
        self.follower = follower
        self.private_cookies = private_cookies
        self.until = until
        self._rendering: dict[str, threading.Event] = {}
        self._lock = threading.Lock()

    def __call__(self, environ, start_response):
        self.follower.start()
        address = self._address(environ)
        if address is None:
            return pass_on(self.application, environ, start_response)
        choice = only_the_choice(environ)
        page = self._stored(address, choice)
        if page is None:
            page = self._wait_for(address, choice)
        if page is None:
            return self._render(address, choice, environ, start_response)
        return answer(page, environ, start_response)

    def _address(self, environ):
        """Under which name the page is kept; None for what is never kept."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "HTTP_AUTHORIZATION" in environ:
            return None
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if path.startswith(PRIVATE_PATHS) or (query and not KEPT_QUERY.fullmatch(query)):
            return None
        cookies = environ.get("HTTP_COOKIE", "")
        if cookies and any(cookie in cookies for cookie in self.private_cookies):
            return None
        return f"{environ.get('wsgi.url_scheme')}://{environ.get('HTTP_HOST')}{path}?{query}"

    def _stored(self, address, choice):
        """The page for this choice, or the one for everybody where it does not look at choices."""
        page = self.store.pages.get(address + choice)
        if page is None and choice:
            page = self.store.pages.get(address)
            if page is not None and page_keys.VISITOR_CHOICE in page.keys:
                return None
        if page is None or page.expires <= time.time():
            return None
        page.used = True
        return page

    def _wait_for(self, address, choice):
        """If another reader is rendering the page, wait for it; otherwise it is ours to render."""
        with self._lock:
            rendering = self._rendering.get(address + choice)
            if rendering is None:
                self._rendering[address + choice] = threading.Event()
                return None
        rendering.wait(LONGEST_WAIT)
        return self._stored(address, choice)

    def _render(self, address, choice, environ, start_response):
        try:
            since = self.store.mark()
            with page_keys.collecting() as keys:
                status, headers, body = run(self.application, environ)
            if is_keepable(status, headers, keys) and environ["REQUEST_METHOD"] == "GET":
                page = Page(kept(headers, keys), body, frozenset(keys), self.until())
                self.store.put(address + choice if page_keys.VISITOR_CHOICE in keys else address, page, since)
                return answer(page, environ, start_response)
            return send(status, headers, body, environ, start_response)
        finally:
            with self._lock:
                rendering = self._rendering.pop(address + choice, None)
            if rendering:
                rendering.set()


def only_the_choice(environ):
    """The choice in the visitor's cookies, the one cookie a page that is kept may see: " 110000.retired", or nothing."""
    cookies = environ.get("HTTP_COOKIE", "")
    found = CHOICE.search(cookies) if cookies else None
    environ["HTTP_COOKIE"] = f"choice={found[1]}" if found else ""
    return f" {found[1]}" if found else ""


def run(application, environ):
    """The application's whole answer: status, headers, body."""
    started = []

    def start_response(status, headers, exc_info=None):
        started[:] = [status, headers]

    response = application(environ, start_response)
    try:
        body = b"".join(response)
    finally:
        close = getattr(response, "close", None)
        if close:
            close()
    return *started, body


def pass_on(application, environ, start_response):
    """What is never kept: as the application answers it, but public pages compressed."""
    if environ["PATH_INFO"].startswith(PRIVATE_PATHS):
        return application(environ, start_response)
    return send(*run(application, environ), environ, start_response)


def send(status, headers, body, environ, start_response):
    """A whole answer that is not kept; HTML, feeds and data in brotli for whoever reads it. They hold no secret to guess."""
    names = {name.lower(): value for name, value in headers}
    is_text = names.get("content-type", "").startswith(COMPRESSIBLE) and "content-encoding" not in names
    if is_text and len(body) > WORTH_COMPRESSING and "br" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body = brotli.compress(body, quality=4)
        vary = ", ".join(filter(None, (names.get("vary"), "Accept-Encoding")))
        other = [(name, value) for name, value in headers if name.lower() not in {"content-length", "vary"}]
        headers = [*other, ("Vary", vary), ("Content-Encoding", "br"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]


def is_keepable(status, headers, keys):
    """Only whole pages that say what they are made of, set no cookie and are not kept private."""
    names = {name.lower(): value for name, value in headers}
    private = re.search("private|no-store", names.get("cache-control", ""))
    return bool(keys) and status.startswith("200") and "set-cookie" not in names and not private


def kept(headers, keys):
    own = [(name, value) for name, value in headers if name.lower() not in FORGET_HEADERS]
    return [*own, *HEADERS, ("Cache-Tag", ",".join(quote(key, safe=":") for key in sorted(keys)))]


def answer(page, environ, start_response):
    if environ.get("HTTP_IF_NONE_MATCH") == page.etag:
        start_response("304 Not Modified", page.not_modified)
        return [b""]
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    encoding = "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""
    headers, body = page.answers[encoding]
    start_response("200 OK", headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]
