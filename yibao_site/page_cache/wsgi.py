"""WSGI middleware of the page cache: it responds with a stored page, or lets one request render the page and stores it."""

import re
import threading
import time
from collections.abc import Callable

from articles.renditions.compression import compress
from calculators.common import page_keys
from yibao_site.edge.lifetime import tags
from yibao_site.environment.inside_paths import INSIDE_PATHS
from yibao_site.page_cache import counters
from yibao_site.page_cache.store import CachedPage

UNCACHED_QUALITY = 5  # of brotli: a seventh fewer bytes than with 4 for 0.3 ms more of an article's page
PRIVATE_PATHS = ("/admin/", "/api/", "/static/", "/media/", *INSIDE_PATHS)
CACHEABLE_QUERY = re.compile(r"(areas=all|area=\d{6})?(&?(page|before)=\d{1,19})?")
QUERY_READERS = {  # the key of a page that reads the name
    "page": page_keys.PAGE_NUMBER,
    "before": page_keys.PAGE_NUMBER,
    "areas": page_keys.AREA_FILTER,
    "area": page_keys.PLACE_FILTER,
}
CHOICE_COOKIE = re.compile(r"(?:^|;) *choice=(\d{6}(?:\.[a-z][a-z0-9_]{0,39})?) *(?=;|$)")
LARGE_TEXT_COOKIE = re.compile(r"(?:^|;) *text=large *(?=;|$)")
LARGE_SUFFIX = " large"
COMPRESSIBLE_TYPES = ("text/", "application/json", "application/xml", "application/atom+xml")
MIN_COMPRESSED_BYTES = 1000  # a smaller response fits into one packet anyway
MAX_WAIT_SECONDS = 15  # of a request for another one's rendering of the same page
PAGE_ANSWER = "yibao.page_answer"  # key of the environment, for the access log
REPLACED_HEADERS = {"content-length", "etag", "cache-control", "vary", "x-request-id"}
CACHE_HEADERS = [("Cache-Control", "public, no-cache"), ("Vary", "Accept-Encoding, Cookie")]


class PageCache:
    """Wraps a WSGI application. `until()` returns the expiry time of a page rendered now."""

    with_lifetime: Callable | None = None  # (headers, expires, now): headers by which a cache in front may keep a page
    remember_address: Callable | None = None  # (address, keys): whether a purge will find the page's address

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
            counters.count[counters.UNCACHED]()
            return bypass_cache(self.application, environ, start_response)
        large, choice = reduce_cookies_to_preferences(environ)
        address += large  # every page looks different in 大字版
        page = self._stored(address, choice)
        if page is None:
            page = self._wait_for(address, choice)
        if page is None:
            return self._render(address, choice, environ, start_response)
        counters.count[count_as(page, environ)]()
        return respond_with_page(page, environ, self._for_the_edge(page, environ, start_response))

    def _for_the_edge(self, page, environ, start_response):
        """Where a cache in front may keep this page, for nobody's preferences, its headers say how long."""
        if not page.in_edge or environ["HTTP_COOKIE"]:
            return start_response

        def start_with_lifetime(status, headers):
            return start_response(status, self.with_lifetime(headers, page.expires, time.time()))

        return start_with_lifetime

    def _may_be_in_edge(self, address, keys):
        """Only where a purge will reach it; 大字版 is a preference."""
        if self.with_lifetime is None or address.endswith(LARGE_SUFFIX):
            return False
        return self.remember_address is None or self.remember_address(address, keys)

    def _address(self, environ):
        """Cache key of the request; None if it bypasses the cache."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "HTTP_AUTHORIZATION" in environ:
            return None
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if path.startswith(PRIVATE_PATHS) or (query and not CACHEABLE_QUERY.fullmatch(query)):
            return None
        cookies = environ.get("HTTP_COOKIE", "")
        if cookies and any(cookie in cookies for cookie in self.private_cookies):
            return None
        return f"{environ.get('wsgi.url_scheme')}://{environ.get('HTTP_HOST')}{path}?{query}"

    def _stored(self, address, choice):
        """The stored page for this choice, or the one for all visitors if it does not depend on the choice."""
        page = self.store.pages.get(address + choice)
        if page is None and choice:
            page = self.store.pages.get(address)
            if page is not None and page_keys.VISITOR_CHOICE in page.keys:
                return None
        if page is None or not page.is_good(time.time()):
            return None
        page.used = True
        return page

    def _wait_for(self, address, choice):
        """Wait for the rendering of another request and return its page; None if this request has to render it."""
        with self._lock:
            rendering = self._rendering.get(address + choice)
            if rendering is None:
                self._rendering[address + choice] = threading.Event()
                return None
        rendering.wait(MAX_WAIT_SECONDS)
        return self._stored(address, choice)

    def _render(self, address, choice, environ, start_response):
        try:
            since, made = self.store.mark(), time.time()
            with page_keys.collecting() as keys:
                status, headers, body = run_application(self.application, environ)
            reads_query = is_query_read(environ.get("QUERY_STRING", ""), keys)
            if is_cacheable(status, headers, keys) and reads_query and environ["REQUEST_METHOD"] == "GET":
                page = CachedPage(cached_headers(headers, keys), body, frozenset(keys), self.until(), made)
                is_current = self.store.put(
                    address + choice if page_keys.VISITOR_CHOICE in keys else address, page, since
                )
                page.in_edge = is_current and self._may_be_in_edge(address, page.keys)
                counters.count[counters.RENDERED]()
                environ[PAGE_ANSWER] = counters.RENDERED
                return respond_with_page(page, environ, self._for_the_edge(page, environ, start_response))
            counters.count[counters.UNCACHED]()
            return respond_uncached(status, headers, body, environ, start_response)
        finally:
            with self._lock:
                rendering = self._rendering.pop(address + choice, None)
            if rendering:
                rendering.set()


def reduce_cookies_to_preferences(environ):
    """Remove all cookies but those on which a cached page may depend; returns " large", or "", and " 110000.retired", or ""."""
    cookies = environ.get("HTTP_COOKIE", "")
    is_large = LARGE_TEXT_COOKIE.search(cookies) if cookies else None
    found = CHOICE_COOKIE.search(cookies) if cookies else None
    kept = [f"choice={found[1]}" if found else "", "text=large" if is_large else ""]
    environ["HTTP_COOKIE"] = "; ".join(filter(None, kept))
    return LARGE_SUFFIX if is_large else "", f" {found[1]}" if found else ""


def run_application(application, environ):
    """The application's complete response: status, headers, body."""
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


