"""A visitor on a phone asks in everyday words, with and without JavaScript."""

import pytest

NARROW = {"width": 360, "height": 740}
# What is asked, and what the card says. Month and day of the run do not matter to any of them.
QUESTIONS = {
    "北京退休68岁三级医院门诊花了5000能报多少": "大约 1,870–2,933 元",
    "我在武汉上班，社区医院看门诊 800 块报销多少钱": "职工门诊报销",
    "上海住院花了3万医保报多少": "住院报销和大病二次报销",
    "北京退休住院三级医院8万元自己要付多少": "大约",
    "居民医保断保两年补一年等待期多长": "断缴有什么影响",
    "北京灵活就业医保一个月交多少，基数9000": "灵活就业医保缴费",
    "上海女职工交了12年半医保退休还差几年": "退休医保缴费年限缺口",
    "北京月薪12000医保卡一年进多少钱": "个人账户年度结转",
    "长沙住院2万报多少": "长沙还没有收录",
    "北京住院3万门诊5千能报多少": "你问的是哪一样",
}


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_ten_questions_are_answered_on_a_phone(open_page, javascript):
    page = open_page("/", viewport=NARROW, java_script_enabled=javascript)
    for question, words in QUESTIONS.items():
        page.goto("/")
        page.locator("#q").fill(question)
        page.get_by_role("search").get_by_role("button", name="搜索").click()
        card = page.locator(".question, .notice").first
        card.wait_for()

        assert words in card.inner_text(), question
        assert page.locator("html").evaluate("element => element.scrollWidth") <= 360, question


def test_what_is_missing_is_answered_on_the_card_and_leads_to_the_result(open_page):
    page = open_page("/search/?q=北京住院花了3万医保报多少", viewport=NARROW, java_script_enabled=False)
    page.get_by_label("三级").check()
    page.get_by_role("button", name="计算").click()

    assert page.locator("#outcome .headline").count() == 1
    assert "eligible=30000" in page.url


def test_one_condition_is_changed_from_the_card(open_page):
    page = open_page("/search/?q=北京退休68岁三级医院门诊花了5000能报多少", viewport=NARROW)
    page.get_by_role("link", name="改一个条件").click()

    assert page.locator("[name=age]").input_value() == "68"
    assert page.get_by_label("三级").is_checked()
