"""Every kind of page in every state is usable by everyone: axe, the keyboard, no JavaScript, twice the size."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.running import DESK, PHONE

OUTPATIENT = "/calculators/employee_outpatient/"
RESULT = f"{OUTPATIENT}?region=110000&person_type=in_service&hospital_level=community&eligible=3000"
PAGES = {
    "home": "/",
    "articles": "/articles/",
    "second page": "/articles/?page=2",
    "article": "/articles/yibaoka-yue-qingling/",
    "article with a table": "/articles/beijing-zhigong-menzhen/",
    "tag": "/tags/北京/",
    "areas": "/areas/",
    "area": "/areas/110000/",
    "area without values": "/areas/110000/?on=1990-01-01",
    "area's articles": "/areas/110000/articles/",
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
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_light_or_dark_on_phone_or_desk(open_page, name):
    page = open_page(PAGES[name], missing=name == "not found")
    found = []
    for viewport in (PHONE, DESK):
        page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for violation in Axe().run(page).response["violations"]:
                where = [node["html"][:120] for node in violation["nodes"]]
                found.append((scheme, viewport["width"], violation["id"], where))

    assert found == []


def test_the_whole_way_to_a_result_can_be_gone_by_keyboard(open_page):
    page = open_page("/calculators/", DESK)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到正文"
    tab_to(page, "a:has-text('职工门诊报销')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{OUTPATIENT}")
    tab_to(page, "select")
    page.keyboard.press("ArrowDown")
    page.locator("[name=hospital_level]").first.wait_for()
    tab_to(page, "[name=person_type]")
    page.keyboard.press("Space")
    tab_to(page, "[name=hospital_level]")
    page.keyboard.press("Space")
    tab_to(page, "[name=eligible]")
    page.keyboard.type("3000")
    page.keyboard.press("Enter")

    page.locator(".headline").wait_for()


def tab_to(page, selector, most=60):
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector.split(":has-text")[0]):
            text = selector.partition("has-text('")[2].rstrip("')")
            if text in page.locator(":focus").inner_text():
                return
    pytest.fail(f"the keyboard never reached {selector}")


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_a_result_is_computed_without_javascript(open_page, viewport):
    page = open_page(OUTPATIENT, viewport, java_script_enabled=False)
    page.get_by_label("参保地").select_option("110000")
    page.get_by_label("在职").check()
    page.get_by_role("button", name="计算").click()
    page.get_by_label("社区").check()
    page.locator("[name=eligible]").fill("3000")
    page.get_by_role("button", name="计算").click()

    assert "1,080.00" in page.locator("#outcome").inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_at_twice_the_size(open_page, name):
    page = open_page(PAGES[name], {"width": 640, "height": 800}, missing=name == "not found")
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")

    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_a_term_is_explained_on_tap_without_javascript(open_page):
    page = open_page("/articles/yibaoka-yue-qingling/", java_script_enabled=False)
    term = page.locator("button.term").first
    explained = page.locator(f"#{term.get_attribute('popovertarget')}")
    assert not explained.is_visible()
    term.click()

    assert explained.is_visible()


def test_a_choice_made_without_javascript_is_shown_and_fills_the_calculator(open_page):
    page = open_page("/", java_script_enabled=False)
    page.get_by_label("参保地", exact=True).select_option("310000")
    page.get_by_role("button", name="记住").click()
    assert "现在按上海" in page.locator(".choice").inner_text()
    page.goto(OUTPATIENT)

    assert page.get_by_label("参保地", exact=True).input_value() == "310000"


def test_an_error_is_reported_without_javascript(open_page):
    page = open_page("/articles/yibaoka-yue-qingling/", java_script_enabled=False)
    page.get_by_role("button", name="没帮助").click()
    page.get_by_label("数字不对").check()
    page.get_by_role("button", name="发送").click()

    assert page.get_by_role("heading", level=1).inner_text() == "收到了，谢谢"
