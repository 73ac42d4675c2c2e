"""A real Chromium against the real server; one of each serves every test here.

Both end with the last test of this folder: while Playwright runs, its thread has an event loop, and Django refuses
database work beside one.
"""

import re
import sqlite3
from contextlib import closing

import pytest

from tests.browser.site_process import PHONE, kept_of_login, running_chromium, running_site
from tests.page_addresses import TAKEN_DOWN


@pytest.fixture(scope="package")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    with running_site(folder) as site:
        withdraw(folder, TAKEN_DOWN)
        yield site


def withdraw(folder, slug):
    """Before anybody looks: an article that was public once. Beside a running browser Django refuses its database."""
    with closing(sqlite3.connect(folder / "db.sqlite3", timeout=20)) as database, database:
        database.execute("UPDATE articles_article SET status = 'archived' WHERE slug = ?", [slug])


@pytest.fixture(scope="package")
def chromium():
    with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def signed_in(chromium, site):
    """The administrator's login, for open_page("/admin/", storage_state=signed_in)."""
    return kept_of_login(chromium, site)


@pytest.fixture
def open_page(chromium, site):
    """Open pages of the site; afterwards none may have complained or asked another host for anything."""
    contexts, complaints = [], []

    def open_page(path="/", viewport=PHONE, missing=False, **options):
        """`missing`: the page itself is answered with 404 or 410, which the browser reports."""
        context = chromium.new_context(viewport=viewport, locale="zh-CN", base_url=site.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.extend(elsewhere(request.url, site)))
        page.goto(path)
        if missing:
            complaints[:] = [said for said in complaints if not re.search("status of 4(04|10)", said)]
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def elsewhere(url, site):
    return [] if url.startswith((site.url, "data:", "blob:")) else [url]


@pytest.fixture
def page(open_page):
    return open_page("/")
