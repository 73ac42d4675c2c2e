import json
import logging
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import RequestFactory

from yibao_site.monitoring import logs
from yibao_site.monitoring.logs import MAX_REPORTS, OLD_LOG_COUNT, ErrorMail, JsonFormatter, LogFile, PlainFormatter

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
    for number in range(MAX_REPORTS + 5):
        handler.handle(record(message=f"出错 {number}"))

    assert len(mailoutbox) == MAX_REPORTS


@pytest.mark.django_db
def test_a_page_that_breaks_is_logged_without_its_question(client, monkeypatch, caplog):
    def fail(request):
        raise ValueError(request.GET["typed"])

    monkeypatch.setattr("yibao_site.views.render", lambda *args, **kwargs: fail(args[0]))
    client.raise_request_exception = False
    client.get("/robots.txt?typed=12000")

    assert "12000" not in "".join(PlainFormatter().format(made) for made in caplog.records)


def write_lines(path, count, letter):
    """As one process of several does it: with a handler of its own."""
    handler = LogFile(path)
    for number in range(count):
        handler.handle(record(message=f"{letter}{number}"))
    handler.close()


def test_a_full_log_file_is_moved_aside_and_no_line_of_any_process_is_lost(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "MAX_LOG_BYTES", 1500)
    monkeypatch.setattr(logs, "OLD_LOG_COUNT", 1000)
    path = tmp_path / "logs" / "site.log"
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda letter: write_lines(path, 300, letter), "abc"))
    files = sorted(path.parent.iterdir())
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line[0] in "abc"]

    assert sorted(lines) == sorted(f"{letter}{number}" for letter in "abc" for number in range(300))
    assert len(files) > 10
    assert max(file.stat().st_size for file in files) < 5000


def test_of_the_old_log_files_a_few_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "MAX_LOG_BYTES", 100)
    path = tmp_path / "site.log"
    write_lines(path, 20, "a")

    assert sorted(file.name for file in tmp_path.iterdir()) == [
        f"site.log.{number + 1}" for number in range(OLD_LOG_COUNT)
    ]
    assert "a19" in (tmp_path / "site.log.1").read_text(encoding="utf-8")


def test_a_log_file_that_was_closed_is_opened_again(tmp_path):
    """logging.config.dictConfig closes the handlers it finds; granian calls it after us."""
    handler = LogFile(tmp_path / "site.log")
    handler.handle(record(message="一"))
    handler.close()
    handler.handle(record(message="二"))
    handler.close()

    assert [line for line in (tmp_path / "site.log").read_text(encoding="utf-8").splitlines() if line in "一二"]
