"""A form of the office is saved once: a double click on save, and Back to a form that was saved, make no second row."""

import pytest

from tests.browser.site_process import DESK


@pytest.fixture
def new_document(open_page, signed_in):
    return open_page("/admin/calculators/policydocument/add/", viewport=DESK, storage_state=signed_in)


def test_a_double_click_on_save_posts_once(new_document):
    page = new_document
    posts = []
    page.on(
        "request",
        lambda request: posts.append(1) if request.is_navigation_request() and request.method == "POST" else None,
    )
    page.fill("#id_title", "点了两下的文件")
    page.fill("#id_slug", "twice-clicked")
    page.select_option("#id_grade", "A")
    page.evaluate(
        "() => { const button = document.querySelector('[name=_continue]'); button.click(); button.click(); }"
    )
    page.locator(".messagelist .success").wait_for()

    assert posts == [1]


def test_back_to_a_form_that_was_saved_makes_no_second_document(new_document):
    page = new_document
    for title in ("返回以前", "返回以后"):
        page.locator("#id_title").fill(title)
        page.locator("#id_grade").select_option(index=1)
        page.locator("[name=_continue]").click()
        page.wait_for_url("**/change/*")
        if title == "返回以前":
            page.go_back()
    assert "先前已经存成“返回以前”，没有存第二份" in page.locator(".messagelist").inner_text()
    page.goto("/admin/calculators/policydocument/?q=返回以")
    assert page.locator("#result_list tbody tr").count() == 1
