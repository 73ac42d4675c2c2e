from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest

from calculators.definition import Question, Step
from calculators.worksheet import WorksheetError
from tests.calculators.call_count import calls
from tests.calculators.held_rates import Row
from tests.calculators.worksheet.sheets import MONTHS, QUESTIONS, RATES, amount, calculator, statement

MOST_CALLS = 800_000  # of Python functions: some 0.1 s


def test_an_output_is_rounded_once_half_up_and_the_parts_add_up_to_the_bill():
    result = statement(rates=RATES | {"支付比例": Row("0.5", unit="ratio")}, eligible="1800.09")

    assert result.outputs["fund_pay"].amount == Decimal("0.05")
    assert result.outputs["self_pay"].amount == Decimal("1800.04")


def test_rounds_over_months_read_each_months_own_values():
    rates = {
        "费率": [Row("0.065", unit="ratio", since=date(2024, 3, 1)), Row("0.08", unit="ratio", since=date(2026, 1, 1))]
    }
    monthly = Step("月缴", "费用 × 费率", "CNY", each="各月")

    result = statement(calculator(MONTHS, monthly, Step("全年", "合计(月缴)", "CNY")), rates, eligible="6000")

    line = result.lines[1]
    assert result.outputs["result"].amount == Decimal(5220)
    assert [(part.period, part.substituted, part.text) for part in line.rounds[5:7]] == [
        ("2025年12月", "6,000 × 6.5%", "390 元"),
        ("2026年1月", "6,000 × 8%", "480 元"),
    ]
    assert line.unit == "list:CNY"
    assert len(line.figures) == 2


def test_a_round_reads_the_one_before_it():
    steps = (
        MONTHS,
        Step("存入", "期数 × 10", "CNY", each="各月"),
        Step("余额", "上期(余额, 费用) + 存入", "CNY", each="各月"),
        Step("年末", "末项(余额)", "CNY"),
    )

    assert amount(*steps) == 3000 + 780


def test_rounds_over_a_list_of_amounts():
    spending = Question("spending", "各月支出", "moneys")
    steps = (
        Step("可用", "上期(余额, 0) + 200", "CNY", each="各月支出"),
        Step("支付", "取小(本期, 可用)", "CNY", each="各月支出"),
        Step("余额", "可用 − 支付", "CNY", each="各月支出"),
        Step("年末", "末项(余额)", "CNY"),
    )

    result = statement(calculator(*steps, questions=(*QUESTIONS, spending)), spending="500、0、100")

    assert result.outputs["result"].amount == 300
    assert [part.period for part in result.lines[0].rounds] == ["第 1 期", "第 2 期", "第 3 期"]


def test_a_long_row_of_rounds_is_no_deep_call():
    months = Step("各月", "逐月(日期, 120)", "list:month")
    steps = (
        months,
        Step("甲", "上期(乙, 0) + 1", "count", each="各月"),
        Step("乙", "上期(甲, 0) + 1", "count", each="各月"),
        Step("丙", "末项(甲) + 末项(乙)", "count"),
    )

    assert amount(*steps) == 240


def test_a_dimension_can_change_from_round_to_round():
    born = Question("born", "出生", "month")
    rates = {"定额": [Row(100, conditions={"age": [None, 69]}), Row(110, conditions={"age": [70, None]})]}
    steps = (
        MONTHS,
        Step("岁数", "周岁(出生, 本期)", "age", each="各月", dimension="age"),
        Step("计入", "定额", "CNY", each="各月"),
        Step("全年", "合计(计入)", "CNY"),
    )

    assert amount(*steps, rates=rates, questions=(*QUESTIONS, born), born="1955-12") == 7 * 110 + 5 * 100


def test_the_round_before_exists_only_in_rounds():
    with pytest.raises(WorksheetError, match="“上期”里要写同一列里逐期计算的步骤"):
        amount(Step("甲", "上期(甲, 0)", "CNY"))


def test_too_much_work_is_refused():
    months = Step("各月", "逐月(日期, 120)", "list:month")
    heavy = [Step(f"重{number}", "+".join(["1"] * 50), "count", each="各月") for number in range(10)]

    with pytest.raises(WorksheetError, match="计算量太大"):
        amount(months, *heavy, Step("丙", "+".join(f"末项(重{number})" for number in range(10)), "count"))


@pytest.mark.parametrize("part", ["1", "合计(数列)", "取大(数列, 1)", "取小(1, 2)"])
def test_the_heaviest_worksheet_takes_bounded_effort(part):
    numbers = Question("numbers", "数列", "moneys", default="1×60")
    formula = " + ".join([part] * 30)
    heavy = [Step(f"重{number}", formula, "CNY", each="各月") for number in range(4)]
    steps = (
        Step("各月", "逐月(日期, 120)", "list:month"),
        *heavy,
        Step("丙", " + ".join(f"末项({step.name})" for step in heavy), "CNY"),
    )

    def work():
        with suppress(WorksheetError):
            amount(*steps, questions=(*QUESTIONS, numbers))

    assert calls(work) < MOST_CALLS


def test_in_a_round_too_only_what_is_needed_is_computed():
    steps = (
        MONTHS,
        Step("乙", "没有的参数", "CNY", each="各月"),
        Step("甲", "如果(期数 > 12, 乙, 1)", "CNY", each="各月"),
        Step("丙", "合计(甲)", "CNY"),
    )

    assert amount(*steps) == 12


def test_steps_of_one_round_that_need_each_other_are_refused():
    with pytest.raises(WorksheetError, match="绕成了圈：乙 → 甲 → 乙"):
        amount(MONTHS, Step("甲", "乙", "CNY", each="各月"), Step("乙", "甲", "CNY", each="各月"))


def test_a_step_needed_in_some_rounds_has_a_line_for_those():
    steps = (
        MONTHS,
        Step("乙", "期数", "count", each="各月"),
        Step("甲", "如果(期数 > 10, 乙, 1)", "count", each="各月"),
        Step("丙", "合计(甲)", "count"),
    )

    lines = statement(calculator(*steps)).lines

    assert [(line.name, len(line.rounds)) for line in lines] == [("各月", 0), ("乙", 2), ("甲", 12), ("丙", 0)]


def test_a_round_reads_a_value_for_the_dimension_that_a_step_answers_from_the_round_before():
    rates = {"费率": [Row(1), Row(2, conditions={"age": [3, None]})]}
    steps = (
        MONTHS,
        Step("月缴", "费率", "CNY", each="各月"),
        Step("满几个月", "上期(已缴月数, 0)", "count", each="各月", dimension="age"),
        Step("已缴月数", "期数", "count", each="各月"),
        Step("全年", "合计(月缴)", "CNY"),
    )

    assert amount(*steps, rates=rates) == 3 * 1 + 9 * 2


def test_a_round_computes_nothing_for_a_dimension_where_it_reads_no_value():
    steps = (
        MONTHS,
        Step("月缴", "期数", "CNY", each="各月"),
        Step("满几个月", "上期(已缴月数, 0)", "count", each="各月", dimension="age"),
        Step("已缴月数", "没有的参数", "count", each="各月"),
        Step("全年", "合计(月缴)", "CNY"),
    )

    assert amount(*steps) == 78


def test_a_list_without_elements_has_no_rounds():
    assert (
        amount(
            Step("各月", "逐月(日期, 0)", "list:month"),
            Step("甲", "1", "count", each="各月"),
            Step("乙", "合计(甲)", "count"),
        )
        == 0
    )
