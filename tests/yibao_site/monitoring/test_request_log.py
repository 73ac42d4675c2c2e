"""The id of a request and the access log."""

import json
import logging
import re

import pytest

from yibao_site.monitoring.logs import JsonFormatter, PlainFormatter
from yibao_site.monitoring.request_id import request_id
from yibao_site.monitoring.request_log import RequestIdMiddleware, RequestLogMiddleware, logged_path
from yibao_site.page_cache.wsgi import cached_headers
from yibao_site.wsgi import application as site

logger = logging.getLogger("yibao_site.access")


def application(environ, start_response):
    logging.getLogger("inside").warning("重的")
    environ["yibao.database_seconds"] = 0.25
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"four"]


def ask(path="/articles/", query="", **headers):
    """The headers of the answer."""
    told = {}
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REMOTE_ADDR": "203.0.113.7",
        **headers,
    }
    body = RequestLogMiddleware(RequestIdMiddleware(application))(
        environ, lambda status, answered: told.update(answered)
    )
    assert body == [b"four"]
    return told


@pytest.fixture
def access_log(caplog):
    caplog.set_level("INFO", "yibao_site.access")
    return caplog


def test_the_id_of_the_front_is_answered_and_in_every_line_of_the_request(caplog):
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append((PlainFormatter().format(record), JsonFormatter().format(record)))
    logging.getLogger("inside").addHandler(handler)
    try:
        told = ask(HTTP_X_REQUEST_ID="abc-123.XYZ")
    finally:
        logging.getLogger("inside").removeHandler(handler)

    assert told["X-Request-ID"] == "abc-123.XYZ"
    assert lines[0][0].endswith("[abc-123.XYZ]")
    assert json.loads(lines[0][1])["request_id"] == "abc-123.XYZ"
    assert request_id.get() == ""


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "with space", "new\nline123", "日志里的字日志里的字"])
def test_an_id_that_is_none_is_replaced(given):
    assert re.fullmatch(r"[0-9a-f]{16}", ask(HTTP_X_REQUEST_ID=given)["X-Request-ID"])
    assert ask()["X-Request-ID"] != ask()["X-Request-ID"]


def test_the_access_log_has_neither_query_string_nor_client(access_log):
    ask("/calculators/inpatient/", "费用=12000", HTTP_X_REQUEST_ID="abcdefgh")
    record = next(made for made in access_log.records if made.name == "yibao_site.access")
    line = json.loads(JsonFormatter().format(record))

    assert re.fullmatch(r"GET /calculators/inpatient/ 404 4 [\d.]+ 250.0 uncached", record.getMessage())
    assert (line["path"], line["status"], line["bytes"], line["database_ms"]) == (
        "/calculators/inpatient/",
        404,
        4,
        250.0,
    )
    assert "12000" not in str(line)
    assert "203.0.113" not in str(line)


def test_without_the_setting_there_is_no_line_a_request(caplog):
    ask()

    assert [made.name for made in caplog.records] == ["inside"]


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/标签/".encode().decode("latin-1"), "/标签/"),
        ("/a b\nERROR forged/", "/a%20b%0AERROR%20forged/"),
        ("/preview/secret-token/", "/preview/"),
        ("/\xff/", "/�/"),
    ],
)
def test_a_path_is_one_word_of_one_line_without_a_token(path, logged):
    assert logged_path(path) == logged


def test_the_site_is_served_with_it():
    assert isinstance(site, RequestLogMiddleware)


def test_a_stored_page_keeps_no_id_of_the_request_that_rendered_it():
    assert "x-request-id" not in {name.lower() for name, _ in cached_headers([("X-Request-ID", "abcdefgh")], set())}
