"""The import page in a browser: a dry run in parts, an unknown 栏目 that is made, and the import."""

from tests.browser.site_process import DESK

TEXT = """---
title: 从旧站搬来的文章
date: 2024-03-05 09:05:00
categories: [旧站的栏目, 医保]
---
正文。
"""


def test_a_category_that_the_site_does_not_have_is_made_from_the_dry_run(open_page, signed_in):
    page = open_page("/admin/articles/article/import/", DESK, storage_state=signed_in)
    asked = page.locator("#import-categories")
    assert not asked.is_visible()

    page.set_input_files("[name=files]", {"name": "jiu-zhan.md", "mimeType": "text/markdown", "buffer": TEXT.encode()})
    page.get_by_role("button", name="导入").click()
    page.get_by_text("1 篇里有 1 篇不能导入").wait_for()
    choice = asked.get_by_label("“旧站的栏目”")
    assert choice.evaluate("select => select.getBoundingClientRect().height") >= 44

    choice.select_option("新建这个栏目")
    page.get_by_role("button", name="导入").click()
    page.get_by_text("1 篇都可以导入").wait_for()
    assert "栏目←categories" in page.locator("#import-rows tbody").inner_text()
    assert asked.get_by_label("“旧站的栏目”").count() == 1

    page.get_by_label("真的导入").check()
    page.get_by_role("button", name="导入").click()
    page.get_by_text("已导入 1 篇").wait_for()
    page.goto("/articles/jiu-zhan/")
    assert "从旧站搬来的文章" in page.content()
    assert "旧站的栏目" in page.content()
