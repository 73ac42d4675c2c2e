"""Beside the text while one writes: the page it will be follows, the style guide marks the words, related reading has reasons."""

import re

import pytest

from tests.browser.axe import violations

SCREEN = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 800}
ARTICLE = "/admin/articles/article/5/change/"
CHECKS, PREVIEW = "#writing-checks", "#writing-preview"


@pytest.fixture
def form(open_page, signed_in):
    def form(path=ARTICLE, viewport=SCREEN):
        page = open_page(path, viewport=viewport, storage_state=signed_in, reduced_motion="reduce")
        page.locator(".tiptap").wait_for()
        return page

    return form


def unfold(page, panel):
    page.locator(f"{panel} > summary").click()


def add(page, words):
    page.locator(".tiptap > p").last.click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def test_the_preview_is_the_page_on_a_phone_and_follows_the_text_where_one_has_scrolled_to(form):
    page = form()
    unfold(page, PREVIEW)
    shown = page.frame_locator(f"{PREVIEW} iframe")
    shown.get_by_role("heading", level=1).wait_for()
    assert "100 元" in shown.locator("article.reader").inner_text()
    assert 340 <= page.locator(f"{PREVIEW} iframe").bounding_box()["width"] <= 400
    frame = page.locator(f"{PREVIEW} iframe")
    frame.evaluate("frame => frame.contentWindow.scrollTo(0, 600)")

    add(page, "刚写的话，起付线是〔职工门诊起付线·北京·在职〕。")
    shown.locator(".prose", has_text="刚写的话，起付线是1,800 元").wait_for()
    assert frame.evaluate("frame => frame.contentWindow.scrollY") == pytest.approx(600, abs=60)
    assert frame.evaluate("frame => frame.contentDocument.scripts.length") == 0


def test_a_new_article_is_previewed_and_told_what_it_lacks_before_anything_is_stored(form):
    page = form("/admin/articles/article/add/")
    unfold(page, CHECKS)
    page.locator(".missing", has_text="还没有标题").wait_for()
    page.fill("#id_title", "还没有存的文章")
    page.locator(".tiptap").click()
    page.keyboard.type("第一句话。")
    page.locator(".missing", has_text="还没有栏目").wait_for()
    page.locator(".missing", has_text="还没有标题").wait_for(state="detached")

    unfold(page, PREVIEW)
    page.frame_locator(f"{PREVIEW} iframe").get_by_role("heading", name="还没有存的文章").wait_for()


def test_the_style_guide_marks_the_words_and_leads_to_them(form):
    page = form()
    unfold(page, CHECKS)
    page.locator(f"{CHECKS} .checks h3").first.wait_for()
    add(page, "小编提醒：每月是100元！")

    page.locator(".tiptap .finding", has_text="小编").wait_for()
    marked = page.locator(".tiptap .finding").all_inner_texts()
    assert {"小编", "！", "100元"} <= set(marked)
    page.evaluate("window.scrollTo(0, 0)")
    page.get_by_role("button", name=re.compile("删掉套话")).click()
    page.wait_for_function("() => getSelection().toString() === '小编'")
    assert list(violations(page, [SCREEN])) == []


def test_a_phone_has_both_behind_a_tap_each(form):
    page = form(viewport=PHONE)
    assert not page.locator(f"{PREVIEW} iframe").is_visible()
    unfold(page, PREVIEW)
    page.frame_locator(f"{PREVIEW} iframe").get_by_role("heading", level=1).wait_for()

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_link_for_somebody_outside_is_copied_with_one_button(form):
    page = form("/admin/articles/article/5/change/")
    page.get_by_role("link", name="预览", exact=True).click()
    page.get_by_role("button", name="复制链接").click()

    page.get_by_text(re.compile("已复制|已选中")).wait_for()
