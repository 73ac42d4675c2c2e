"""Headline sentences, compared columns, tables by round and the strip of months."""

from dataclasses import replace
from decimal import Decimal

import pytest

from calculators.definition import Note, Option, Output, Step
from calculators.worksheet.tables import comparison_table, month_bars, month_strip, remaining_outputs, round_table
from tests.calculators.worksheet.sheets import OUTPUTS, PLAIN, statement

YEAR = Step("各月", "逐月(日期, 3)", "list:month", shown=False)
STATES = (Option("uncovered", "不能报销"), Option("covered", "能报销"))
STATE = Step("状态", "如果(月份(本期) < 9, “不能报销”, “能报销”)", "text", each="各月", options=STATES)
SUM = Step("月缴", "100 × 期数", "CNY", each="各月")
MONTHLY = Output("monthly", "月缴")


def shown(*steps, outputs, notes=()):
    return statement(replace(PLAIN, steps=(*PLAIN.steps, *steps), outputs=(*OUTPUTS[:2], *outputs), notes=notes))


def test_a_headline_answers_in_a_sentence_with_what_the_steps_give():
    outputs = (OUTPUTS[0], replace(OUTPUTS[1], sentence="能报 {基金支付}，自己付 {个人自付}"))
    told = statement(replace(PLAIN, outputs=outputs))

    assert told.headline.answer == "能报 1,080 元，自己付 1,920 元"
    assert told.outputs["fund_pay"].text == "1,080 元"


def test_a_note_says_what_a_step_gives():
    assert shown(outputs=(), notes=(Note("起付线以上 {超过部分}。"),)).notes == ("起付线以上 1,200 元。",)


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("逐月(日期, 1)", "7 月"),
        ("逐月(日期, 2)", "7 月、8 月"),
        ("逐月(日期, 3)", "7 月至 9 月"),
        ("逐月(加月(日期, 5), 3)", "12 月至2026年2月"),
        ("逐月(加月(日期, 6), 2)", "2026年1月、2026年2月"),
    ],
)
def test_months_in_a_sentence_leave_out_the_year_of_the_day_and_join_into_spans(formula, sentence):
    told = shown(Step("月份们", formula, "list:month"), outputs=(), notes=(Note("{月份们}"),))

    assert told.notes == (sentence,)


def test_outputs_of_two_columns_stand_side_by_side_in_rows_of_their_labels():
    first, second = (
        replace(output, label="一年花", column=name) for output, name in zip(OUTPUTS, "甲乙", strict=False)
    )
    only = Output("cap", "封顶", label="限额", column="乙")
    told = statement(replace(PLAIN, outputs=(first, second, only)))
    table = comparison_table(told)

    assert table.columns == ("甲", "乙")
    assert table.rows == (("一年花", ("1,920 元", "1,080 元")), ("限额", ("—", "不设限额")))
    assert remaining_outputs(told) == []


def test_outputs_that_go_by_month_are_a_table_with_a_row_a_month():
    told = shown(YEAR, SUM, outputs=(Output("by_month", "月缴", label="每月缴"),))
    table = round_table(told)

    assert table.columns == ("每月缴",)
    assert table.rows[0] == ("2025年7月", ("100 元",))
    assert len(table.rows) == 3
    assert [result.code for result in remaining_outputs(told)] == []


def test_a_strip_has_a_cell_a_month_coloured_by_the_option_of_its_word():
    told = shown(YEAR, STATE, outputs=(Output("strip", "状态", part="months"),))

    assert [(cell.short, cell.state, cell.word) for cell in month_strip(told)] == [
        ("7", "uncovered", "不能报销"),
        ("8", "uncovered", "不能报销"),
        ("9", "covered", "能报销"),
    ]
    assert "strip" not in {result.code for result in remaining_outputs(told)}


def test_a_result_without_rounds_or_columns_has_neither_table_nor_strip():
    plain = statement()

    assert (comparison_table(plain), round_table(plain), month_strip(plain)) == (None, None, [])
    assert [result.code for result in remaining_outputs(plain)] == ["cap"]


def test_amounts_by_month_are_bars():
    chart = month_bars(shown(YEAR, SUM, outputs=(MONTHLY,)))

    assert chart.label == "月缴"
    assert [(bar.month, bar.short, bar.text) for bar in chart.bars] == [
        ("2025年7月", "7", "100 元"),
        ("2025年8月", "8", "200 元"),
        ("2025年9月", "9", "300 元"),
    ]
    assert [(bar.height, bar.top) for bar in chart.bars][::2] == [(Decimal("13.3"), Decimal("26.7")), (40, 0)]


def test_amounts_of_a_hidden_step_are_no_bars():
    known = replace(SUM, name="已知月缴", label="已知月缴", formula="如果(期数 = 1, 月缴, 0)", shown=False)
    chart = month_bars(shown(YEAR, SUM, known, outputs=(MONTHLY,)))

    assert (chart.label, [bar.text for bar in chart.bars]) == ("月缴", ["100 元", "200 元", "300 元"])


def test_equal_amounts_by_month_are_added_up():
    chart = month_bars(shown(YEAR, replace(SUM, formula="100"), outputs=(MONTHLY,)))

    assert (chart.label, [bar.text for bar in chart.bars]) == ("月缴，到那个月为止累计", ["100 元", "200 元", "300 元"])


@pytest.mark.parametrize(
    ("year", "amount"),
    [("逐月(日期, 2)", "100"), ("逐月(日期, 3)", "0"), ("逐月(日期, 3)", "200 − 100 × 期数")],
    ids=["two months", "nothing", "a negative amount"],
)
def test_what_makes_no_chart_by_month_has_none(year, amount):
    told = shown(replace(YEAR, formula=year), replace(SUM, formula=amount), outputs=(MONTHLY,))

    assert month_bars(told) is None
