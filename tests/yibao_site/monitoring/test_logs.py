import json
import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.test import RequestFactory

from yibao_site.monitoring import logs
from yibao_site.monitoring.logs import MAX_REPORTS, OLD_LOG_COUNT, ErrorMail, JsonFormatter, LogFile, PlainFormatter

TYPED = "一万二"
ROOT = Path(__file__).parent.parent.parent.parent


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
        made = record()
        made.lineno = number
        handler.handle(made)

    assert len(mailoutbox) == MAX_REPORTS


def test_an_error_is_the_same_whatever_its_message_says(settings, mailoutbox):
    settings.ADMINS = [("", "ops@example.org")]
    handler = ErrorMail()
    for number in range(5):
        handler.handle(record(message=f"出错 {number}"))

    assert len(mailoutbox) == 1


WRONG_HOST = """
import django
django.setup()
import logging
from django.core import mail
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
for number in range(25):
    assert Client().get("/robots.txt", headers={"host": f"wrong{number}.example"}).status_code == 400
assert mail.outbox == [], mail.outbox
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("django.request").exception("出错")
assert len(mail.outbox) == 1, mail.outbox
"""


def test_wrong_hosts_are_a_line_each_that_names_the_setting_and_leave_the_error_mail_to_errors(tmp_path, tried):
    ours = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "yibao_site.settings", "ERROR_MAIL": "a@example.org"}
    environment = os.environ | ours | {"HTTPS": "off", "LOG_FILE": ""}
    command = [sys.executable, "-c", WRONG_HOST]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    lines = [line for line in done.stderr.splitlines() if ".example" in line]
    sentence = "拒绝了 Host 为 'wrong7.example' 的请求：如果这是本站的名字，请把它加进设置 ALLOWED_HOSTS"

    assert done.returncode == 0, done.stderr
    assert len(lines) == 25
    assert lines[7].endswith(f"WARNING django.security.DisallowedHost {sentence}")
    assert done.stderr.count('File "') == 1  # of the error that is one
    tried("25 种错的 Host，然后真的出错", "1 次", "错的 Host 每个一行，不发邮件；出错的邮件照发")


def test_a_refused_request_is_answered_in_chinese(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = client.get("/robots.txt", headers={"host": "wrong.example"})

    assert answer.status_code == 400
    assert "这个请求不能处理" in answer.content.decode()


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
