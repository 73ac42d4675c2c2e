"""The choice of place and 身份 on a phone, followed through home, article, calculator and search, with and without JavaScript."""

import re

import pytest

from tests.browser.site_process import PHONE


def width(page):
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("with_javascript", [True, False])
def test_the_choice_is_followed_through_home_article_calculator_and_search(open_page, with_javascript):
    page = open_page("/", java_script_enabled=with_javascript)
    page.get_by_label("参保地", exact=True).fill("shanghai")
    page.get_by_label("身份").select_option("retired")
    page.get_by_role("button", name="记住").click()
    assert "300 元（2001年起退休）" in page.locator(".glance").inner_text()

    page.goto("/articles/zhigong-menzhen-qifuxian/")
    yours = page.locator(".yours").inner_text()
    assert "你的：上海 · 退休" in yours
    assert "300 元" in yours

    page.locator("details.chosen summary").click()
    page.locator("details.chosen").get_by_label("参保地").fill("长沙")
    page.locator("details.chosen").get_by_role("button", name="记住").click()
    assert re.search("/articles/zhigong-menzhen-qifuxian/$", page.url)
    assert "你的：长沙 · 退休" in page.locator(".yours").inner_text()

    page.goto("/calculators/flexible_contribution/")
    assert "给灵活就业的人用，你选的是退休" in page.locator("main").inner_text()
    assert "有几处需要修改" not in page.locator("main").inner_text()

    page.goto("/search/?q=长沙住院2万报多少")
    assert "长沙还没有收录" in page.locator("main").inner_text()
    page.locator("main").get_by_role("link", name="长沙这一页").click()
    assert "长沙的数还没有收录" in page.locator("main").inner_text()
    page.get_by_role("button", name="希望收录长沙").click()
    assert "记下了" in page.locator("main").inner_text()


@pytest.mark.parametrize(
    "path", ["/", "/choice/", "/areas/430100/", "/articles/zhigong-menzhen-qifuxian/", "/calculators/"]
)
@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 640}], ids=["360", "320"])
def test_no_page_with_a_choice_scrolls_sideways(open_page, path, size):
    page = open_page("/choice/", viewport=size)
    page.get_by_label("参保地").fill("呼伦贝尔")
    page.get_by_role("button", name="记住").click()
    page.goto(path)

    assert width(page) <= size["width"]


@pytest.mark.parametrize(
    ("before", "heading"),
    [(None, "北京最近的变化"), ("2020-01-01", "从你上次来以后，北京变了"), ("2999-01-01", "以后，北京没有变化")],
)
def test_the_last_visit_tells_which_changes_are_new_and_stays_on_the_device(open_page, before, heading):
    page = open_page("/choice/")
    page.get_by_label("参保地").fill("北京")
    page.get_by_role("button", name="记住").click()
    page.evaluate("latest => latest && localStorage.setItem('visits', JSON.stringify({ latest }))", before)
    page.goto("/")

    assert heading in page.locator(".changes h2").inner_text()
    assert page.evaluate("JSON.parse(localStorage.getItem('visits')).before") == before
    page.reload()
    assert heading in page.locator(".changes h2").inner_text()
