"""Tags are suggested as one types, taken with the keyboard, and told as known or new; without JavaScript the field stays."""

import pytest

from tests.browser.axe import violations
from tests.browser.office_window import is_kept

SCREEN = {"width": 1280, "height": 800}
ADD = "/admin/articles/article/add/"
OPTIONS = "#tag-suggestions [role=option]"


@pytest.fixture
def form(open_page, signed_in):
    def form(viewport=SCREEN, **options):
        return open_page(ADD, viewport=viewport, storage_state=signed_in, reduced_motion="reduce", **options)

    return form


def type_tags(page, text):
    page.locator("#id_tags").press_sequentially(text)


def test_a_suggested_tag_is_taken_with_the_keyboard_and_a_new_one_is_marked(form):
    page = form()
    type_tags(page, "门诊")
    page.locator(OPTIONS).first.wait_for()
    assert page.get_attribute("#id_tags", "aria-expanded") == "true"
    assert "篇" in page.locator(OPTIONS).first.inner_text()
    assert list(violations(page, [SCREEN])) == []

    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{page.get_attribute('#id_tags', 'aria-activedescendant')}")
    name = chosen.inner_text().split()[0]
    page.keyboard.press("Enter")
    assert page.input_value("#id_tags") == f"{name}、"
    assert page.get_attribute("#id_tags", "aria-expanded") == "false"

    type_tags(page, "从来没有的词；")
    page.locator(".tag-chip.new", has_text="从来没有的词 新").wait_for()
    assert page.locator(".tag-chip:not(.new)", has_text=name).count() == 1
    is_kept(page)


def test_a_tag_in_the_middle_is_completed_where_it_stands(form):
    page = form()
    page.fill("#id_tags", "北京、门，退休")
    page.evaluate("document.getElementById('id_tags').setSelectionRange(4, 4)")
    page.keyboard.type("诊")
    page.locator(OPTIONS, has_text="门诊").first.click()

    first, second, third = page.input_value("#id_tags").replace("，", "、").split("、")
    assert (first, third) == ("北京", "退休")
    assert second.startswith("门诊")


def test_escape_closes_the_suggestions_and_keeps_what_is_typed(form):
    page = form()
    type_tags(page, "门诊")
    page.locator(OPTIONS).first.wait_for()
    page.keyboard.press("Escape")

    assert not page.locator("#tag-suggestions").is_visible()
    assert page.input_value("#id_tags") == "门诊"


def test_without_javascript_the_tag_field_is_a_plain_field(form):
    page = form(java_script_enabled=False)
    page.fill("#id_tags", "门诊、北京")

    assert page.get_attribute("#id_tags", "role") is None
    assert page.locator("#tag-suggestions").count() == 0
