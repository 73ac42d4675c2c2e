"""The buffer around the application: bodies whole and in time, responses in one piece."""

import io
import threading

import pytest

from yibao_site.request_limits import buffering
from yibao_site.request_limits.buffering import BufferingMiddleware


class Stalled:
    """A body whose client has stopped sending; it ends when the test says so."""

    def __init__(self):
        self.gone = threading.Event()

    def read(self, size):
        self.gone.wait(10)
        return b""


def echo(environ, start_response):
    start_response("200 OK", [])
    return (chunk for chunk in [b"<", environ["wsgi.input"].read(), b">"])


def ask(application, body=b"", length=None):
    said = {}

    def start_response(status, headers, exc_info=None):
        said.update(status=int(status[:3]), headers=dict(headers))

    length = len(body) if length is None else length
    environ = {"wsgi.input": io.BytesIO(body) if isinstance(body, bytes) else body, "CONTENT_LENGTH": str(length)}
    response = application(environ, start_response)
    assert isinstance(response, list)
    return said["status"], b"".join(response), said["headers"]


@pytest.fixture
def stalled():
    body = Stalled()
    yield body
    body.gone.set()


def test_the_application_reads_the_whole_body():
    large = bytes(range(256)) * 8000

    assert ask(BufferingMiddleware(echo, 1), large)[:2] == (200, b"<" + large + b">")


def test_a_request_without_a_body_is_passed_on():
    assert ask(BufferingMiddleware(echo, 1))[:2] == (200, b"<>")


@pytest.mark.parametrize("length", ["", "x", "-1"])
def test_a_content_length_that_is_no_number_is_no_body(length):
    assert ask(BufferingMiddleware(echo, 1), length=length)[0] == 200


def test_a_body_of_25_mb_is_received_and_a_larger_one_is_not(monkeypatch):
    monkeypatch.setattr(buffering, "MAX_BODY_BYTES", 10)

    assert ask(BufferingMiddleware(echo, 1), b"x" * 10)[0] == 200
    assert ask(BufferingMiddleware(echo, 1), b"x" * 11)[0] == 413


def test_a_body_that_ends_too_early_is_refused():
    status, sentence, _ = ask(BufferingMiddleware(echo, 1), b"abc", length=4)

    assert (status, sentence.decode()) == (400, "提交的内容没有传完，没有收下。\n")


def test_a_body_that_takes_too_long_is_refused_and_the_next_is_received(monkeypatch, stalled):
    monkeypatch.setattr(buffering, "BODY_TIMEOUT_SECONDS", 0.05)
    application = BufferingMiddleware(echo, 1)

    assert ask(application, stalled, length=1)[0] == 408
    assert ask(application, b"abc")[0] == 200


def test_too_many_stalled_bodies_close_the_door_to_others_until_they_are_gone(monkeypatch, stalled):
    monkeypatch.setattr(buffering, "BODY_TIMEOUT_SECONDS", 0.05)
    monkeypatch.setattr(buffering, "MAX_ABANDONED_READERS", 1)
    application = BufferingMiddleware(echo, 1)
    ask(application, stalled, length=1)

    assert ask(application, b"abc")[0] == 503
    stalled.gone.set()
    for thread in application._abandoned:
        thread.join(5)
    assert ask(application, b"abc")[0] == 200


def test_no_more_bodies_than_the_capacity_are_received_at_a_time(stalled):
    application = BufferingMiddleware(echo, 1)
    slow = threading.Thread(target=ask, args=(application, stalled, 1))
    slow.start()
    while not any(thread.name == "request-body" for thread in threading.enumerate()):
        pass
    status, _, headers = ask(application, b"abc")
    stalled.gone.set()
    slow.join(5)

    assert (status, headers["Retry-After"]) == (503, str(buffering.RETRY_AFTER_SECONDS))
    assert ask(application, b"abc")[0] == 200


def test_the_response_is_closed_after_it_was_read():
    closed = []

    class Response:
        def __iter__(self):
            return iter([b"a", b"b"])

        def close(self):
            closed.append(True)

    def application(environ, start_response):
        start_response("200 OK", [])
        return Response()

    assert ask(BufferingMiddleware(application, 1))[1] == b"ab"
    assert closed == [True]
