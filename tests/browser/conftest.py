"""A real Chromium against the real server, filled as `make run` fills it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent.parent
PHONE = {"width": 360, "height": 780}
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def pytest_collection_modifyitems(items):
    """One server and one browser serve all of these, so they stay in one process."""
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass(frozen=True)
class Site:
    url: str
    password: str


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    port = free_port()
    environment = os.environ | {
        "DATA_DIR": str(tmp_path_factory.mktemp("site")),
        "DJANGO_SETTINGS_MODULE": "yibao_site.settings",
        "HTTPS": "off",
        "PORT": str(port),
    }
    command = [sys.executable, "manage.py", "quickstart"]
    prepared = subprocess.run(
        [*command, "--prepare-only"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert prepared.returncode == 0, prepared.stderr
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as server:
        wait_for(port)
        yield Site(f"http://127.0.0.1:{port}", re.search(r"密码 (\S+?)（", prepared.stdout)[1])
        server.terminate()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, seconds=30):
    for _ in range(seconds * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"the server did not answer within {seconds} s")


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, site):
    """Open pages of the site; afterwards none may have complained or asked another host for anything."""
    contexts, complaints = [], []

    def open_page(path="/", viewport=PHONE, **options):
        context = chromium.new_context(viewport=viewport, locale="zh-CN", base_url=site.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((site.url, "data:", "blob:")) else complaints.append(request.url)
            ),
        )
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page):
    return open_page("/")
