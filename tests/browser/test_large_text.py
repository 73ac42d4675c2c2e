"""大字版 in the browser, against the sizes of the guidelines named in calculators/preferences.py."""

import pytest

from tests.browser.axe import violations
from tests.browser.site_process import DESK, PHONE
from tests.browser.test_every_page import sideways
from tests.page_addresses import ARTICLE, OUTPATIENT, PAGES, REFUSED, RESULT

LARGE = {"extra_http_headers": {"Cookie": "text=large"}}
SMALL_TEXTS = """() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !parent.checkVisibility() || parent.closest(".unseen, script, sup")) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    if (size < 18) found.add(`${size} ${walker.currentNode.data.trim().slice(0, 12)}`);
  }
  return [...found];
}"""
LOW_TARGETS = """[...document.querySelectorAll("nav a, .button, .options label, .tasks a, .doors a, summary, .text-size button:not(.unseen)")]
  .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 59.5)
  .map(one => one.textContent.trim().slice(0, 12))"""

# Fewer than three characters a line: words in a column too narrow for them.
SQUEEZED = """[...document.querySelectorAll(".values .from, .places button")].filter(one => {
  const words = document.createRange();
  words.selectNodeContents(one);
  const lines = new Set([...words.getClientRects()].map(box => Math.round(box.bottom / 8)));
  return one.textContent.trim().length < 3 * lines.size && lines.size > 1;
}).map(one => one.textContent.trim())"""


def test_no_text_is_below_18_pixels_no_target_below_60_and_nothing_scrolls_sideways_in_large_text(open_page):
    page = open_page("/", {"width": 320, "height": 800}, **LARGE)
    wrong = {}
    for name in PAGES.keys() - REFUSED:
        page.goto(PAGES[name])
        found = [*page.evaluate(SMALL_TEXTS), *page.evaluate(LOW_TARGETS)]
        if not page.locator("main :is(li, p, form .field)").locator("visible=true").count():
            found.append("shows nothing")
        for width in (320, 360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found += sideways(page, width)
        page.set_viewport_size({"width": 320, "height": 800})
        if found:
            wrong[name] = found

    assert wrong == {}


@pytest.mark.parametrize("path", ["/", ARTICLE, OUTPATIENT, RESULT, "/areas/110000/", "/search/?q=起付线"])
def test_a_page_in_large_text_keeps_nobody_out(open_page, path):
    page = open_page(path, **LARGE)

    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)") >= 30
    assert list(violations(page, (PHONE, DESK))) == []


@pytest.mark.parametrize("options", [{}, LARGE], ids=["standard", "large"])
def test_no_words_stand_in_a_column_of_single_characters(open_page, options):
    page = open_page("/documents/bj_op_2023/", {"width": 768, "height": 800}, **options)
    assert page.locator(".values .from").count() > 5
    assert page.evaluate(SQUEEZED) == []
    page.goto("/choice/")
    page.locator("summary", has_text="内蒙古").click()
    assert page.get_by_role("button", name="呼和浩特").is_visible()

    assert page.evaluate(SQUEEZED) == []


def test_large_text_is_one_tap_from_the_home_page_without_javascript(open_page):
    page = open_page("/", java_script_enabled=False)
    button = page.get_by_role("button", name="大字版")
    assert button.bounding_box()["y"] < 120
    button.click()
    page.get_by_role("link", name="计算器").first.click()

    assert page.locator("html.large").count() == 1
    page.get_by_role("button", name="回到标准版").click()
    assert page.url.endswith("/calculators/")
    assert page.locator("html.large").count() == 0
