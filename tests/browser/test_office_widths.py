"""Lists and forms of the office, each as a desk and a phone show it: nothing scrolls sideways, and a phone has the menu."""

import re

from tests.browser.site_process import DESK

PHONE = {"width": 390, "height": 800}
ARTICLE = "/admin/articles/article/1"
BESIDES = [
    "/admin/",
    "/admin/account/",
    "/admin/help/",
    "/admin/articles/article/add/",
    *(f"{ARTICLE}/{page}/" for page in ("history", "compare", "preview")),
    "/admin/articles/article/import/",
    "/admin/taggit/tag/1/change/",
    "/admin/calculators/policyvalue/grid/",
    "/admin/calculators/policyvalue/?q=北京",
]
MENU = re.compile(r'<th scope="row" id="[^"]+"><a href="(/admin/[^"]+)"')
ROW = re.compile(r'href="(/admin/[^"?]+/change/)')
# Links, buttons and fields under 44 px, but for links within a sentence and boxes whose label or cell is tapped.
TOO_LOW = """[...document.querySelectorAll("a, button, select, summary, input")].filter((one) => {
    const {width, height} = one.getBoundingClientRect();
    const isTick = one.matches("[type=checkbox], [type=radio]");
    const isInText = getComputedStyle(one).display === "inline" && one.closest("p, li, dd, .help");
    return width && height && height < 43.5 && !isTick && !isInText && !one.matches(".skip-to-content-link, .select2-hidden-accessible");
}).map((one) => one.outerHTML.slice(0, 120))"""
# On a phone a list is shown as cards: no column is out of sight. At a desk its table fits.
CELLS_OUTSIDE = """[...document.querySelectorAll("#result_list tbody :is(td, th)")]
    .filter((cell) => cell.getBoundingClientRect().right > innerWidth).length"""
WIDER = "document.documentElement.scrollWidth - innerWidth"


def faults(page, viewport):
    page.set_viewport_size(viewport)
    found = [f"{page.evaluate(WIDER)} px wider"] if page.evaluate(WIDER) > 0 else []
    found += [f"{outside} cells outside"] if (outside := page.evaluate(CELLS_OUTSIDE)) else []
    if viewport is PHONE:
        found += page.evaluate(TOO_LOW)
        found += [] if page.locator("#nav-sidebar .tasks").first.is_visible() else ["no menu"]
    return found


def test_no_list_or_form_of_the_office_scrolls_sideways_at_a_desk_or_on_a_phone(open_page, signed_in):
    page = open_page("/admin/", viewport=DESK, storage_state=signed_in, reduced_motion="reduce")
    waiting = [*MENU.findall(page.content()), *BESIDES]
    wrong, seen = {}, []
    while waiting:
        address = waiting.pop(0)
        page.goto(address)
        seen.append(address)
        if re.fullmatch(r"/admin/\w+/\w+/", address) and (row := ROW.search(page.content())):
            waiting.append(row[1])
        for viewport in (DESK, PHONE):
            if found := faults(page, viewport):
                wrong[address, viewport["width"]] = found

    assert len(seen) > 40
    assert wrong == {}
