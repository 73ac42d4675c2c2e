"""WSGI layers: the id of a request and, with ACCESS_LOG, its line in the log.

The id is that of the front (X-Request-ID), or a new one; the answer bears it, and so does each line that is logged meanwhile.
The access log holds no query string, no client and no token of a preview: method, path, status, bytes, milliseconds, those of
them that the database took, and where the page came from.
"""

import logging
import re
import time
from random import getrandbits
from urllib.parse import quote

from yibao_site.monitoring.request_id import request_id
from yibao_site.page_cache.wsgi import PAGE_ANSWER

logger = logging.getLogger("yibao_site.access")

ID_OF_THE_FRONT = re.compile(r"[A-Za-z0-9._-]{8,64}")
ID_BITS = 64
# Key of the environment under which the middleware of metrics tells what it measured.
DATABASE_SECONDS = "yibao.database_seconds"
PREVIEW_PATH = "/preview/"


class RequestLogMiddleware:
    """Wraps a WSGI application whose answers are complete lists."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        given, is_logged = environ.get("HTTP_X_REQUEST_ID"), logger.isEnabledFor(logging.INFO)
        if not given and not is_logged:
            return self.application(environ, start_response)
        name = given if given and ID_OF_THE_FRONT.fullmatch(given) else new_id()
        token = request_id.set(name)
        try:
            if is_logged:
                return self._logged(environ, start_response, name)
            return self.application(environ, with_id(start_response, name))
        finally:
            request_id.reset(token)

    def _logged(self, environ, start_response, name):
        told, start = [], time.perf_counter()

        def remember(status, headers, exc_info=None):
            told[:] = [status]
            return start_response(status, headers)

        body = self.application(environ, with_id(remember, name))
        access = {
            "method": environ["REQUEST_METHOD"],
            "path": logged_path(environ["PATH_INFO"]),
            "status": int(told[0][:3]),
            "bytes": sum(map(len, body)),
            "ms": round((time.perf_counter() - start) * 1000, 1),
            "database_ms": round(environ.get(DATABASE_SECONDS, 0) * 1000, 1),
            "page": environ.get(PAGE_ANSWER, "uncached"),
        }
        logger.info(" ".join(f"{value}" for value in access.values()), extra={"access": access})
        return body


def new_id() -> str:
    return f"{getrandbits(ID_BITS):016x}"  # no secret


class RequestIdMiddleware:
    """Wraps the WSGI application of Django, behind the page cache: a request without an id gets one there.

    So a stored page is answered as fast as without, and has an id only where the front or the access log needs it.
    """

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        if request_id.get():
            return self.application(environ, start_response)
        name = new_id()
        token = request_id.set(name)
        try:
            return self.application(environ, with_id(start_response, name))
        finally:
            request_id.reset(token)


def with_id(start_response, name):
    def start(status, headers, exc_info=None):
        return start_response(status, [*headers, ("X-Request-ID", name)])

    return start


def logged_path(path: str) -> str:
    """The path as one word; WSGI hands it over as Latin-1. Of a preview not its token, which opens a draft."""
    if path.startswith(PREVIEW_PATH):
        return PREVIEW_PATH
    written = path.encode("latin-1", "replace").decode("utf-8", "replace")
    return written if written.isprintable() and " " not in written else quote(written)
