"""What readers looked for in vain waits in the office until an editor gives a word its meaning, or lets it be."""

from tests.browser.site_process import DESK

WAITING = "/admin/articles/missedsearch/?status__exact=open"


def waiting(office):
    office.goto(WAITING)
    return office.locator("#result_list .field-words").all_inner_texts()


def test_a_synonym_answers_a_search_and_what_will_not_be_answered_is_dismissed(open_page, signed_in):
    reader = open_page("/search/?q=飞船票价")
    reader.goto("/search/?q=鸡肋杠杠")

    office = open_page("/admin/", viewport=DESK, storage_state=signed_in)
    assert office.get_by_text("没有结果的搜索").count()
    assert {"飞船票价", "鸡肋杠杠"} <= set(waiting(office))
    office.locator("tr", has_text="鸡肋杠杠").get_by_text("加同义词").click()
    assert office.input_value("#id_word") == "鸡肋杠杠"
    office.fill("#id_meaning", "起付线")
    office.click("[name=_save]")

    reader.goto("/search/?q=鸡肋杠杠")
    assert "起付线" in reader.locator(".entries li").first.inner_text()
    assert "鸡肋杠杠" not in waiting(office)

    office.locator("tr", has_text="飞船票价").locator("input.action-select").check()
    office.get_by_role("button", name="不处理").click()
    assert "飞船票价" not in waiting(office)
