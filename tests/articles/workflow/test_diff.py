import pytest

from articles.text import DICTIONARY
from articles.workflow import diff


def changed(before, after):
    return [(str(row.before), str(row.after)) for row in diff.rows(before, after) if row.changed]


def test_the_units_of_a_text_are_the_text():
    text = "起付线是 1,800.50 元，比例70%；〔职工门诊起付线·北京·在职〕 abc\n第二行！"

    assert "".join(diff.units(text)) == text


def test_a_chinese_word_is_one_unit():
    assert diff.units("起付线和个人账户") == ["起付线", "和", "个人账户"]


@pytest.mark.parametrize("term", DICTIONARY)
def test_a_term_of_the_dictionary_is_one_unit(term):
    assert diff.units(term) == [term]


def test_one_changed_word_is_one_mark():
    assert changed(["在职的起付线是一千八百元。"], ["退休的起付线是一千八百元。"]) == [
        ("<del>在职</del>的起付线是一千八百元。", "<ins>退休</ins>的起付线是一千八百元。")
    ]


def test_an_added_paragraph_leaves_its_neighbours_unmarked():
    assert changed(["第一段。", "第三段。"], ["第一段。", "完全不同的新内容在此处插入", "第三段。"]) == [
        ("", "<ins>完全不同的新内容在此处插入</ins>")
    ]


def test_markup_is_spelt_out_and_escaped():
    html = '<h2>标题</h2><ul><li>一</li></ul><p><a href="/a/">链</a><strong>粗</strong> 1 &lt; 2</p>'

    assert diff.lines(html) == ["## 标题", "• 一", "[链](/a/)**粗** 1 < 2"]


def test_an_item_reads_the_same_as_imported_and_as_the_editor_writes_it():
    for html in (
        "<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n<blockquote class='tip'>\n<p>三</p>\n<p>四</p></blockquote>",
        "<ul><li><p>一</p></li><li><p>二</p></li></ul><blockquote class='tip'><p>三</p><p>四</p></blockquote>",
    ):
        assert diff.lines(html) == ["• 一", "• 二", "【提示】三", "四"]


def test_quotes_and_callouts_are_told_apart_in_chinese():
    html = (
        '<blockquote class="tip">甲</blockquote><blockquote class="warning">乙</blockquote><blockquote>丙</blockquote>'
    )

    assert diff.lines(html) == ["【提示】甲", "【注意】乙", "【引用】丙"]


def test_what_is_compared_is_escaped():
    assert changed(["<script>"], ["另外的文字"]) == [("", "<ins>另外的文字</ins>"), ("<del>&lt;script&gt;</del>", "")]


def test_a_very_long_paragraph_is_marked_between_its_equal_ends():
    head, tail = "1 " * diff.MAX_COMPARED_UNITS, " 2" * diff.MAX_COMPARED_UNITS
    (row,) = diff.rows([f"{head}起付线 1800 元，比例 60%{tail}"], [f"{head}起付线 1900 元，比例 70%{tail}"])

    assert "<del>1800 元，比例 60%</del>" in row.before
    assert "<ins>1900 元，比例 70%</ins>" in row.after


def test_a_paragraph_too_far_from_where_it_stood_is_a_new_one():
    between = [f"{number}" * 20 for number in range(diff.MAX_PARAGRAPHS_AHEAD)]
    for count, found in ((len(between) - 1, "1800"), (len(between), "起付线一年 1800 元")):
        rows = diff.rows([*between[:count], "起付线一年 1800 元"], ["起付线一年 1900 元"])
        assert f"<del>{found}</del>" in "".join(row.before for row in rows)
