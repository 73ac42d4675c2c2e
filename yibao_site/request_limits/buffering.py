"""WSGI middleware that buffers: a request's body is received whole before the application runs, a response is sent whole.

Each request occupies one of the server's threads. Behind nginx, which buffers, a body is there at once; without a front a
client may send it byte by byte, so at most `capacity` bodies are received at a time and none waits for its turn. What reads
a body is a thread of its own, because a read cannot be interrupted: one that takes too long is abandoned and ends
when its connection does.
"""

import threading
import time
from collections.abc import Callable
from tempfile import SpooledTemporaryFile

MAX_BODY_BYTES = 25 * 1024 * 1024  # client_max_body_size in nginx.conf
BODY_TIMEOUT_SECONDS = 20.0  # and longer for what arrives at MIN_BODY_BYTES_PER_SECOND
MIN_BODY_BYTES_PER_SECOND = 20_000
MAX_ABANDONED_READERS = 200
CHUNK_BYTES = 65_536
MAX_MEMORY_BYTES = 1_000_000  # of one body; a larger one lies in a file
RETRY_AFTER_SECONDS = 10

SENTENCES = {
    "400 Bad Request": "提交的内容没有传完，没有收下。",
    "408 Request Timeout": "提交的内容传得太慢，没有收下。请返回上一页再提交一次。",
    "413 Content Too Large": "提交的内容超过 25 MB，没有收下。请缩小或分开后再提交。",
    "503 Service Unavailable": "同时提交的人太多，这一次没有收下。请过十秒返回上一页再提交一次。",
}
HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
]


class BufferingMiddleware:
    """Wraps a WSGI application; `capacity` is how many bodies are received at a time."""

    def __init__(self, application: Callable, capacity: int):
        self.application = application
        self._receiving = threading.BoundedSemaphore(capacity)
        self._abandoned: list[BodyReader] = []
        self._lock = threading.Lock()

    def __call__(self, environ, start_response):
        length = content_length(environ)
        if not length:
            return buffer_response(self.application, environ, start_response)
        if length > MAX_BODY_BYTES:
            return refuse("413 Content Too Large", start_response)
        with SpooledTemporaryFile(MAX_MEMORY_BYTES) as body:
            failure = self._receive(environ["wsgi.input"], length, body)
            if failure:
                return refuse(failure, start_response)
            body.seek(0)
            environ["wsgi.input"] = body
            return buffer_response(self.application, environ, start_response)

    def _receive(self, source, length, body) -> str:
        """Write the body into the file `body`; the status of the refusal where that fails, else nothing."""
        if self._count_abandoned() >= MAX_ABANDONED_READERS or not self._receiving.acquire(blocking=False):
            return "503 Service Unavailable"
        try:
            reader = BodyReader(source, length)
            reader.start()
            chunks = reader.wait()
        finally:
            self._receiving.release()
        if chunks is None:
            with self._lock:
                self._abandoned.append(reader)
            return "408 Request Timeout"
        body.writelines(chunks)
        return "" if reader.received == length else "400 Bad Request"

    def _count_abandoned(self) -> int:
        with self._lock:
            self._abandoned = [reader for reader in self._abandoned if reader.is_alive()]
            return len(self._abandoned)


class BodyReader(threading.Thread):
    """Thread that reads one body, and nothing more once nobody waits for it."""

    def __init__(self, source, length: int):
        super().__init__(name="request-body", daemon=True)
        self.source, self.length, self.received = source, length, 0
        self.chunks: list[bytes] = []
        self.is_abandoned = False

    def run(self):
        while self.received < self.length and not self.is_abandoned:
            try:
                chunk = self.source.read(min(CHUNK_BYTES, self.length - self.received))
            except OSError:  # the client is gone
                return
            if not chunk:
                return
            self.chunks.append(chunk)
            self.received += len(chunk)

    def wait(self) -> list[bytes] | None:
        """What was read once the reader has ended; None if its time is over first."""
        start = time.monotonic()
        while self.is_alive():
            end = start + BODY_TIMEOUT_SECONDS + self.received / MIN_BODY_BYTES_PER_SECOND
            remaining = end - time.monotonic()
            if remaining <= 0:
                self.is_abandoned = True
                self.chunks = []
                return None
            self.join(remaining)
        return self.chunks


def content_length(environ) -> int:
    """Django reads no body without a Content-Length, so nothing else is received here."""
    try:
        return max(0, int(environ.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0


def buffer_response(application, environ, start_response) -> list[bytes]:
    """The application's response in one piece: the server sends it without a thread of ours, however slowly it is read."""
    response = application(environ, start_response)
    if isinstance(response, list):
        return response
    try:
        return [b"".join(response)]
    finally:
        close = getattr(response, "close", None)
        if close:
            close()


def refuse(status, start_response) -> list[bytes]:
    sentence = f"{SENTENCES[status]}\n".encode()
    retry = [("Retry-After", str(RETRY_AFTER_SECONDS))] if status.startswith("503") else []
    start_response(status, [*HEADERS, *retry, ("Content-Length", str(len(sentence)))])
    return [sentence]
