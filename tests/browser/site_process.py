"""The real site in a process of its own, filled and started as `make run` does it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent.parent
PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 860}
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Site:
    """Where the site answers, the password of its account admin, and where its data lies."""

    url: str
    password: str
    data: Path


@contextmanager
def running_site(data_dir):
    port = free_port()
    environment = os.environ | {
        "DATA_DIR": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "yibao_site.settings",
        "HTTPS": "off",
        "PORT": str(port),
        "RESULTS_PER_MINUTE": "100000",  # all tests are one client
    }
    command = [sys.executable, "manage.py", "quickstart"]
    prepared = subprocess.run(
        [*command, "--prepare-only"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert prepared.returncode == 0, prepared.stderr
    with subprocess.Popen([*command, "--serve-only"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            yield Site(f"http://127.0.0.1:{port}", re.search(r"密码 (\S+?)（", prepared.stdout)[1], data_dir)
        finally:
            server.terminate()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, seconds=120):
    for _ in range(seconds * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"the server did not answer within {seconds} s")


def chromium():
    """The same engine without a desktop's windows takes a third less of the processor; else the whole browser."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@contextmanager
def running_chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def log_in(page, site, name="admin", password=None):
    """From the login page to the editors' office."""
    page.goto(f"{site.url}/admin/login/?next=/admin/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(password or site.password)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("heading", name="工作台").wait_for()


def kept_of_login(browser, site, *account):
    """What a browser keeps of one login, so that many pages can be opened after it."""
    context = browser.new_context(locale="zh-CN")
    log_in(context.new_page(), site, *account)
    kept = context.storage_state()
    context.close()
    return kept
