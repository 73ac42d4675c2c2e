"""Two people at the editors' office: a blank form, a review, a live edit, a collision, a way back, a new address."""

import re
import sqlite3
from contextlib import closing

import pytest

from tests.browser.office_people import make_people
from tests.browser.office_window import choose, open_menu, open_section

DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def people(chromium, site, signed_in):
    """The logins of an author and a chief editor, whom the administrator makes in the admin."""
    return make_people(chromium, site, signed_in, {"zuozhe": "编辑", "zhubian": "主编"})


@pytest.fixture
def desk(open_page, people):
    def desk(name, path="/admin/", viewport=DESK):
        return open_page(path, viewport=viewport, storage_state=people[name])

    return desk


def write(page, text):
    page.locator(".tiptap").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def open_article(page, title):
    page.goto(f"/admin/articles/article/?q={title}")
    page.locator("#result_list a", has_text=title).first.click()
    page.locator(".tiptap").wait_for()


def its_moment_comes(site, title):
    """What is scheduled for another day was scheduled for a minute ago: the clock cannot be moved, the moment can."""
    with closing(sqlite3.connect(site.data / "db.sqlite3", timeout=20)) as database, database:
        sooner = "UPDATE articles_article SET published_at = datetime('now', '-1 minute') WHERE title = ?"
        assert database.execute(sooner, [title]).rowcount == 1


def correct(page, shown, written):
    """Another amount for 职工门诊起付线 of people at work in 北京, with the reason the office asks for."""
    page.goto("/admin/calculators/policyvalue/?q=职工门诊起付线 北京")
    page.locator("#result_list tr", has_text="在职").locator("a").first.click()
    page.fill("#id_written", written)
    page.fill("#id_change_reason", "原文勘误")
    page.click("[name=_save]")
    page.get_by_text(re.compile(f"变为 {shown}")).wait_for()
    page.get_by_role("button", name="确认保存").click()
    page.locator(".messagelist .success").wait_for()


def test_an_article_from_a_blank_form_to_a_new_address(desk, open_page, site):
    author = desk("zuozhe", "/admin/articles/article/add/")
    author.fill("#id_title", "浏览器里写的文章")
    write(author, "起付线是")
    author.get_by_role("button", name="插入数字").click()
    author.fill("#figure-query", "职工门诊起付线 北京 在职")
    author.get_by_role("option", name="〔职工门诊起付线·北京·在职〕").click()
    choose(author, "category", "待遇报销")
    author.fill("#id_tags", "门诊，浏览器测试")
    author.click("[name=_step_submit]")
    author.get_by_text("已送审").wait_for()

    chief = desk("zhubian")
    chief.get_by_role("link", name=re.compile("等我审核")).click()
    open_article(chief, "浏览器里写的文章")
    open_menu(chief)
    chief.fill("#id_when_0", "2099-01-01")
    chief.fill("#id_when_1", "09:00")
    chief.click("[name=_step_schedule]")
    chief.get_by_text("已排期，到时自动上线").wait_for()
    its_moment_comes(site, "浏览器里写的文章")
    reader = open_page("/articles/liu-lan-qi-li-xie-de-wen-zhang/")
    assert "1,800 元" in reader.locator("article").inner_text()

    correct(chief, "1,900 元", "1900")
    reader.reload()
    assert "1,900 元" in reader.locator("article").inner_text()
    correct(chief, "1,800 元", "1800")

    open_article(author, "浏览器里写的文章")
    theirs = desk("zhubian")
    open_article(theirs, "浏览器里写的文章")
    write(theirs, "主编改成这样。")
    theirs.click("[name=_continue]")
    theirs.get_by_text("下面是还没上线的修改稿").wait_for()
    write(author, "作者改成那样。")
    author.click("[name=_continue]")
    conflict = author.get_by_role("region", name=re.compile("保存过"))
    assert "主编改成这样" in conflict.inner_text()
    assert "作者改成那样" in conflict.inner_text()
    author.click("[name=_continue]")
    author.get_by_text("下面是还没上线的修改稿").wait_for()
    reader.reload()
    assert "1,800 元" in reader.locator("article").inner_text()

    author.get_by_role("link", name="历史").click()
    author.locator("tr", has_text="第 1 版").get_by_role("button", name="恢复").click()
    author.get_by_text("已恢复第 1 版").wait_for()
    assert "〔职工门诊起付线·北京·在职〕" in author.locator(".tiptap").inner_text()
    open_section(author, "网址和期限")
    author.fill("#id_slug", "browser-walk")
    author.click("[name=_step_submit]")

    open_article(chief, "浏览器里写的文章")
    chief.get_by_role("link", name="与线上对照").click()
    assert "browser-walk" in chief.locator(".compare").first.inner_text()
    open_article(chief, "浏览器里写的文章")
    chief.click("[name=_step_publish]")
    chief.get_by_text("已发布").first.wait_for()
    reader.goto("/articles/liu-lan-qi-li-xie-de-wen-zhang/")
    assert reader.url.endswith("/articles/browser-walk/")


