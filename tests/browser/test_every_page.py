"""Every kind of page in every state, loaded once with JavaScript and once without: axe, light and dark, phone, desk, zoom."""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.running import DESK, PHONE

OUTPATIENT = "/calculators/employee_outpatient/"
RESULT = f"{OUTPATIENT}?region=110000&person_type=in_service&hospital_level=community&eligible=3000"
WITHDRAWN = "/articles/liuzhou-yibao-dianhua/"
PAGES = {
    "home": "/",
    "articles": "/articles/",
    "second page": "/articles/?page=2",
    "category": "/categories/daiyu-baoxiao/",
    "tag": "/tags/北京/",
    "article": "/articles/yibaoka-yue-qingling/",
    "article with a table": "/articles/beijing-zhigong-menzhen/",
    "areas": "/areas/",
    "area": "/areas/110000/",
    "area without values": "/areas/110000/?on=1990-01-01",
    "area's articles": "/areas/110000/articles/",
    "document": "/documents/bj_op_2023/",
    "calculators": "/calculators/",
    "calculator": OUTPATIENT,
    "result": RESULT,
    "errors": f"{OUTPATIENT}?region=110000&person_type=&eligible=abc",
    "a day without values": f"{RESULT}&as_of=1999-01-01",
    "empty search": "/search/",
    "search": "/search/?q=起付线",
    "search without a find": "/search/?q=xyzzyxyzzy",
    "api": "/api/v1/",
    "glossary": "/glossary/",
    "corrections": "/corrections/",
    "feeds": "/feeds/",
    "about": "/about/",
    "feedback": "/feedback/?about=/areas/",
    "thanks": "/feedback/thanks/?about=/areas/",
    "not found": "/nowhere/",
    "withdrawn": WITHDRAWN,
}
REFUSED = {"not found", "withdrawn"}
CHOICES = {"chosen home": "/", "chosen articles": "/articles/", "chosen calculator": OUTPATIENT}
EVERYTHING = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
CONTRAST = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}  # all that another scheme changes
HEADINGS = "[...document.querySelectorAll('h1, h2, h3, label')].map(found => found.textContent.trim())"


def violations(page, options):
    found = page.evaluate(f"axe.run({json.dumps(options)}).then(told => told.violations)")
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found]


def looked_at(page):
    """What is wrong with a loaded page, in whichever way it is looked at."""
    page.evaluate(AXE_SCRIPT)
    for viewport in (PHONE, DESK):
        page.set_viewport_size(viewport)
        for scheme, options in (("light", EVERYTHING), ("dark", CONTRAST)):
            page.emulate_media(color_scheme=scheme)
            yield from (f"{viewport['width']} {scheme} {fault}" for fault in violations(page, options))
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
