from dataclasses import replace
from decimal import Decimal

import pytest

from calculators.definition import Note, Output, Question, Step
from calculators.values.types import ParameterNotInForce
from calculators.worksheet import WorksheetError, compute
from calculators.worksheet.answers import parse_answers
from tests.calculators.held_rates import MemoryRates, Row
from tests.calculators.worksheet.sheets import PLAIN, QUESTIONS, RATES, amount, statement


def test_each_line_shows_its_formula_with_the_numbers_and_its_sources():
    line = statement().lines[1]

    assert line.label == "基金支付多少"
    assert line.formula == "取小(超过部分 × 支付比例, 封顶线)"
    assert line.substituted == "1,200 × 90%"
    assert line.text == "1,080 元"
    assert [figure.name for figure in line.figures] == ["支付比例", "封顶线"]
    assert line.explanation == "按比例。"


def test_lines_stand_in_the_order_of_the_definition_whatever_is_computed_first():
    assert [line.name for line in statement().lines] == ["超过部分", "基金支付", "个人自付", "封顶"]
    assert [line.name for line in statement().shown_lines] == ["超过部分", "基金支付", "个人自付"]


def test_outputs_are_by_code_and_one_is_the_headline():
    result = statement()

    assert {code: output.plain for code, output in result.outputs.items()} == {
        "self_pay": "1920.00",
        "fund_pay": "1080.00",
        "cap": "unlimited",
    }
    assert result.headline.code == "fund_pay"
    assert result.outputs["cap"].text == "不设限额"


def test_the_bar_is_made_of_the_outputs_that_have_a_place_in_it():
    parts = statement().parts

    assert [(part.part, part.text, part.share) for part in parts] == [
        ("self", "1,920 元", Decimal("0.64")),
        ("fund", "1,080 元", Decimal("0.36")),
    ]
    assert [part.part for part in statement(eligible="100").parts] == ["self"]
    assert statement(eligible="0").parts == ()


def test_notes_are_shown_where_they_hold():
    assert statement().notes == ("一直在。",)
    assert statement(eligible="1800").notes == ("一直在。", "没有报销。")


def test_each_step_and_each_figure_is_looked_up_once():
    memory = MemoryRates(RATES)
    answers = parse_answers(PLAIN, {}, rates=memory)

    compute(PLAIN, answers, memory)

    assert [name for name, _, _ in memory.lookups] == ["起付线", "支付比例", "封顶线"]


def test_a_figure_is_cited_once_and_its_cautions_are_said_once():
    rates = {
        "起付线": Row(1800, cautions=("待核实。",)),
        "支付比例": Row("0.9", unit="ratio", cautions=("待核实。", "已过复核日。")),
        "封顶线": Row(5),
    }

    result = statement(rates=rates)

    assert [figure.name for figure in result.figures] == ["起付线", "支付比例", "封顶线"]
    assert result.cautions == ("待核实。", "已过复核日。")


def test_what_is_not_reached_is_not_looked_up():
    steps = (Step("用总额", "有规定(没有的参数)", "boolean"), Step("基金支付", "如果(用总额, 没有的参数, 费用)", "CNY"))

    assert amount(*steps) == Decimal(3000)


@pytest.mark.parametrize(("typed", "said"), [("", "留空"), ("0", "填了"), ("5", "填了")])
def test_an_optional_amount_left_blank_is_told_from_zero(typed, said):
    asked = replace(PLAIN, questions=(*PLAIN.questions, Question("prior", "之前支付", "money", optional=True)))
    notes = (Note("填了", "填了(之前支付)"), Note("留空", "非 填了(之前支付)"))

    assert statement(replace(asked, notes=notes), prior=typed).notes == (said,)


def test_a_missing_value_is_said_and_never_replaced():
    with pytest.raises(ParameterNotInForce, match="起付线"):
        statement(rates={})


def test_an_error_names_its_step_and_column():
    with pytest.raises(WorksheetError) as caught:
        amount(Step("甲", "费用 ÷ (费用 − 3000)", "ratio"), Step("乙", "甲 + 1", "ratio"))

    assert str(caught.value) == "“甲”这一步算不出来：第 4 个字：除数是 0，不能相除。"
    assert (caught.value.step, caught.value.error.column) == ("甲", 4)


def test_an_unlimited_headline_is_refused():
    unlimited = replace(PLAIN, outputs=(Output("cap", "封顶", headline=True),))

    with pytest.raises(WorksheetError, match="不设限额"):
        statement(unlimited)


def test_circles_are_refused():
    with pytest.raises(WorksheetError, match="绕成了圈：甲 → 乙 → 甲"):
        amount(Step("乙", "甲 + 1", "CNY"), Step("甲", "乙 + 1", "CNY"))
    with pytest.raises(WorksheetError, match="绕成了圈"):
        amount(
            Step("各月", "逐月(日期, 2)", "list:month"),
            Step("甲", "乙", "CNY", each="各月"),
            Step("乙", "合计(甲)", "CNY"),
        )


def test_a_chain_too_deep_ends_in_a_sentence():
    chain = [Step(f"步骤{number}", f"步骤{number + 1} + 1", "count") for number in range(900)]

    with pytest.raises(WorksheetError, match="一环套一环太深"):
        amount(*chain, Step("步骤900", "1", "count"), Step("结果", "步骤0", "count"))


def test_an_unanswered_question_is_said_by_name():
    born = Question("born", "出生", "month", optional=True)

    with pytest.raises(WorksheetError, match="“出生”没有填写"):
        amount(Step("甲", "周岁(出生, 日期)", "age"), questions=(*QUESTIONS, born))


def test_an_output_is_left_out_where_it_does_not_hold():
    definition = replace(PLAIN, outputs=(Output("fund_pay", "基金支付"), Output("cap", "封顶", shown_if="费用 > 5000")))

    assert list(statement(definition).outputs) == ["fund_pay"]
    assert list(statement(definition, eligible="6000").outputs) == ["fund_pay", "cap"]
