"""发给家人: a result as a picture and as a paragraph, with JavaScript and without."""

from tests.browser.axe import violations
from tests.browser.site_process import PHONE
from tests.page_addresses import RESULT


def test_a_result_is_shared_as_a_paragraph_in_the_clipboard_and_as_a_picture(open_page):
    page = open_page(RESULT, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("发给家人").click()
    assert list(violations(page, (PHONE,))) == []
    page.get_by_role("button", name="复制这段话").click()
    page.get_by_role("button", name="已复制").wait_for()
    paragraph = page.evaluate("navigator.clipboard.readText()")
    assert paragraph.startswith("职工门诊报销（北京")
    page.get_by_label("一共花了多少").fill("4000")
    page.locator(".headline", has_text="1,980").wait_for()

    assert page.locator("#share[open]").count() == 1
    bar = page.locator("#result-bar")
    assert "1,980 元" in bar.inner_text()
    assert bar.bounding_box()["y"] + bar.bounding_box()["height"] <= PHONE["height"] + 1, "the result sticks below"
    assert "1,980 元" in page.get_by_label("把这段话发到聊天里").input_value()
    picture = page.request.get(page.get_by_role("link", name="存成图片").get_attribute("href"))
    assert picture.headers["content-type"] == "image/png"


def test_without_javascript_the_paragraph_of_a_result_is_marked_by_hand(open_page):
    page = open_page(RESULT, java_script_enabled=False)
    page.get_by_text("发给家人").click()

    assert "https://" in page.get_by_label("把这段话发到聊天里").input_value().replace("http://", "https://")
    assert page.get_by_role("link", name="存成图片").is_visible()
    assert page.get_by_role("button", name="复制这段话").count() == 0
