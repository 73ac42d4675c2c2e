"""A chief editor with a phone: what is handed in is compared and published, a figure corrected, a report answered."""

import re

import pytest

from tests.browser.office_people import make_people
from tests.browser.office_window import choose, write
from tests.browser.site_process import PHONE

ARTICLE = "手机上发布的文章"
RESULT = (
    "/calculators/employee_outpatient/?region=110000&person_type=retired&age=65&hospital_level=level3&eligible=5000"
)


@pytest.fixture(scope="module")
def people(chromium, site, signed_in):
    return make_people(chromium, site, signed_in, {"dianhua-z": "编辑", "dianhua-b": "主编"})


def fits(page):
    """Whether the page is no wider than the phone."""
    return page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def in_bulk(page, action, press="", tags=""):
    """Do it to the article, and whatever else is ticked on the list that is open; what the office says then."""
    page.locator("#result_list tr", has_text=ARTICLE).locator(".action-select").check()
    page.get_by_role("button", name=f"{action}…").click()
    assert fits(page)
    if tags:
        page.fill("[name=tags]", tags)
    page.get_by_role("button", name=press or action, exact=True).click()
    page.locator(".messagelist").wait_for()
    return page.locator(".messagelist li").all_inner_texts()


def from_the_menu(page, name):
    """菜单 in the header leads to the menu below the page."""
    page.get_by_role("link", name="菜单").click()
    page.locator("#nav-sidebar").get_by_role("link", name=name, exact=True).click()


def test_a_chief_editor_reviews_publishes_corrects_and_answers_on_a_phone(open_page, people):
    author = open_page("/admin/articles/article/add/", storage_state=people["dianhua-z"])
    write(author, ARTICLE, "〔职工门诊起付线·成都·在职〕")
    author.locator("#writing-settings > summary").click()
    choose(author, "category", "待遇报销")
    author.click("[name=_step_submit]")
    author.get_by_text("已送审").wait_for()

    chief = open_page("/admin/", storage_state=people["dianhua-b"])
    chief.get_by_role("link", name=re.compile("等我审核")).click()
    chief.get_by_role("link", name=ARTICLE).click()
    chief.get_by_role("link", name="与线上对照").click()
    chief.locator(".compare").first.wait_for()
    assert fits(chief)
    chief.get_by_label("留言").fill("开头先说结论")
    chief.get_by_role("button", name="退回").click()
    chief.locator(".messagelist .success").wait_for()
    author.locator("#result_list").get_by_role("link", name=ARTICLE).click()
    author.get_by_text("开头先说结论").first.wait_for()
    author.goto("/admin/articles/article/")
    assert in_bulk(author, "送审") == ["送审了 1 篇。"]

    chief.goto("/admin/articles/article/?work=waiting")
    assert in_bulk(chief, "改栏目", press="健康新闻") == ["改了栏目 1 篇。"]
    chief.get_by_role("link", name=ARTICLE).first.click()
    chief.get_by_role("link", name="与线上对照").click()
    chief.get_by_role("button", name="发布").click()
    chief.get_by_text("已发布，读者现在看到的就是这一版").wait_for()
    reader = open_page("/articles/shou-ji-shang-fa-bu-de-wen-zhang/")
    assert "200 元" in reader.locator("article").inner_text()

    chief.goto("/admin/articles/article/")
    assert in_bulk(chief, "加标签", tags="手机上的标签、口袋里的标签") == ["加了标签 1 篇。"]
    assert in_bulk(chief, "去掉标签", tags="口袋里的标签") == ["去掉了标签 1 篇。"]
    untouched = chief.locator("#result_list tbody tr").filter(has_text="已发布").filter(has_not_text=ARTICLE).first
    untouched.locator(".action-select").check()
    done, refused = in_bulk(chief, "发布")
    assert done == "发布了 1 篇。"
    assert re.fullmatch(r"有 1 篇没有办：《[^》]+》线上已经是最新的文字。", refused)
    reader.reload()
    assert "手机上的标签" in reader.locator("main").inner_text()
    assert "口袋里的标签" not in reader.locator("main").inner_text()

    for amount, shown in (("220", "220 元"), ("200", "200 元")):
        from_the_menu(chief, "政策数值")
        chief.fill("#searchbar", "职工门诊起付线 成都 在职")
        chief.keyboard.press("Enter")
        chief.locator("#result_list tbody th a").first.click()
        chief.fill("#id_written", amount)
        chief.fill("#id_change_reason", "原文勘误")
        chief.click("[name=_save]")
        chief.get_by_text(re.compile(f"变为 {shown}")).wait_for()
        assert fits(chief)
        chief.get_by_role("button", name="确认保存").click()
        chief.locator(".messagelist .success").wait_for()
        reader.reload()
        assert shown in reader.locator("article").inner_text()
    chief.goto("/admin/articles/article/")
    assert in_bulk(chief, "归档下线") == ["归档了 1 篇。"]
    assert chief.request.get(reader.url).status == 410

    reader.goto(RESULT)
    reader.get_by_role("link", name="算得不对").click()
    reader.fill("[name=sentence]", "经办机构说是另一个数")
    reader.get_by_role("button", name="发给编辑").click()
    reader.get_by_text("收到").first.wait_for()
    chief.goto("/admin/")
    chief.get_by_role("link", name=re.compile("算得不对")).first.click()
    chief.locator("#result_list tbody a").first.click()
    assert fits(chief)
    chief.fill("#id_answer", "算的没有错：起付线以下不报。")
    chief.click("[name=_save]")
    chief.locator(".messagelist .success").wait_for()
    chief.goto("/admin/calculators/resultreport/?closed__isempty=1")
    assert chief.locator("#result_list tbody tr").count() == 0
