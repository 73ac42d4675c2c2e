"""A calculator in a frame of a page of another origin, in Chromium."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.axe import violations
from tests.browser.site_process import PHONE

FRAME_TOP = "document.querySelector('iframe').getBoundingClientRect().top"


@pytest.fixture
def other_site(site, open_page):
    """Address of a page of another origin with the HTML that the calculator's page offers."""
    html = open_page("/calculators/employee_outpatient/").locator("#embed").text_content()
    body = f"<!doctype html><html lang=zh><title>医院</title><body><main><h1>医院</h1>{html}</main>".encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_calculator_embedded_in_another_site_computes_and_is_as_high_as_what_stands_in_it(chromium, other_site):
    with chromium.new_context(viewport=PHONE, locale="zh-CN") as context:
        page = context.new_page()
        page.goto(other_site)
        inside = next(frame for frame in page.frames if "/embed/" in frame.url)
        page.wait_for_function("document.querySelector('iframe').style.height !== ''")
        inside.select_option("[name=region]", "110000")
        inside.locator("[name=hospital_level][value=community]").wait_for()
        inside.check("[name=person_type][value=in_service]")
        inside.check("[name=hospital_level][value=community]")
        inside.fill("[name=eligible]", "3000")
        inside.locator("#outcome", has_text="大约 270–945 元").wait_for()
        needed = inside.evaluate("document.body.offsetHeight")

        page.wait_for_function(f"Math.abs(document.querySelector('iframe').offsetHeight - {needed}) < 10")
        assert inside.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.evaluate(f"scrollBy(0, {FRAME_TOP} + 1000)")
        inside.click("#result-bar")
        page.wait_for_function(f"{FRAME_TOP} > -{needed / 4}")
        page.evaluate(f"scrollBy(0, {FRAME_TOP} + 1000)")
        assert page.evaluate(f"{FRAME_TOP} < -100")
        inside.click("#answers .button")
        page.wait_for_function(f"{FRAME_TOP} > -1")
        assert list(violations(page, [PHONE])) == []