def test_what_is_typed_survives_a_closed_window(desk):
    page = desk("zuozhe", "/admin/articles/article/add/")
    page.fill("#id_title", "没有保存就关了")
    page.locator("#autosave-status", has_text="已自动保存").wait_for()
    page.context.close()

    again = desk("zuozhe", "/admin/articles/article/add/")
    again.get_by_role("link", name="接着写").click()

    assert again.input_value("#id_title") == "没有保存就关了"


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {color: red}</style></head><body>
<!--StartFragment--><h2 style="mso-outline-level:2" class="MsoHeading">从 Word 来</h2>
<p class="MsoNormal" style="font-family:SimSun;color:red"><font face="SimSun"><span lang="EN-US">起付线</span></font><o:p></o:p></p>
<p class="MsoNormal"><a href="javascript:alert(1)">点这里</a><a href="https://www.nhsa.gov.cn/" onclick="alert(1)">医保局</a></p>
<table class="MsoTableGrid" style="border:1px"><tr><td width="200" style="color:red"><p class="MsoNormal">一级</p></td></tr></table>
<!--EndFragment--></body></html>"""
WECHAT = """<section data-tool="135editor" style="margin:0;color:#ff0000" class="rich_media_content"><section style="x:y">
<span leaf="" style="font-size:17px">从公众号来</span></section><p><strong style="color:red">重点</strong></p>
<img data-src="https://mmbiz.qpic.cn/a.png" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" class="rich_pages">
<a href="data:text/html,hello">看这里</a></section>"""
PASTE = """(editor, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
REFUSED = re.compile(
    r"\bstyle\b|\bclass\b|\bfont\b|javascript:|data:|data-|mso|<span|<section|onclick|<o:p", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (WORD, ["<h2>从 Word 来</h2>", "起付线", "点这里", 'href="https://www.nhsa.gov.cn/"', "一级"]),
        (WECHAT, ["从公众号来", "<strong>重点</strong>", "看这里"]),
    ],
    ids=["Word", "WeChat"],
)
def test_what_is_pasted_keeps_its_text_and_loses_its_dress(chromium, site, people, html, kept):
    context = chromium.new_context(viewport=DESK, locale="zh-CN", base_url=site.url, storage_state=people["zuozhe"])
    page = context.new_page()  # not watched: the policy refuses each pasted style aloud, as it should
    page.goto("/admin/articles/article/add/")
    page.fill("#id_title", f"粘贴来的{len(html)}")
    page.locator(".tiptap").click()
    page.locator(".tiptap").evaluate(PASTE, html)
    choose(page, "category", "待遇报销")
    page.click("[name=_continue]")
    page.get_by_role("link", name="与线上对照").wait_for()
    stored = page.input_value("[name=body]")
    context.close()

    assert REFUSED.findall(stored) == []
    assert [piece for piece in kept if piece not in stored] == []


def test_an_author_proposes_a_document_in_a_window_beside_the_text_and_it_is_the_source(desk):
    page = desk("zuozhe", "/admin/articles/article/add/")
    page.locator(".tiptap").wait_for()
    open_section(page, "来源")
    sources = page.locator(".settings-section", has=page.get_by_role("heading", name="来源"))
    sources.get_by_text("再加一个来源").click()
    with page.context.expect_page() as opened:
        sources.locator("a.add-related:visible").click()
    window = opened.value
    window.get_by_label("标题").fill("示例：窗口里提出的通知")
    window.get_by_role("button", name="保存").click()

    sources.get_by_title("示例：窗口里提出的通知 · 等采用").wait_for()
