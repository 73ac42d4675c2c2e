"""Whole ways through the site for everyone: by keyboard, without JavaScript, without movement, on a slow line."""

import pytest

from tests.browser.site_process import DESK, PHONE
from tests.page_addresses import OUTPATIENT


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

    assert "大约 270–945 元" in page.locator("#outcome").inner_text()


def test_a_term_is_explained_on_tap_without_javascript(open_page):
    page = open_page("/articles/yibaoka-yue-qingling/", java_script_enabled=False)
    term = page.locator("button.term").first
    explained = page.locator(f"#{term.get_attribute('popovertarget')}")
    assert not explained.is_visible()
    term.click()

    assert explained.is_visible()


def test_a_choice_made_without_javascript_is_shown_and_fills_the_calculator(open_page):
    page = open_page("/", java_script_enabled=False)
    page.get_by_label("参保地", exact=True).fill("上海")
    page.get_by_role("button", name="记住").click()
    assert "上海" in page.get_by_role("heading", level=1).inner_text()
    page.goto(OUTPATIENT)
    assert "上海" in page.locator("details.chosen summary").inner_text()

    assert page.locator("#region").input_value() == "310000"


def test_an_error_is_reported_without_javascript(open_page):
    page = open_page("/articles/yibaoka-yue-qingling/", java_script_enabled=False)
    page.get_by_role("button", name="没帮助").click()
    page.get_by_label("数字不对").check()
    page.get_by_role("button", name="发送").click()

    assert page.get_by_role("heading", level=1).inner_text() == "收到了，谢谢"


@pytest.mark.parametrize(("asked", "movement"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_for_whom_movement_is_too_much(open_page, asked, movement):
    page = open_page("/about/", reduced_motion=asked)

    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == movement


SHIFTS = """new Promise(done => new PerformanceObserver(seen => done(
    seen.getEntries().reduce((sum, shift) => sum + shift.value, 0)
)).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 300))"""


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_an_article_asks_for_three_files_at_most_and_nothing_on_it_shifts(open_page, viewport):
    page = open_page("/about/", viewport)
    asked = set()  # the icon of the page before may still be on its way
    page.on("request", lambda request: asked.add(request.url))
    page.goto("/articles/beijing-zhigong-menzhen/", wait_until="networkidle")

    assert len(asked) <= 3
    assert page.evaluate(SHIFTS) == 0
