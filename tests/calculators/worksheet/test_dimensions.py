from datetime import date
from decimal import Decimal

import pytest

from calculators.definition import Option, Question, Step
from calculators.worksheet import WorksheetError
from tests.calculators.held_rates import Row
from tests.calculators.worksheet.sheets import QUESTIONS, amount


def test_answers_narrow_every_lookup():
    who = Question(
        "who",
        "身份",
        "choice",
        dimension="person_type",
        options=(Option("in_service", "在职"), Option("retired", "退休")),
    )
    rates = {
        "起付线": [
            Row(1800, conditions={"person_type": ["in_service"]}),
            Row(1300, conditions={"person_type": ["retired"]}),
        ]
    }

    assert amount(Step("甲", "起付线", "CNY"), questions=(*QUESTIONS, who), rates=rates, who="retired") == 1300


def test_a_step_can_ask_for_somebody_else():
    who = Question("who", "身份", "choice", dimension="person_type", options=(Option("flexible", "灵活就业"),))
    rates = {
        "起付线": [
            Row(1800, conditions={"person_type": ["in_service"]}),
            Row(7, conditions={"person_type": ["flexible"]}),
        ]
    }

    assert (
        amount(
            Step("甲", "起付线", "CNY", asks={"person_type": "in_service"}), questions=(*QUESTIONS, who), rates=rates
        )
        == 1800
    )


def test_a_step_can_ask_by_the_name_of_a_question():
    levels = (Option("level1", "一级"), Option("level3", "三级"))
    where = Question("clinic", "门诊医院", "choice", options=levels)
    rates = {
        "比例": [
            Row("0.9", unit="ratio", conditions={"hospital_level": ["level1"]}),
            Row("0.7", unit="ratio", conditions={"hospital_level": ["level3"]}),
        ]
    }

    assert amount(
        Step("甲", "比例", "ratio", asks={"hospital_level": "门诊医院"}),
        questions=(*QUESTIONS, where),
        rates=rates,
        clinic="level3",
    ) == Decimal("0.7")


def test_a_step_can_answer_a_dimension_by_a_word_or_a_number():
    order = Step(
        "次序",
        "如果(费用 > 100, “首次”, “再次”)",
        "text",
        dimension="admission",
        options=(Option("first", "首次"), Option("subsequent", "再次")),
    )
    rates = {
        "起付线": [Row(1300, conditions={"admission": ["first"]}), Row(650, conditions={"admission": ["subsequent"]})]
    }
    ages = {"起付线": [Row(100, conditions={"age": [None, 69]}), Row(110, conditions={"age": [70, None]})]}

    assert amount(order, Step("甲", "起付线", "CNY"), rates=rates) == 1300
    assert amount(order, Step("甲", "起付线", "CNY"), rates=rates, eligible="50") == 650
    assert (
        amount(
            Step("岁数", "费用 ÷ 100", "age", dimension="age"), Step("甲", "起付线", "CNY"), rates=ages, eligible="7000"
        )
        == 110
    )


def test_a_dimension_whose_question_has_no_answer_narrows_nothing():
    born = Question("born", "出生", "month", optional=True)
    age = Step("岁数", "周岁(出生, 日期)", "age", dimension="age")

    assert amount(age, Step("甲", "起付线", "CNY"), questions=(*QUESTIONS, born)) == 1800


def test_a_step_can_read_values_as_of_another_day():
    rates = {"年限": [Row(25, unit="years", since=date(2020, 1, 1)), Row(30, unit="years", since=date(2030, 1, 1))]}
    retires = Question("retires", "退休月份", "month", default="2030-01")

    assert amount(Step("甲", "年限", "years", day="退休月份"), questions=(*QUESTIONS, retires), rates=rates) == 30
    assert (
        amount(
            Step("甲", "年限", "years", day="退休月份"), questions=(*QUESTIONS, retires), rates=rates, retires="2029-12"
        )
        == 25
    )


def test_which_question_is_unanswered_can_be_asked():
    born = Question("born", "出生", "month", optional=True)

    with pytest.raises(WorksheetError) as caught:
        amount(Step("甲", "周岁(出生, 日期)", "age"), questions=(*QUESTIONS, born))

    assert caught.value.error.name == "出生"


def test_an_unanswered_question_asked_by_name_narrows_nothing():
    tier = Question("tier", "档次", "choice", optional=True, options=(Option("1", "一档"),))
    rates = {"比例": [Row("0.5", unit="ratio"), Row("0.9", unit="ratio", conditions={"tier": ["1"]})]}
    step = Step("甲", "比例", "ratio", asks={"tier": "档次"})

    assert amount(step, questions=(*QUESTIONS, tier), rates=rates) == Decimal("0.5")
    assert amount(step, questions=(*QUESTIONS, tier), rates=rates, tier="1") == Decimal("0.9")
