"""Whoever does not know an answer gets every plausible one computed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from calculators.definition import Option, Output, Question, Step
from calculators.formulas import FormulaError
from calculators.worksheet import WorksheetError, compute
from calculators.worksheet.answers import parse_answers
from calculators.worksheet.scenarios import MAX_SCENARIOS, listed_scenarios
from calculators.worksheet.tables import payer_spans, remaining_outputs
from calculators.worksheet.what_if import alternatives
from tests.calculators.held_rates import MemoryRates
from tests.calculators.worksheet.sheets import DAY, OUTPUTS, PLAIN, QUESTIONS, RATES, statement

SHARE = Question("share", "自费占比", "ratio", default="不知道", unknown="5%；30%")
PAID = Step("纳入", "费用 × (1 − 自费占比)", "CNY")
STEPS = (PAID, *(replace(step, formula=step.formula.replace("费用", "纳入")) for step in PLAIN.steps))
SHARED = replace(PLAIN, questions=(*QUESTIONS, SHARE), steps=STEPS)


def test_not_knowing_is_an_answer_and_its_result_a_span_in_whole_yuan():
    result = statement(SHARED).outputs["fund_pay"]

    assert result.amounts == (Decimal("945.00"), Decimal("270.00"))
    assert result.text == "大约 270–945 元"


def test_a_span_rounds_outwards_so_that_it_holds_every_scenario():
    assert statement(SHARED, eligible="3001.11").outputs["fund_pay"].text == "大约 270–946 元"


def test_each_scenario_names_its_answer_and_leads_to_its_own_result():
    first, last = statement(SHARED).scenarios

    assert (first.condition, last.condition) == ("自费占比：5%", "自费占比：30%")
    assert first.statement.headline.text == "945 元"
    assert "share=30%25" in last.query


def test_of_many_scenarios_a_page_lists_the_least_and_the_most():
    many = replace(SHARED, questions=(*QUESTIONS, replace(SHARE, unknown="10%；5%；30%；20%；0%")))

    listed = listed_scenarios(statement(many))

    assert [scenario.condition for scenario in listed] == ["自费占比：30%", "自费占比：0%"]
    assert listed_scenarios(statement(SHARED)) == list(statement(SHARED).scenarios)


def test_all_scenarios_look_each_figure_up_once():
    memory = MemoryRates(RATES)
    answers = parse_answers(SHARED, {}, rates=memory)

    compute(SHARED, answers, memory)

    assert sorted(name for name, _, _ in memory.lookups) == ["封顶线", "支付比例", "起付线"]


def test_the_working_of_a_line_is_put_together_only_for_who_reads_it(monkeypatch):
    read = []
    monkeypatch.setattr("calculators.formulas.explain._Reader.read", lambda *_: read.append(1) or ("1", 4))
    result = statement(PLAIN)

    assert not read
    assert result.lines[0].substituted == "1"


def test_a_known_answer_has_no_scenarios():
    known = statement(SHARED, share="0")

    assert known.scenarios == ()
    assert known.headline.text == "1,080 元"


def test_results_that_agree_in_every_scenario_are_no_span():
    agreed = statement(SHARED, eligible="100")

    assert agreed.headline.text == "0 元"
    assert len(agreed.scenarios) == 2


def test_who_pays_what_has_a_bar_for_each_scenario_where_it_is_a_span():
    spans, known = statement(SHARED), statement(SHARED, share="0")

    assert spans.parts == ()
    assert {result.part for result in payer_spans(spans)} == {
        part.part for each in spans.scenarios for part in each.statement.parts
    }
    assert not {result.code for result in payer_spans(spans)} & {result.code for result in remaining_outputs(spans)}
    assert known.parts != ()
    assert payer_spans(known) == []


def test_not_monotonic_results_are_computed_at_every_answer_named():
    three = replace(SHARE, unknown="0；20%；30%")
    hill = replace(
        SHARED,
        questions=(*QUESTIONS, three),
        steps=(Step("结果", "如果(自费占比 = 20%, 9, 1) × 费用", "CNY"),),
        outputs=(Output("result", "结果"),),
        notes=(),
    )

    assert statement(hill, eligible="1").outputs["result"].text == "大约 1–9 元"


def test_not_knowing_where_the_question_does_not_allow_it_is_wrong():
    answers = parse_answers(replace(SHARED, questions=(*QUESTIONS, replace(SHARE, unknown=""))), {"share": "不知道"})

    assert "share" in answers.errors


def test_answers_that_differ_in_words_are_told_one_after_the_other():
    sort = Question("sort", "种类", "yes_no", default="不知道", unknown="是；否")
    words = replace(
        PLAIN,
        questions=(*QUESTIONS, sort),
        steps=(Step("结果", "如果(种类, 费用, 0)", "CNY"),),
        outputs=(Output("result", "结果", headline=True, sentence="得{结果}"),),
        notes=(),
    )
    told = statement(words)

    assert told.differs_in_words
    assert [each.statement.headline.sentence for each in told.scenarios] == ["得3,000 元", "得0 元"]


def test_a_question_that_is_not_asked_is_not_unknown():
    hidden = replace(SHARED, questions=(*QUESTIONS, replace(SHARE, shown_if="费用 > 5000")))

    assert parse_answers(hidden, {}).unknown == ()


def test_too_many_unknown_answers_are_refused_with_a_sentence():
    many = tuple(replace(SHARE, code=f"s{n}", name=f"占比{n}") for n in range(5))
    definition = replace(SHARED, questions=(*QUESTIONS, SHARE, *many[: MAX_SCENARIOS.bit_length() - 1]))
    memory = MemoryRates(RATES)

    with pytest.raises(WorksheetError) as refused:
        compute(definition, parse_answers(definition, {}, rates=memory), memory)
    assert isinstance(refused.value.error, FormulaError)
    assert "先答出其中一两个" in refused.value.for_visitors()


def test_an_answer_is_implied_by_another_one_in_the_address_but_not_where_it_was_sent():
    implied = replace(SHARED, questions=(*QUESTIONS, replace(SHARE, implied={"eligible": "0"})))

    assert statement(implied, eligible="3000").headline.text == "1,080 元"
    assert statement(implied).headline.text == "大约 270–945 元"
    assert statement(implied, eligible="3000", share="不知道").headline.text == "大约 270–945 元"


def test_a_tip_is_told_where_it_is_better_in_a_scenario_and_worse_in_none():
    level = Question(
        "level",
        "等级",
        "choice",
        options=(Option("low", "一级"), Option("high", "三级")),
        default="high",
        tips={"*": "换到{回答}看"},
    )
    step = Step("基金支付", "取大(0, 纳入 − 起付线) × 如果(等级 = “一级”, 90%, 50%)", "CNY")
    outputs = (replace(OUTPUTS[1], better="higher"),)
    definition = replace(SHARED, questions=(*QUESTIONS, SHARE, level), steps=(PAID, step), outputs=outputs, notes=())
    memory = MemoryRates(RATES)
    answers = parse_answers(definition, {}, rates=memory)
    (tip,) = alternatives(definition, answers, compute(definition, answers, memory), memory, DAY)

    assert (tip.tip, tip.result.text, tip.difference) == ("换到一级看", "大约 270–945 元", None)
