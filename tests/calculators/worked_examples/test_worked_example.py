from datetime import date

import pytest

from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from calculators.policies.in_force import values_in_force
from calculators.values.types import ParameterNotInForce
from calculators.worked_examples.answers_in_words import UnreadableAnswers, in_words
from calculators.worked_examples.worked_example import worked_example

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
BEIJING, KUNMING, GUANGZHOU = ("110000", "北京"), ("530100", "昆明"), ("440100", "广州")


def definition(code):
    return from_toml((LIBRARY_FOLDER / f"calculators/{code}.toml").read_text(encoding="utf-8"))


def rates(known, area):
    return values_in_force(known.reads, area=area[0], on=DAY)


def example(words, code="employee_outpatient", area=BEIJING, **more):
    known = definition(code)
    return worked_example(known, area, words.split("·"), rates(known, area), DAY, **more)


def test_options_and_an_amount_answer_the_questions_they_can_answer():
    found = example("在职·社区·3000")

    assert found.line == "3,000 − 1,800 = 1,200 元，× 90% = 报 1,080 元，自己付 1,920 元"
    assert found.url == (
        "/calculators/employee_outpatient/?region=110000&person_type=in_service&hospital_level=community&eligible=3000"
    )
    assert ("看病的地方", "社区") in found.given


@pytest.mark.parametrize("words", ["退休·69岁·二级·2300", "退休·69·二级·2300元", "二级·退休·年龄：69·填写的费用：2300"])
def test_an_amount_with_its_unit_or_its_question_is_the_same_answer(words):
    assert example(words).typed == example("退休·69岁·二级·2300").typed
    assert "× 85% = 报 850 元" in example(words).line


def test_a_question_that_need_not_be_answered_is_answered_by_its_name():
    assert "500 + 500 × 60%" not in example("在职·三级·1500").line
    assert example("在职·三级·2000·之前累计费用：1000").line.startswith("1,800 − 1,000 = 800 元")


def test_words_are_read_in_the_order_of_months_too():
    found = example("单位职工·2026-01·2026-05", "coverage_gap")

    assert found.typed["last_paid_month"], found.typed["resume_month"] == ("2026-01", "2026-05")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("在职·火星·3000", "“火星”不知道回答的是哪个问题"),
        ("在职·三级", "请填写一共花了多少"),
        ("在职·三级·3000·血型：甲", "没有叫“血型”的问题"),
        ("退休·130岁·三级·3000", "130岁"),
    ],
)
def test_a_word_that_answers_nothing_and_an_open_question_are_said(words, sentence):
    with pytest.raises(UnreadableAnswers, match=sentence):
        example(words)


def test_a_place_without_the_figures_has_no_example():
    with pytest.raises((UnreadableAnswers, ParameterNotInForce)):
        example("在职·三级·3000", area=("520100", "贵阳"))


@pytest.mark.parametrize(("day", "line"), [(date(2023, 4, 9), "700"), (date(2023, 4, 10), "65%")])
def test_an_example_of_another_day_computes_with_the_values_of_that_day(day, line):
    assert line in example("在职·二级·1700", area=("420100", "武汉"), day=day).line


def test_the_day_of_an_example_stands_in_its_address_only_where_it_is_fixed():
    assert "as_of" not in example("在职·社区·3000").url
    assert "as_of=2025-07-01" in example("在职·社区·3000", day=date(2025, 7, 1)).url


@pytest.mark.parametrize(
    ("code", "area", "words"),
    [
        ("employee_outpatient", BEIJING, "退休·72·三级·5000"),
        ("employee_outpatient", KUNMING, "在职·三级·就诊次数：3·600"),
        ("inpatient", BEIJING, "在职·三级·50000"),
        ("retirement_years_gap", ("420100", "武汉"), "男·2028-01·336"),
        ("participation_incentive", ("450000", "广西"), "2025-2029"),
    ],
)
def test_answers_in_words_are_read_back_as_the_same_answers(code, area, words):
    known, found = definition(code), example(words, code, area)
    written = in_words(known, found.typed, DAY, rates(known, area))

    assert example("·".join(written), code, area).typed == found.typed
