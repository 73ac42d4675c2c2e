"""Tables in prose: 〔表·…〕, frames, captions, and cautions as marks."""

import re
from datetime import date

import pytest

from articles.figures.rendering import plain, render
from articles.figures.resolving import problems
from articles.figures.tables import framed

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
BANDS = "〔表·职工门诊分段支付比例·北京〕"


def test_a_reference_with_open_conditions_is_one_table_with_the_first_band_large():
    rendered = render(f"<p>{BANDS}</p>", DAY)

    assert rendered.html.count("<table") == 1
    assert '<th scope="col">社区</th><th scope="col">一级、二级、三级</th>' in rendered.html
    assert '<th scope="row">退休·69岁及以下</th>' in rendered.html
    assert re.search(
        r"<strong>85%</strong><small class=\"figure-caution\"[^>]*>①</small> <small>20,000 以上 80%", rendered.html
    )
    assert "按基金累计支付额分段：大字是 0–20,000 元这一段，小字是往上各段" in rendered.html


def test_a_table_has_one_note_for_the_figures_of_one_document():
    notes = render(f"<p>{BANDS}</p>", DAY).notes

    assert [note.shown for note in notes] == ["见表"]


def test_a_table_without_a_figure_is_a_problem_in_words():
    assert "没有生效的“职工门诊起付线”" in problems("〔表·职工门诊起付线·重庆·居民〕", DAY)[0]


def test_a_table_is_its_figures_in_plain_words():
    assert plain("〔表·职工门诊起付线·北京〕", DAY) == "在职 1,800 元；退休 1,300 元"


def test_every_table_of_a_text_scrolls_in_a_frame_named_as_the_heading_above_it():
    html = framed("<h2>怎么<em>报</em></h2><p>先看表。</p><table><tbody><tr><td>一</td></tr></tbody></table>")

    assert (
        '<div class="table-frame" role="region" tabindex="0" aria-label="怎么报"><table><caption class="unseen">怎么报</caption>'
        in html
    )
    assert html.endswith("</table></div>")


def test_a_table_keeps_its_own_caption_as_the_name_of_its_frame():
    html = framed("<h2>一</h2><table><caption>分段 &amp; 比例</caption><tbody><tr><td>二</td></tr></tbody></table>")

    assert 'aria-label="分段 &amp; 比例"' in html
    assert html.count("<caption") == 1


def test_a_table_before_any_heading_is_called_as_its_columns():
    assert 'aria-label="项目、金额"' in framed("<table><tr><th>项目</th><th>金额</th></tr></table>")


def test_cautions_in_a_table_are_marks_with_the_words_below_it():
    row = "<tr><td>男</td><td>〔退休累计缴费年限·北京·男〕</td><td>〔退休累计缴费年限·北京·女〕</td></tr>"
    html = render(f"<table><tbody>{row}</tbody></table><p>〔退休累计缴费年限·北京·男〕</p>", DAY).html
    in_table, _, after = html.partition("</table>")

    assert in_table.count('<small class="figure-caution" title="待核实、起始日未核">①</small>') == 2
    assert '<p class="table-cautions">① 待核实、起始日未核</p></div>' in after
    assert "（待核实、起始日未核）" in after


@pytest.mark.parametrize(
    ("text", "shown"), [("〔个人账户余额可结转·全国〕", "是"), ("〔个人账户余额可结转·全国·是〕", "")]
)
def test_a_yes_that_the_sentence_says_itself_is_a_mark(text, shown):
    rendered = render(f"<p>余额可以结转{text}。</p>", DAY)

    assert plain(f"余额可以结转{text}。", DAY) == f"余额可以结转{shown}。"
    assert ('<sup class="figure-mark"><button type="button" popovertarget="figure-1"' in rendered.html) is (shown == "")
    assert [note.shown for note in rendered.notes] == ["是"]


def test_a_yes_where_the_sentence_says_no_is_a_problem():
    assert "现在是“是”，和这句话说的不一样" in problems("余额不能结转〔个人账户余额可结转·全国·否〕。", DAY)[0]
