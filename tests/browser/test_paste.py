"""What people paste into the editor, from the programs they write in: the clipboard's HTML of each, kept in clipboard/."""

import base64
from pathlib import Path

import pytest

from tests.browser.office_window import put_caret_at_the_end
from tests.browser.site_process import DESK
from tests.browser.test_editing import PASTE, choose

PIXEL = base64.b64decode("R0lGODlhAQABAAAAACwAAAAAAQABAAACADs=")
CLIPBOARD = Path(__file__).parent / "clipboard"
ADD = "/admin/articles/article/add/"
PICTURE = "有 {} 张图片没有贴进来：请先把图片传到图片库，再点“图片”插入。"
STRUCK = "没有贴进来 1 处划掉的文字：“{}”。"
PASTED = {
    "word": (
        "<h2>门诊怎么报</h2><h2>一、先看起付线</h2>"
        "<p><strong>在职职工</strong>起付线1,800<sup>2</sup>元<sup>[1]</sup>，10<sup>4</sup>人，H<sub>2</sub>O，1,900元。</p>"
        "<h3>要带的东西</h3>"
        '<ol data-type="decimal"><li><p>身份证</p><ul><li><p>原件</p></li><li><p>复印件</p></li></ul></li><li><p>医保码</p></li></ol>'
        '<ol data-type="decimal" start="5"><li><p>接着数</p></li></ol><p>第一条本办法适用于职工。</p>'
        '<table><tbody><tr><td colspan="2"><p><strong>医院级别</strong></p></td></tr>'
        "<tr><td><p>一级</p></td><td><p>90%</p></td></tr></tbody></table>"
        '<p><a href="https://www.nhsa.gov.cn/">医保局</a></p>',
        [PICTURE.format(1), STRUCK.format("1,300"), "没有贴进来 1 处不显示的文字：“隐藏的批注”。"],
    ),
    "google_docs": (
        "<h2>先看起付线</h2><p>普通的话，<strong>重点</strong><em>斜的</em>下划线10<sup>4</sup>元，H<sub>2</sub>O，1,900。</p>"
        "<ul><li><p>身份证</p><ul><li><p>原件</p></li></ul></li><li><p>医保码</p></li></ul>"
        '<p><a href="https://www.nhsa.gov.cn/">医保局</a></p>',
        [PICTURE.format(1), STRUCK.format("1,800")],
    ),
    "feishu": (
        "<h2>先看起付线</h2><p>普通的话，<strong>重点</strong><em>斜的</em>下划线10<sup>4</sup>元，1,900。红字</p>"
        "<h3>要带的东西</h3><ul><li><p>身份证</p><ul><li><p>原件</p></li></ul></li></ul>"
        '<ol data-type="decimal"><li><p>先备案</p></li><li><p>再就医</p></li></ol><h3>小标题</h3><p>第一行</p>'
        "<table><tbody><tr><td><p>一级</p></td>"
        "<td><p>90%</p></td></tr></tbody></table>",
        [PICTURE.format(1), STRUCK.format("1,800")],
    ),
    "tencent_docs": (
        "<h2>先看起付线</h2><p>普通的话，<strong>重点</strong><em>斜的</em>下划线10<sup>4</sup>元，1,900。</p>"
        '<ol data-type="decimal"><li><p>先备案</p></li><li><p>再就医</p></li></ol>',
        [PICTURE.format(2), STRUCK.format("1,800")],
    ),
    "wechat": (
        "<p><strong>先看起付线</strong></p><p>普通的话，<strong>重点</strong>10<sup>4</sup>1,900。</p>"
        "<ul><li><p>身份证</p></li><li><p>医保码</p></li></ul>",
        [PICTURE.format(2), STRUCK.format("1,800"), "没有贴进来 1 处视频、音频、画板或内嵌网页。"],
    ),
}


@pytest.fixture
def form(open_page, signed_in):
    """An empty article form; that nothing was refused by the policy is looked at when it is closed."""
    page = open_page(ADD, viewport=DESK, storage_state=signed_in)
    page.locator(".tiptap").click()
    return page


