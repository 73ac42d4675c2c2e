"""The article form in a window: how much of it one sees, what stays in sight, and what a phone shows first."""

import pytest

from tests.browser.axe import violations
from tests.browser.office_window import open_menu, open_section

SCREEN = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 800}
ADD = "/admin/articles/article/add/"
BAR, TOOLBAR, SETTINGS = ".form-bar", ".writing-text .prose-menubar", "#writing-settings"
BAR_HEIGHT = "document.body.style.getPropertyValue('--bar')"


@pytest.fixture
def form(open_page, signed_in):
    def form(path=ADD, viewport=SCREEN):
        page = open_page(path, viewport=viewport, storage_state=signed_in, reduced_motion="reduce")
        page.locator(".tiptap").wait_for()
        return page

    return form


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def write_a_long_text(page):
    page.locator(".tiptap").click()
    for number in range(40):
        page.keyboard.insert_text(f"第 {number} 段。")
        page.keyboard.press("Enter")


def test_the_form_takes_one_and_a_half_screens_before_its_text_grows(form):
    page = form()

    notice = page.evaluate("document.getElementById('kept-texts').offsetHeight")  # other tests left texts unsaved
    assert page.evaluate("document.documentElement.scrollHeight") - notice <= 1.5 * SCREEN["height"]


def test_the_text_stands_left_with_the_room_it_needs_and_settings_right(form):
    page = form()
    text, settings = box(page, ".tiptap"), box(page, SETTINGS)

    assert text["x"] + text["width"] <= settings["x"]
    assert text["width"] > 1.8 * settings["width"]


@pytest.mark.parametrize("viewport", [SCREEN, PHONE], ids=["desk", "phone"])
def test_the_actions_and_the_toolbar_stay_in_sight_while_one_writes(form, viewport):
    page = form(viewport=viewport)
    page.evaluate(f"document.querySelector('{BAR}').style.minHeight = '200px'")  # as before the styles have come
    page.wait_for_function(f"() => {BAR_HEIGHT} === '200px'")
    page.evaluate(f"document.querySelector('{BAR}').style.minHeight = ''")
    page.wait_for_function(f"() => {BAR_HEIGHT} !== '200px'")
    write_a_long_text(page)
    page.evaluate(
        "window.scrollTo(0, document.querySelector('.tiptap').getBoundingClientRect().bottom + scrollY - 300)"
    )

    bar, toolbar = box(page, BAR), box(page, TOOLBAR)
    assert bar["y"] == pytest.approx(0, abs=1)
    assert bar["height"] < 120
    assert toolbar["y"] == pytest.approx(bar["height"], abs=2)
    assert toolbar["y"] + toolbar["height"] < 0.25 * viewport["height"]


def test_a_phone_shows_the_text_first_and_settings_behind_one_tap(form):
    page = form(viewport=PHONE)
    assert box(page, ".tiptap")["y"] < box(page, SETTINGS)["y"]
    assert not page.locator("#id_tags").is_visible()

    page.locator(f"{SETTINGS} > summary").click()
    assert page.locator("#id_tags").is_visible()
    for section in page.locator(".settings-section > summary").all()[1:]:
        section.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert all(button.bounding_box()["height"] >= 44 for button in page.locator(f"{BAR} > .button").all())


@pytest.mark.parametrize("viewport", [SCREEN, PHONE], ids=["desk", "phone"])
def test_a_section_that_holds_an_error_is_open_and_another_is_not(form, viewport):
    page = form(viewport=viewport)
    page.fill("#id_title", "网址写错的文章")
    if viewport == PHONE:
        page.locator(f"{SETTINGS} > summary").click()
    open_section(page, "网址和期限")
    page.fill("#id_slug", "有汉字")
    page.click("[name=_continue]")
    page.locator(".errornote").wait_for()

    assert page.locator("#id_slug").is_visible()
    assert page.input_value("#id_slug") == "有汉字"
    assert not page.locator("#sources-group").is_visible()


def test_enter_in_the_title_saves_and_does_nothing_else(form):
    page = form()
    page.fill("#id_title", "按了回车")
    page.keyboard.press("Enter")

    page.locator(".errornote").wait_for()  # the category is missing: it was 保存 that was pressed
    assert page.input_value("#id_title") == "按了回车"


@pytest.mark.parametrize("viewport", [SCREEN, PHONE], ids=["desk", "phone"])
def test_the_form_with_everything_open_is_read_by_everybody(form, viewport):
    page = form("/admin/articles/article/1/change/", viewport)
    if viewport == PHONE:
        page.locator(f"{SETTINGS} > summary").click()
    for name in ["来源", "相关阅读", "计算器", "网址和期限", "更正"]:
        open_section(page, name)
    open_menu(page)

    assert list(violations(page, [viewport])) == []
