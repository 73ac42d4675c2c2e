import json
import logging
import sys

import pytest
from django.test import RequestFactory

from yibao_site.monitoring.logs import MOST, ErrorMail, JsonFormatter, PlainFormatter

TYPED = "一万二"


def record(request=None, message="出错", name="django.request"):
    try:
        raise ValueError(f"访客写的：{TYPED}")
    except ValueError:
        made = logging.getLogger(name).makeRecord(name, logging.ERROR, __file__, 1, message, (), sys.exc_info())
    if request:
        made.request, made.status_code = request, 500
    return made


@pytest.fixture
def request_with_answers():
    return RequestFactory().get("/calculators/inpatient/", {"费用": "12000"})


@pytest.mark.parametrize("formatter", [PlainFormatter(), JsonFormatter()])
def test_what_a_visitor_typed_is_in_no_log(formatter, request_with_answers):
    line = formatter.format(record(request_with_answers))

    assert "12000" not in line
    assert TYPED not in line
    assert "ValueError" in line
    assert "test_logs.py" in line


@pytest.mark.parametrize("formatter", [PlainFormatter(), JsonFormatter()])
def test_an_error_outside_a_request_is_logged_whole(formatter):
    assert TYPED in formatter.format(record())


def test_a_json_line_names_the_request(request_with_answers):
    line = json.loads(JsonFormatter().format(record(request_with_answers)))

    assert (line["method"], line["path"], line["status"]) == ("GET", "/calculators/inpatient/", 500)
    assert (line["level"], line["logger"], line["message"]) == ("error", "django.request", "出错")


def test_one_formatter_does_not_write_what_another_left(request_with_answers):
    made = record(request_with_answers)
    PlainFormatter().format(made)

    assert made.exc_text is None


def test_an_error_goes_to_the_address_once(settings, mailoutbox, request_with_answers):
    settings.ADMINS = [("", "ops@example.org")]
    handler = ErrorMail()
    handler.handle(record(request_with_answers))
    handler.handle(record(request_with_answers))

    assert [mail.to for mail in mailoutbox] == [["ops@example.org"]]
    assert "/calculators/inpatient/" in mailoutbox[0].body
    assert "12000" not in mailoutbox[0].body


def test_many_kinds_of_error_are_no_flood(settings, mailoutbox):
    settings.ADMINS = [("", "ops@example.org")]
    handler = ErrorMail()
    for number in range(MOST + 5):
        handler.handle(record(message=f"出错 {number}"))

    assert len(mailoutbox) == MOST


@pytest.mark.django_db
def test_a_page_that_breaks_is_logged_without_its_question(client, monkeypatch, caplog):
    def fail(request):
        raise ValueError(request.GET["typed"])

    monkeypatch.setattr("yibao_site.views.render", lambda *args, **kwargs: fail(args[0]))
    client.raise_request_exception = False
    client.get("/robots.txt?typed=12000")

    assert "12000" not in "".join(PlainFormatter().format(made) for made in caplog.records)