def paste(page, html):
    page.locator(".tiptap").evaluate(PASTE, html)


def notes(page):
    return page.locator(".paste-notes p").all_inner_texts()


def saved(page, title):
    """Save and read what is stored."""
    page.fill("#id_title", title)
    choose(page, "category", "待遇报销")
    page.click("[name=_continue]")
    page.get_by_role("link", name="与线上对照").wait_for()
    return page.input_value("[name=body]")


@pytest.mark.parametrize("program", PASTED)
def test_what_is_pasted_keeps_its_structure_and_the_editor_is_told_what_it_lost(form, program):
    stored, told = PASTED[program]
    paste(form, (CLIPBOARD / f"{program}.html").read_text(encoding="utf-8"))
    assert sorted(notes(form)) == sorted(told)

    assert saved(form, f"粘贴自 {program}") == stored


SIGN = '<![if !supportLists]><span><span style="mso-list:Ignore">{}<span>&nbsp;&nbsp; </span></span></span><![endif]>{}'
WORD = "<p style='mso-list:l0 level{} lfo1'>" + SIGN + "</p>"
PIECES = {
    "Word: numbers of headings": (
        "<h1 style='mso-list:l0 level1 lfo1'>" + SIGN.format("1.1", "2026 年怎么报") + "</h1>"
        "<h1 style='mso-list:l0 level1 lfo1'>" + SIGN.format("一、", "门诊") + "</h1>",
        "<h2>1.1 2026 年怎么报</h2><h2>一、门诊</h2>",
    ),
    "Word: Roman numbers and letters": (
        "".join(WORD.format(*one) for one in [(1, "h.", "甲"), (1, "i.", "乙"), (2, "i.", "丙"), (2, "ii.", "丁")])
        + "<p>断开</p>" + WORD.format(1, "IV.", "戊"),
        '<ol data-type="lower-alpha" start="8" type="a"><li><p>甲</p></li><li><p>乙</p>'
        '<ol data-type="lower-roman" type="i"><li><p>丙</p></li><li><p>丁</p></li></ol></li></ol><p>断开</p>'
        '<ol data-type="upper-roman" start="4" type="I"><li><p>戊</p></li></ol>',
    ),
    "WPS: signs between comments, and numbers with a Chinese comma": (
        "<p style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span style='font-family:Wingdings;'>l&nbsp;</span>"
        "<!--[endif]--><b><font face='宋体'>医保码</font></b></p>"
        + WORD.format(1, "&nbsp;1、", "身份证")
        + "<p class=21 style='mso-list:l2 level1 lfo3'>" + SIGN.format("二．", "<b>手续</b>") + "</p>",
        '<ul><li><p><strong>医保码</strong></p></li></ul><ol data-type="decimal"><li><p>身份证</p></li></ol>'
        "<p>二．<strong>手续</strong></p>",
    ),
    "Google Docs: kinds of numbers": (
        '<b style="font-weight:normal"><ol><li style="list-style-type:lower-alpha"><p>甲</p></li>'
        '<ol><li style="list-style-type:upper-roman"><p>乙</p></li></ol></ol></b>',
        '<ol data-type="lower-alpha" type="a"><li><p>甲</p><ol data-type="upper-roman" type="I"><li><p>乙</p></li></ol></li></ol>',
    ),
    "Feishu: lines of a block": (
        "<pre><code><div>门诊 1,800</div><div>2,000 住院</div><div>\n三</div></code></pre><pre>1,800<br>2,000</pre>",
        "<p>门诊 1,800<br>2,000 住院<br>三</p><p>1,800<br>2,000</p>",
    ),
    "Feishu: lists of a chat": (
        '<div class="rich-text-paragraph">要带：</div><div class="rich-text-ordered-list" data-list-index="2">甲</div>'
        '<div class="rich-text-ordered-list" data-list-index="3">乙</div><div class="rich-text-unordered-list">丙</div>',
        '<p>要带：</p><ol data-type="decimal" start="2"><li><p>甲</p></li><li><p>乙</p></li></ol><ul><li><p>丙</p></li></ul>',
    ),
    "signs of Markdown": ("<p>注 *甲类* 和 `乙类`，**丙** 。</p>", "<p>注 *甲类* 和 `乙类`，**丙** 。</p>"),
}  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_what_real_clipboards_write_changes_no_number_and_loses_no_sign(form, piece):
    pasted, stored = PIECES[piece]
    paste(form, pasted)

    assert form.input_value("[name=body]") == stored


