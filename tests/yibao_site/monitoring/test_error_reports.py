"""What an error report to Sentry holds. The package itself is no part of the test environment: the event has its form."""

import logging
import sys

import pytest
from django.test import RequestFactory

from yibao_site.monitoring.error_reports import redacted
from yibao_site.monitoring.request_id import request_id

TYPED = "一万二"


def report(request=None):
    try:
        raise ValueError(f"访客写的：{TYPED}")
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "出错 %s", ("/a/",), sys.exc_info())
    if request:
        record.request = request
    frame = {"filename": "views.py", "function": "show", "lineno": 7, "vars": {"typed": TYPED}, "context_line": TYPED}
    error = {"type": "ValueError", "value": f"访客写的：{TYPED}", "stacktrace": {"frames": [frame]}}
    event = {"event_id": "a", "level": "error", "exception": {"values": [error]}, "logentry": {"params": [TYPED]}}
    event |= {"request": {"url": f"/?q={TYPED}"}, "extra": {"request": TYPED}, "breadcrumbs": {"values": [TYPED]}}
    return redacted(event | {"user": {"ip_address": "203.0.113.7"}}, {"log_record": record})


def test_a_report_of_a_request_names_the_place_and_the_kind_and_nothing_a_visitor_typed():
    sent = report(RequestFactory().get("/calculators/", {"q": TYPED}))
    error = sent["exception"]["values"][0]

    assert TYPED not in str(sent)
    assert "203.0.113" not in str(sent)
    assert sent["tags"] == {"path": "/calculators/"}
    assert (error["type"], error["stacktrace"]["frames"][0]["lineno"]) == ("ValueError", 7)


def test_an_error_logged_elsewhere_while_a_request_is_answered_is_one_of_the_request():
    token = request_id.set("abcdefgh")
    try:
        sent = report()
    finally:
        request_id.reset(token)

    assert TYPED not in str(sent)
    assert sent["tags"] == {"request_id": "abcdefgh"}


def test_an_error_outside_of_a_request_is_reported_with_its_message():
    assert TYPED in report()["exception"]["values"][0]["value"]
    assert report()["logentry"] == {"formatted": "出错 /a/"}


@pytest.mark.parametrize("key", ["request", "extra", "breadcrumbs", "user"])
def test_what_is_not_listed_is_not_sent(key):
    assert key not in report()
