"""Markdown as Chinese authors write it: emphasis beside full-width punctuation, footnotes, struck-out words."""

import pytest

from articles.import_export.markdown import to_html

EMPHASIS = {
    "**注意：**余额": "<strong>注意：</strong>余额",
    "**注意:**余额": "<strong>注意:</strong>余额",
    "他说**“甲”**乙": "他说<strong>“甲”</strong>乙",
    "他说**「甲」**乙": "他说<strong>「甲」</strong>乙",
    "**（一）**甲": "<strong>（一）</strong>甲",
    "甲**（乙）**": "甲<strong>（乙）</strong>",
    "**甲。**乙**丙！**丁": "<strong>甲。</strong>乙<strong>丙！</strong>丁",
    "**1,800 元。**下一句": "<strong>1,800 元。</strong>下一句",
    "**50%**以上": "<strong>50%</strong>以上",
    "占**50%**": "占<strong>50%</strong>",
    "*注意：*余额": "<em>注意：</em>余额",
    "***注意：***余额": "<em><strong>注意：</strong></em>余额",
    "**《办法》**规定": "<strong>《办法》</strong>规定",
    "见**《办法》**第三条": "见<strong>《办法》</strong>第三条",
    "**[医保局](https://a.cn)**说": '<strong><a href="https://a.cn">医保局</a></strong>说',
    "**`a`**甲": "<strong>a</strong>甲",
    "**かな。**カナ": "<strong>かな。</strong>カナ",
    "**한글.**한글": "<strong>한글.</strong>한글",
    # as CommonMark has it
    "**a**b": "<strong>a</strong>b",
    "a**“b”**c": "a**“b”**c",
    "a * b * c": "a * b * c",
    "** 甲**": "** 甲**",
    "**甲 **乙": "**甲 **乙",
    "foo_bar_baz": "foo_bar_baz",
    "甲_乙_丙": "甲_乙_丙",
    "2*3*4": "2<em>3</em>4",
    r"\*\*甲：\*\*乙": "**甲：**乙",
}


@pytest.mark.parametrize(("markdown", "html"), EMPHASIS.items())
def test_emphasis_beside_chinese_punctuation_is_emphasis(markdown, html):
    assert to_html(markdown).html == f"<p>{html}</p>"


def test_footnotes_are_raised_marks_and_paragraphs_at_the_end():
    text = "甲[^b]，乙[^a]，又[^b]。\n\n[^a]: 说明*一*\n    续\n[^b]: <https://a.cn/>\n\n末。\n\n[^c]: 没有人提到"
    html = to_html(text).html.replace("\n", "")

    assert html == (
        "<p>甲<sup>[1]</sup>，乙<sup>[2]</sup>，又<sup>[1]</sup>。</p><p>末。</p>"
        '<p>[1] <a href="https://a.cn/">https://a.cn/</a></p><p>[2] 说明<em>一</em> 续</p><p>[3] 没有人提到</p>'
    )


def test_a_footnote_mark_that_nothing_explains_stays():
    assert to_html("甲[^1]。").html == "<p>甲[^1]。</p>"


def test_a_footnote_in_a_block_of_code_is_none():
    assert to_html("```\n[^1]\n[^1]: 甲\n```").html == "<p>[^1]<br>[^1]: 甲</p>"


def test_struck_out_words_are_dropped_and_noted():
    cleaned = to_html("原价~~1,800~~1,900")

    assert cleaned.html == "<p>原价1,900</p>"
    assert cleaned.notes == ["去掉了 1 处划掉的文字：“1,800”。"]


def test_a_reference_in_what_was_struck_out_is_named_in_the_note():
    assert "〔甲·乙_丙_〕" in to_html("原来~~〔甲·乙_丙_〕~~").notes[0]
