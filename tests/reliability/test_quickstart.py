"""What `make run` prints: a few lines of Chinese that end on the account and the address, and nothing after them but errors."""

import os
import re
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.cluster.services import free_port
from tests.reliability.site_processes import ROOT, wait_until

OURS = {"DJANGO_SETTINGS_MODULE": "yibao_site.settings", "HTTPS": "off", "LOG_FILE": "site.log"}
CHINESE = re.compile("[\u4e00-\u9fff]")


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own address
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """(DATA_DIR, what was printed, the port) of a new site that has served a page and run its background tasks."""
    folder, port = tmp_path_factory.mktemp("run"), free_port()
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CACHE_URL"}}
    environment |= OURS | {"DATA_DIR": str(folder / "var"), "PORT": str(port)}
    command = [sys.executable, "manage.py", "quickstart"]
    with (folder / "printed").open("w") as printed:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=printed, stderr=printed)
    with process:
        wait_until(lambda: '"worker": "ok"' in get(f"http://127.0.0.1:{port}/readyz")[1], 400, "it did not start")
        log = folder / "var" / "site.log"
        wait_until(lambda: "path=articles.tasks.draw_cards state=SUCCESSFUL" in log.read_text(encoding="utf-8"), 400)
        missing = get(f"http://127.0.0.1:{port}/nowhere/")[0]
        time.sleep(0.5)
        process.terminate()
        code = process.wait(30)
    assert (missing, code) == (404, 0)
    return folder / "var", (folder / "printed").read_text(encoding="utf-8").splitlines(), port


def test_quickstart_ends_on_the_password_and_the_address(run):
    _, lines, port = run

    assert re.fullmatch(r"管理员账号 admin，密码 \S{16}（只显示这一次）", lines[-2])
    assert lines[-1] == f"网站：http://127.0.0.1:{port}/　编辑部：http://127.0.0.1:{port}/admin/　按 Ctrl+C 停止"


def test_every_line_that_quickstart_prints_is_chinese(run):
    _, lines, _ = run

    assert [line for line in lines if not CHINESE.search(line)] == []
    assert len(lines) < 10


def test_the_log_of_requests_and_background_tasks_is_in_its_file(run):
    data, lines, _ = run
    log = (data / "site.log").read_text(encoding="utf-8")

    assert lines[0] == f"日志写在 {data / 'site.log'}，这里只显示错误。"
    assert "INFO django_tasks_db Starting worker" in log
    assert "WARNING django.request Not Found: /nowhere/" in log


ERROR = """
import django
django.setup()
import logging
logger = logging.getLogger("articles")
logger.info("一切照旧")
logger.error("出错了")
"""


@pytest.mark.parametrize(("log_file", "on_the_terminal"), [("site.log", ["出错了"]), ("", ["一切照旧", "出错了"])])
def test_an_error_reaches_the_terminal_wherever_the_log_is(tmp_path, log_file, on_the_terminal):
    environment = os.environ | OURS | {"LOG_FILE": log_file, "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", ERROR], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    files = [path.read_text(encoding="utf-8") for path in tmp_path.glob("site.log")]

    assert re.findall("一切照旧|出错了", done.stderr) == on_the_terminal
    assert [re.findall("一切照旧|出错了", text) for text in files] == ([["一切照旧", "出错了"]] if log_file else [])


def test_make_run_prints_nothing_of_its_own(tmp_path):
    """With a program in Python's place that prints what it was told."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "python"
    program.write_text('#!/bin/sh\necho "$HTTPS $LOG_FILE $*"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (tmp_path / ".runtime").touch()
    environment = {name: value for name, value in os.environ.items() if name != "LOG_FILE" and "MAKE" not in name}
    command = ["make", "run", f"VENV={tmp_path}"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("off site.log manage.py quickstart\n", "")
