"""Every kind of page in every state, loaded once with JavaScript and once without: axe, light and dark, phone, desk, zoom."""

import pytest
from django.template.loader import render_to_string

from calculators.common.site_identity import SiteIdentity
from tests.browser.axe import violations
from tests.browser.site_process import DESK, PHONE
from tests.page_addresses import OUTPATIENT, PAGES, REFUSED

CHOICES = {"chosen home": "/", "chosen articles": "/articles/", "chosen calculator": OUTPATIENT}
HEADINGS = "[...document.querySelectorAll('h1, h2, h3, label')].map(found => found.textContent.trim())"


def looked_at(page):
    """What is wrong with a loaded page, in whichever way it is looked at."""
    yield from violations(page, (PHONE, DESK))
    for viewport in (PHONE, DESK):
        page.set_viewport_size(viewport)
        yield from sideways(page, viewport["width"])
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    yield from sideways(page, 640)


def sideways(page, width):
    reached = page.evaluate("document.documentElement.scrollWidth")
    return [f"scrolls sideways: {reached} at {width}"] if reached > width else []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_nobody_out(open_page, name):
    page = open_page(PAGES[name], missing=name in REFUSED)

    assert list(looked_at(page)) == []


@pytest.mark.parametrize("is_away", [False, True], ids=["a mistake", "no database"])
def test_the_page_after_a_crash_keeps_nobody_out(open_page, is_away):
    page = open_page("/about/")
    page.set_content(
        render_to_string("500.html", {"is_away": is_away, "site": SiteIdentity()}), wait_until="networkidle"
    )
    shades = page.evaluate(
        "[...document.querySelectorAll('.opening, .opening a')].map(one => getComputedStyle(one).color)"
    )

    assert len(set(shades)) == 1, "axe does not see a link in the colour of the band"
    assert list(looked_at(page)) == []


@pytest.mark.parametrize("name", CHOICES)
def test_a_page_for_a_choice_keeps_nobody_out(open_page, name):
    page = open_page(CHOICES[name], extra_http_headers={"Cookie": "choice=110000.retired"})

    assert "北京" in page.locator("main").inner_text()
    assert list(looked_at(page)) == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_without_javascript_every_page_says_the_same(open_page, viewport):
    """One browser of each kind goes through all pages."""
    with_scripts = open_page("/", viewport)
    without = open_page("/", viewport, java_script_enabled=False)
    differing = []
    for name in PAGES.keys() - REFUSED:
        for page in (with_scripts, without):
            page.goto(PAGES[name], wait_until="domcontentloaded")
        if with_scripts.evaluate(HEADINGS) != without.evaluate(HEADINGS) or sideways(without, viewport["width"]):
            differing.append(name)

    assert differing == []