def test_a_board_that_a_clipboard_only_holds_the_place_of_is_told(form):
    paste(
        form,
        '<p>前</p><span class="block-type-ISV_BLOCK block-placeholder">不在这里</span><div data-type="whiteboard"></div>',
    )

    assert form.input_value("[name=body]") == "<p>前</p>"
    assert notes(form) == ["没有贴进来 2 处视频、音频、画板或内嵌网页。"]


def test_a_note_on_a_paste_goes_with_the_next_one(form):
    paste(form, '<p>甲<img src="https://a.cn/a.png"></p>')
    assert notes(form) == [PICTURE.format(1)]

    paste(form, "<p>乙</p>")
    assert notes(form) == []


def test_a_text_goes_on_after_a_figure_and_enter_leaves_its_caption(form):
    form.route("**/media/pictures/**", lambda route: route.fulfill(body=PIXEL, content_type="image/gif"))
    paste(form, '<figure><img src="/media/pictures/a-960.webp" alt="码"><figcaption>图注</figcaption></figure>')
    form.keyboard.press("Control+End")
    form.keyboard.type("后面的话")
    put_caret_at_the_end(form, "figcaption")
    form.keyboard.press("Enter")
    form.keyboard.type("紧接着")

    assert form.input_value("[name=body]").split("</figure>")[1].startswith("<p>紧接着</p><p>后面的话</p>")
    assert "图注</figcaption>" in form.input_value("[name=body]")


@pytest.mark.parametrize("block", ["<blockquote><p>引</p></blockquote>", "<table><tr><td>1</td></tr></table><p>x</p>"])
def test_a_text_goes_on_after_a_callout_or_a_table(form, block):
    paste(form, block.removesuffix("<p>x</p>"))
    form.locator(".tiptap > p:last-child").click()
    form.keyboard.type("后面的话")

    assert saved(form, f"后面{len(block)}").endswith("<p>后面的话</p>")


def test_a_figure_at_the_end_leaves_no_blank_paragraph_in_what_is_stored(form):
    paste(form, "<p>甲</p><blockquote><p>引</p></blockquote>")

    assert saved(form, "以引用结尾") == "<p>甲</p><blockquote><p>引</p></blockquote>"
    form.locator(".tiptap").focus()
    form.locator(".tiptap p").first.click()
    assert form.input_value("[name=body]") == "<p>甲</p><blockquote><p>引</p></blockquote>"  # opened, not changed

    put_caret_at_the_end(form, ".tiptap blockquote p")
    form.keyboard.press("ArrowDown")
    form.keyboard.type("后面的话")
    assert form.input_value("[name=body]").endswith("<p>后面的话</p>")


def test_a_typed_link_without_a_scheme_leads_to_its_host(form):
    form.keyboard.type("医保局")
    form.keyboard.press("Control+a")
    form.keyboard.press("Control+k")
    form.fill("#link-query", "www.nhsa.gov.cn")
    form.keyboard.press("Enter")

    assert saved(form, "链接") == '<p><a href="https://www.nhsa.gov.cn">医保局</a></p>'


def test_a_figure_is_raised_and_lowered_with_the_buttons_of_the_menu(form):
    form.keyboard.type("10")
    form.get_by_role("button", name="上标", exact=True).click()
    form.keyboard.type("4")
    form.get_by_role("button", name="上标", exact=True).click()
    form.keyboard.type("人")

    assert form.input_value("[name=body]") == "<p>10<sup>4</sup>人</p>"
