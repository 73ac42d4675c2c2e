from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import parse_qs

import pytest

from calculators.definition import Option, Output, Question, Step
from calculators.worksheet import compute
from calculators.worksheet.answers import parse_answers
from calculators.worksheet.what_if import MAX_ALTERNATIVES, alternatives
from tests.calculators.held_rates import MemoryRates, Row
from tests.calculators.worksheet.sheets import OUTPUTS, PLAIN, QUESTIONS, RATES, calculator

TODAY = date(2025, 7, 1)
LEVEL = Question(
    "level", "等级", "choice", dimension="level", options=(Option("low", "一级"), Option("high", "三级")), default="low"
)
BY_LEVEL = RATES | {
    "支付比例": [
        Row("0.9", unit="ratio", conditions={"level": ["low"]}),
        Row("0.5", unit="ratio", conditions={"level": ["high"]}),
    ]
}
WITH_LEVEL = replace(PLAIN, questions=(*QUESTIONS, LEVEL))


def found(definition, rates=RATES, **raw):
    memory = MemoryRates(rates)
    answers = parse_answers(definition, raw, today=TODAY, rates=memory)
    return alternatives(definition, answers, compute(definition, answers, memory), memory, TODAY)


def changeable(question):
    """With a tip that names the question and the other answer."""
    return replace(question, tips={"*": f"{question.name}|{{回答}}"})


def told(definition, rates=RATES, **raw):
    """Question, other answer and change of each tip, where every question can be changed."""
    everything = replace(definition, questions=tuple(map(changeable, definition.questions)))
    return [(*each.tip.split("|"), each.change) for each in found(everything, rates, **raw)]


def asked(question, formula, **raw):
    """What is found for a calculator that asks one more question."""
    definition = calculator(Step("结果", formula, "CNY"), questions=(*QUESTIONS, question))
    return told(definition, **raw)


def test_an_amount_is_tried_a_tenth_higher():
    assert told(PLAIN) == [("费用", "3,300 元（多一成）", "多 270 元")]


def test_a_choice_is_tried_with_its_other_options_and_the_strongest_comes_first():
    assert told(WITH_LEVEL, BY_LEVEL, eligible="3000") == [
        ("等级", "三级", "少 480 元"),
        ("费用", "3,300 元（多一成）", "多 270 元"),
    ]


@pytest.mark.parametrize(
    ("question", "formula", "typed", "expected"),
    [
        (Question("n", "次数", "count", unit="times"), "次数 × 10", "2", ("次数", "3 次", "多 10 元")),
        (Question("n", "费率", "ratio"), "费用 × 费率", "5%", ("费率", "6%", "多 30 元")),
        (Question("n", "月", "month"), "费用 × 月份(月)", "2025-12", ("月", "2026年1月", "少 33,000 元")),
        (Question("n", "各次", "moneys"), "合计(各次)", "100、200", ("各次", "各多一成", "多 30 元")),
        (Question("n", "年份", "years"), "费用 × 项数(年份)", "2025", ("年份", "加上 2026 年", "多 3,000 元")),
        (Question("n", "已补", "yes_no"), "如果(已补, 费用, 0)", "否", ("已补", "是", "多 3,000 元")),
        (Question("n", "已补", "yes_no"), "如果(已补, 费用, 0)", "是", ("已补", "否", "少 3,000 元")),
    ],
)
def test_each_kind_of_answer_is_tried_one_further(question, formula, typed, expected):
    assert expected in asked(question, formula, n=typed)


@pytest.mark.parametrize("typed", ["2200-12", "9999-12", "1800-05"])
def test_a_month_of_which_formulas_do_not_know_the_next_is_not_tried(typed):
    tried = asked(Question("n", "月", "month"), "费用 × 月份(月)", n=typed)

    assert [question for question, _, _ in tried] == ["费用"]


@pytest.mark.parametrize("typed", ["5", ""])
def test_an_answer_at_its_bound_or_left_open_is_not_tried(typed):
    question = Question("n", "次数", "count", maximum="5", optional=True)

    assert asked(question, "如果(有规定(次数), 1, 1) × 费用", n=typed) == [("费用", "3,300 元（多一成）", "多 300 元")]


def test_the_link_leads_to_the_other_answer_with_all_the_others_kept():
    level = found(replace(WITH_LEVEL, questions=(*QUESTIONS, changeable(LEVEL))), BY_LEVEL, eligible="3000")[0]

    assert parse_qs(level.query) == {
        "region": ["110000"],
        "as_of": ["2025-07-01"],
        "eligible": ["3000"],
        "level": ["high"],
    }


def test_an_answer_that_asks_for_more_is_left_out():
    more = Question("more", "另填", "money", shown_if="等级 = “三级”")
    definition = replace(WITH_LEVEL, questions=(*QUESTIONS, LEVEL, more))

    assert [question for question, *_ in told(definition, BY_LEVEL, more="1")] == ["费用"]


def test_an_answer_for_which_no_value_is_recorded_is_left_out():
    only_low = RATES | {"支付比例": Row("0.9", unit="ratio", conditions={"level": ["low"]})}

    assert [question for question, *_ in told(WITH_LEVEL, only_low)] == ["费用"]


def test_what_makes_no_difference_is_not_told():
    assert told(PLAIN, eligible="1000") == []


