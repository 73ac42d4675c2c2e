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
    page.locator("[name=eligible]").fill("３０００")
    page.get_by_role("button", name="计算").click()

    assert "1,080.00" in page.locator("#outcome").inner_text()


@pytest.mark.parametrize("path", ["/", "/articles/", "/calculators/", "/calculators/employee_outpatient/"])
def test_no_page_scrolls_sideways_on_a_phone(open_page, path):
    page = open_page(path)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
