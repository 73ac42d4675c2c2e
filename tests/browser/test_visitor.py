"""A visitor on a phone: home → article → related article → calculator → result."""

import pytest


def test_a_visitor_walks_from_home_to_a_result(page):
    page.get_by_role("region", name="最新文章").get_by_role("link").first.click()
    page.get_by_role("heading", level=1).wait_for()
    related = page.get_by_role("region", name="大家还在看").get_by_role("link")
    assert related.count() >= 3

    related.first.click()
    page.get_by_role("heading", level=1).wait_for()
    page.goto("/calculators/")
    page.get_by_role("link", name="职工门诊报销").first.click()
    page.get_by_label("参保地").select_option("110000")
    page.get_by_label("在职").check()
    page.get_by_label("社区").check()
    page.get_by_label("没有", exact=True).check()
    page.locator("[name=eligible]").fill("３０００")
    page.get_by_role("button", name="计算").click()

    assert "1,080 元" in page.locator("#outcome").inner_text()


@pytest.mark.parametrize("path", ["/", "/articles/", "/calculators/", "/calculators/employee_outpatient/"])
def test_no_page_scrolls_sideways_on_a_phone(open_page, path):
    page = open_page(path)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_page_of_a_city_is_six_screens_of_a_phone(open_page):
    page = open_page("/areas/110000/")
    top = page.locator("#family-1").bounding_box()["y"]

    assert page.evaluate("document.documentElement.scrollHeight") <= 6 * 800
    assert top > page.locator("#calculators").bounding_box()["y"]


def test_all_tasks_stand_in_the_first_screen_and_a_half(open_page):
    page = open_page("/")
    last = page.locator(".tasks li").last.bounding_box()

    assert last["y"] + last["height"] <= 1.5 * 800


def test_a_slow_answer_never_blanks_what_was_typed_meanwhile(open_page):
    page = open_page("/calculators/employee_outpatient/?region=110000")
    asked = []
    page.route("**/calculators/employee_outpatient/?**", lambda route: asked.append(route))
    page.fill("[name=eligible]", "2000")
    while not asked:
        page.wait_for_timeout(50)
    page.fill("[name=prior_eligible_ytd]", "1000")
    page.focus("[name=as_of]")
    with page.expect_response("**/calculators/employee_outpatient/?**"):
        asked[0].continue_()
    page.wait_for_timeout(100)

    assert page.input_value("[name=prior_eligible_ytd]") == "1000"