def test_what_cannot_be_measured_is_not_told():
    assert asked(Question("n", "月", "month"), "费用 × 1", n="2025-12", eligible="0") == []
    month = calculator(Step("结果", "月", "month"), questions=(*QUESTIONS, Question("n", "月", "month")))
    assert told(month, n="2025-12") == []


def test_another_headline_comes_before_any_difference_and_is_named():
    outputs = (
        replace(OUTPUTS[1], shown_if="个人自付 > 2000"),
        Output("self_pay", "个人自付", headline=True, shown_if="个人自付 ≤ 2000"),
    )

    assert told(replace(WITH_LEVEL, outputs=outputs), BY_LEVEL)[0] == ("等级", "三级", "基金支付")


def test_an_answer_with_which_the_main_result_goes_missing_is_left_out():
    outputs = (replace(OUTPUTS[1], shown_if="个人自付 < 2000"), OUTPUTS[0])

    assert [question for question, *_ in told(replace(WITH_LEVEL, outputs=outputs), BY_LEVEL)] == ["费用"]


def test_the_next_day_on_which_a_value_read_is_known_to_change_is_tried():
    class Known(MemoryRates):
        def get(self, parameter, on, **dimensions):
            figure = super().get(parameter, on, **dimensions)
            later = [row.since for row in self.rows[parameter] if row.since > on]
            return replace(figure, until=min(later, default=None))

    memory = Known(RATES | {"起付线": [Row(1800), Row(1000, since=date(2026, 1, 1))]})
    definition = replace(PLAIN, questions=tuple(map(changeable, QUESTIONS)))
    answers = parse_answers(definition, {}, today=TODAY, rates=memory)
    first, *_ = alternatives(definition, answers, compute(definition, answers, memory), memory, TODAY)

    assert (first.tip, first.change) == ("日期|2026年1月1日起", "多 720 元")


def test_a_day_on_which_a_value_has_ended_is_not_compared_with_today():
    class Ending(MemoryRates):
        def get(self, parameter, on, **dimensions):
            until = date(2026, 1, 1) if parameter == "加" else None
            return replace(super().get(parameter, on, **dimensions), until=until)

        def has(self, parameter, on, **dimensions):
            return super().has(parameter, on, **dimensions) and (parameter != "加" or on < date(2026, 1, 1))

    questions = tuple(map(changeable, QUESTIONS))
    definition = calculator(Step("结果", "费用 + 如果(有规定(加), 加, 0)", "CNY"), questions=questions)
    memory = Ending({"加": Row(100)})
    answers = parse_answers(definition, {}, today=TODAY, rates=memory)
    each = alternatives(definition, answers, compute(definition, answers, memory), memory, TODAY)

    assert [alternative.tip.split("|")[0] for alternative in each] == ["费用"]


def test_only_the_strongest_few_are_told_each_question_once():
    amounts = tuple(changeable(Question(f"n{place}", f"额{place}", "money")) for place in range(MAX_ALTERNATIVES + 2))
    formula = " + ".join(question.name for question in amounts)
    definition = calculator(Step("结果", formula, "CNY"), questions=(*QUESTIONS, *amounts))
    raw = {f"n{place}": str(100 * (place + 1)) for place in range(MAX_ALTERNATIVES + 2)}

    assert [each.difference for each in found(definition, **raw)] == [
        Decimal(10 * n) for n in range(MAX_ALTERNATIVES + 2, 2, -1)
    ]


def test_all_of_them_together_cost_no_more_than_one_calculation_may(monkeypatch):
    definition = replace(WITH_LEVEL, questions=tuple(map(changeable, WITH_LEVEL.questions)))
    memory = MemoryRates(BY_LEVEL)
    answers = parse_answers(definition, {}, today=TODAY, rates=memory)
    statement = compute(definition, answers, memory)
    monkeypatch.setattr("calculators.worksheet.what_if.MAX_EFFORT", statement.effort)

    assert len(alternatives(definition, answers, statement, memory, TODAY + timedelta(days=1))) == 1


def test_an_answer_that_nobody_can_change_is_no_tip():
    assert found(WITH_LEVEL, BY_LEVEL, eligible="3000") == ()


@pytest.mark.parametrize("tip", ["换到{回答}看", "换到｛回答｝看"])
def test_a_tip_for_one_answer_is_told_for_that_answer_alone(tip):
    low, high = (replace(LEVEL, tips={code: tip}) for code in ("low", "high"))
    tips = [
        [each.tip for each in found(replace(WITH_LEVEL, questions=(*QUESTIONS, level)), BY_LEVEL, eligible="3000")]
        for level in (low, high)
    ]

    assert tips == [[], ["换到三级看"]]


@pytest.mark.parametrize(
    ("better", "typed", "tips"), [("higher", "high", 1), ("higher", "low", 0), ("lower", "low", 1)]
)
def test_a_tip_makes_the_result_better_not_worse(better, typed, tips):
    outputs = (OUTPUTS[0], replace(OUTPUTS[1], better=better))
    definition = replace(WITH_LEVEL, questions=(*QUESTIONS, changeable(LEVEL)), outputs=outputs)

    assert len(found(definition, BY_LEVEL, level=typed)) == tips
