"""The page that compares two texts, in a window: read, sent back with a reason, published, and read again after an edit."""

from tests.browser.office_window import choose, open_menu
from tests.browser.site_process import DESK

TITLE = "对照着看的文章"
FILLER = "".join(f"<p>第 {number} 段，这一版和上一版都一样。</p>" for number in range(9))
FILLER += "<ul><li><p>一条</p></li></ul>"
SET_TEXT = """(html) => document.querySelector(".tiptap").editor.commands.setContent(html, {emitUpdate: true})"""


def text(share, end):
    rows = "".join(f"<tr><td>{level}</td><td>{paid}</td></tr>" for level, paid in (("一级", "80%"), ("三级", share)))
    head = "<tr><th>医院</th><th>报销</th></tr>"
    return f"<h2>谁来缴</h2><p>单位和个人都缴。</p>{FILLER}<table><tbody>{head}{rows}</tbody></table><p>{end}</p>"


def write(page, html):
    page.locator(".tiptap").wait_for()
    page.evaluate(SET_TEXT, html)


def test_a_comparison_shows_what_changed_and_decides_what_comes_next(open_page, signed_in):
    page = open_page("/admin/articles/article/add/", viewport=DESK, storage_state=signed_in)
    page.fill("#id_title", TITLE)
    write(page, text("60%", "原来的结尾。"))
    choose(page, "category", "健康新闻")
    open_menu(page)
    page.click("[name=_step_submit]")
    page.get_by_text("已送审").first.wait_for()
    page.goto(f"/admin/articles/article/?q={TITLE}")
    page.locator("#result_list").get_by_role("link", name=TITLE).first.click()
    form = page.url
    page.get_by_role("link", name="与线上对照").click()

    # Never published: all of it is new, nothing is struck out.
    assert page.get_by_text("还没有发布过").is_visible()
    assert page.locator(".compare del").count() == 0
    assert "60%" in page.locator(".compare ins").all_inner_texts()
    page.get_by_role("button", name="退回修改").click()
    page.get_by_text("退回要写明原因").or_(page.locator(".messagelist .warning")).first.wait_for()
    assert page.locator(".messagelist .warning").count() == 1
    page.get_by_label("留言").fill("结尾要改")
    page.get_by_role("button", name="退回修改").click()
    page.locator(".messagelist .success", has_text="已退回").wait_for()
    page.goto(form)
    assert page.locator(".notice", has_text="退回修改：结尾要改").is_visible()
    page.get_by_role("link", name="与线上对照").click()
    page.get_by_role("button", name="发布", exact=True).click()
    page.locator(".messagelist .success", has_text="已发布").wait_for()

    page.goto(form)
    page.get_by_role("link", name="在网站上看").click()
    reader = open_page(page.url)
    summary = reader.locator("meta[name=description]").get_attribute("content")
    assert summary.startswith("单位和个人都缴。")  # the heading before it is not glued to the sentence
    assert reader.evaluate("getComputedStyle(document.querySelector('.prose li > p')).marginTop") == "0px"

    page.goto(form)
    write(page, text("65%", "换过的结尾。"))
    page.click("[name=_continue]")
    page.get_by_text("下面是还没上线的修改稿").wait_for()
    page.get_by_role("link", name="与线上对照").click()
    changed = page.locator(".compare .cells td:has(ins, del)")
    assert changed.all_inner_texts() == ["60%", "65%"]
    folded = page.locator(".compare .unchanged")
    assert not folded.get_by_text("第 3 段").is_visible()
    folded.locator("summary").first.click()
    assert folded.get_by_text("第 3 段").is_visible()
    assert "换过" in "".join(page.locator(".compare ins").all_inner_texts())
    page.get_by_role("button", name="发布", exact=True).click()
    page.locator(".messagelist .success", has_text="已发布").wait_for()
    reader.reload()
    assert "65%" in reader.locator("article").inner_text()