def bypass_cache(application, environ, start_response):
    """Respond with what the application returns, uncached; public pages are compressed."""
    if environ["PATH_INFO"].startswith(PRIVATE_PATHS):
        return application(environ, start_response)
    return respond_uncached(*run_application(application, environ), environ, start_response)


def respond_uncached(status, headers, body, environ, start_response):
    """Respond without storing. HTML, feeds and data are compressed with brotli: they hold no secret to guess by length."""
    names = {name.lower(): value for name, value in headers}
    is_text = names.get("content-type", "").startswith(COMPRESSIBLE_TYPES) and "content-encoding" not in names
    accepted = accepted_encodings(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if is_text and len(body) > MIN_COMPRESSED_BYTES and "br" in accepted:
        body = compress(body, UNCACHED_QUALITY)
        vary = ", ".join(filter(None, (names.get("vary"), "Accept-Encoding")))
        other = [(name, value) for name, value in headers if name.lower() not in {"content-length", "vary"}]
        headers = [*other, ("Vary", vary), ("Content-Encoding", "br"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]


def is_query_read(query, keys):
    """Whether the page reads what its query says; one that does not would be kept once for each number somebody thinks of."""
    names = {part.partition("=")[0] for part in query.split("&") if part}
    return all(QUERY_READERS[name] in keys for name in names)


def accepted_encodings(header):
    """Names of the encodings that an Accept-Encoding header accepts: those listed with a weight above 0."""
    accepted = set()
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights = [parameter[2:].strip() for parameter in parameters if parameter.startswith("q=")]
        if not any(re.fullmatch(r"0(\.0*)?", weight) for weight in weights):
            accepted.add(name)
    return accepted


def is_cacheable(status, headers, keys):
    """Whether a response may be stored: complete, with page keys, without cookies, not private, for no invented choice."""
    names = {name.lower(): value for name, value in headers}
    private = re.search("private|no-store", names.get("cache-control", ""))
    if page_keys.UNKNOWN_CHOICE in keys:
        return False
    return bool(set(keys) - {page_keys.SITE}) and status.startswith("200") and "set-cookie" not in names and not private


def cached_headers(headers, keys):
    own = [(name, value) for name, value in headers if name.lower() not in REPLACED_HEADERS]
    shown = tags(set(keys) - set(QUERY_READERS.values()))
    return [*own, *CACHE_HEADERS, ("Cache-Tag", ",".join(shown))]


def count_as(page, environ):
    """How a stored page answers this request; told in the environment too."""
    answer = counters.NOT_MODIFIED if environ.get("HTTP_IF_NONE_MATCH") == page.etag else counters.FROM_STORE
    environ[PAGE_ANSWER] = answer
    return answer


def respond_with_page(page, environ, start_response):
    if environ.get("HTTP_IF_NONE_MATCH") == page.etag:
        start_response("304 Not Modified", page.not_modified)
        return [b""]
    accepted = accepted_encodings(environ.get("HTTP_ACCEPT_ENCODING", ""))
    encoding = "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""
    headers, body = page.answers[encoding]
    start_response("200 OK", headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]
