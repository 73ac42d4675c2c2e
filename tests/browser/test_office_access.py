"""The pages of the editors' office keep nobody out: axe, on a desk and a phone, light and dark."""

import pytest

from tests.browser.axe import violations
from tests.browser.site_process import DESK, PHONE

ARTICLE = "/admin/articles/article/1"
CALCULATOR = "/admin/calculators/calculator"
VALUE = "/admin/calculators/policyvalue"
PAGES = {
    "worklist": "/admin/",
    "articles": "/admin/articles/article/?q=余额",
    "article": f"{ARTICLE}/change/",
    "new article": "/admin/articles/article/add/",
    "compare": f"{ARTICLE}/compare/",
    "history": f"{ARTICLE}/history/",
    "taking down": f"{ARTICLE}/archive/",
    "preview": f"{ARTICLE}/preview/",
    "import": "/admin/articles/article/import/",
    "pictures": "/admin/articles/picture/",
    "new picture": "/admin/articles/picture/add/",
    "tags": "/admin/taggit/tag/?q=北京",
    "tag": "/admin/taggit/tag/1/change/",
    "categories": "/admin/articles/category/",
    "account": "/admin/account/",
    "help": "/admin/help/",
    "values": f"{VALUE}/?q=武汉",
    "value": f"{VALUE}/84/change/",
    "impact": f"{VALUE}/84/impact/",
    "history of a value": f"{VALUE}/84/history/",
    "coverage": f"{VALUE}/grid/",
    "double keying": f"{VALUE}/11/confirm/",
    "next year": f"{VALUE}/next-year/?area=2&first_day=2030-01-01",
    "import of values": f"{VALUE}/import/",
    "calculators": f"{CALCULATOR}/",
    "calculator with trial": f"{CALCULATOR}/3/change/",
    "import of a calculator": f"{CALCULATOR}/import/",
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_page_of_the_office(open_page, signed_in, name):
    page = open_page(PAGES[name], DESK, storage_state=signed_in, reduced_motion="reduce")
    page.wait_for_load_state("networkidle")

    assert list(violations(page, (DESK, PHONE), targets=False)) == []


def test_axe_finds_nothing_between_choosing_articles_and_what_is_done_to_them(open_page, signed_in):
    page = open_page("/admin/articles/article/?q=余额", DESK, storage_state=signed_in, reduced_motion="reduce")
    address = page.url
    found = {}
    for action in ("改栏目…", "加标签…", "归档下线…", "删除选中的文章"):
        page.goto(address)
        page.locator("#result_list .action-select").first.check()
        page.get_by_role("button", name=action).click()
        page.locator("#result_list").wait_for(state="detached")
        found[action] = list(violations(page, (PHONE,)))
        page.set_viewport_size(DESK)

    assert [action for action, wrong in found.items() if wrong] == [], found


def test_page_numbers_of_a_list_are_large_enough_to_hit(open_page, signed_in):
    page = open_page(f"{VALUE}/", DESK, storage_state=signed_in)
    boxes = [link.bounding_box() for link in page.locator(".paginator a").all()]

    assert len(boxes) > 1
    assert [box for box in boxes if min(box["width"], box["height"]) < 24] == []
