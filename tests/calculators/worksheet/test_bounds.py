"""Bounds that earlier answers set: the sentence stands at the question that is wrong, and no answer within bounds fails."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from calculators.definition import Question, Step, check_definition
from calculators.forms import CalculatorForm
from calculators.worksheet.answers import parse_answers
from calculators.worksheet.parsing import bounds
from tests.calculators.factories import stored
from tests.calculators.library.test_cases import CODES, shipped
from tests.calculators.worksheet.sheets import QUESTIONS, calculator

FIRST = Question("total", "累计月数", "count", label="累计几个月", unit="months", maximum="720")
SECOND = Question("local", "本地月数", "count", label="本地几个月", unit="months", maximum="= 累计月数")
SUM = Step("总月数", "累计月数 + 本地月数", "months")
TWO_COUNTS = calculator(SUM, questions=(*QUESTIONS, FIRST, SECOND))


def errors(definition, **typed):
    return parse_answers(definition, typed, today=date(2026, 7, 1)).errors


def sentences(definition):
    return " ".join(map(str, check_definition(definition, {"起付线": "CNY"})))


def test_an_answer_beyond_an_earlier_one_is_told_at_its_own_question():
    assert errors(TWO_COUNTS, total="10", local="11") == {"local": "不能大于 10 个月，要和“累计几个月”对得上。"}
    assert errors(TWO_COUNTS, total="10", local="10") == {}


def test_without_the_earlier_answer_there_is_no_bound():
    assert errors(TWO_COUNTS, local="11").keys() == {"total"}


@pytest.mark.parametrize(
    ("bound", "sentence"),
    [
        ("= 累计月", "没有叫“累计月”"),
        ("= 总月数", "没有叫“总月数”"),
        ("= 本地月数", "没有叫“本地月数”"),
        ("= 累计月数 ×", "第"),
        ("= 日期", "单位却是"),
    ],
)
def test_a_bound_that_cannot_be_computed_is_told_before_publishing(bound, sentence):
    wrong = calculator(SUM, questions=(*QUESTIONS, FIRST, replace(SECOND, maximum=bound)))

    assert sentence in sentences(wrong)
    assert "maximum" not in sentences(TWO_COUNTS)


def put_live(definition):
    calculator = stored(definition)
    calculator.go_live(definition, timezone.now(), "")
    return calculator


@pytest.fixture
def page(client, db):
    for code in ("coverage_gap", "retirement_years_gap"):
        put_live(shipped(code))

    def page(code, **typed):
        return client.get(f"/calculators/{code}/", typed).content.decode()

    return page


GAP = {"region": "110000", "person_type": "in_service", "repaid": "否"}
YEARS = {"region": "310000", "sex": "male", "retirement_month": "2026-12", "mode": "lump"}


@pytest.mark.parametrize(
    ("last", "resume", "sentence"),
    [
        ("2010-01", "2026-01", "不能晚于 2019-07"),
        ("2026-05", "2026-05", "不能早于 2026-06"),
        ("1900-01", "1901-01", "不能早于"),
    ],
)
def test_a_gap_that_is_too_long_or_runs_backwards_is_told_at_its_month(page, last, resume, sentence):
    shown = page("coverage_gap", **GAP, last_paid_month=last, resume_month=resume, as_of="2026-07-01")

    assert sentence in shown
    assert "一列最多" not in shown
    assert "这一天在这里算不了" not in shown


def test_the_longest_gap_is_computed(page):
    shown = page("coverage_gap", **GAP, last_paid_month="2016-06", resume_month="2025-12", as_of="2026-07-01")

    assert "算不" not in shown
    assert "有几处需要修改" not in shown


def test_more_local_months_than_all_months_are_told_at_the_local_ones(page, client):
    shown = page("retirement_years_gap", **YEARS, total_months="100", local_actual_months="101", as_of="2026-07-01")
    answer = client.get(
        "/api/v1/calculators/retirement_years_gap/compute",
        YEARS | {"total_months": "100", "local_actual_months": "101"},
    )

    assert "#field-local_actual_months" in shown
    assert "不能大于 100 个月" in shown
    assert "不能大于 100 个月" in answer.json()["errors"]["local_actual_months"]


def test_a_result_that_cannot_be_computed_is_not_told_as_a_missing_figure(client, db):
    definition = shipped("coverage_gap")
    months = {"minimum": "", "maximum": ""}
    unbounded = [replace(one, **months) if one.kind == "month" else one for one in definition.questions]
    put_live(replace(definition, questions=tuple(unbounded)))
    answers = GAP | {"last_paid_month": "2000-01", "resume_month": "2026-01", "as_of": "2026-07-01"}
    shown = client.get("/calculators/coverage_gap/", answers).content.decode()

    assert "按这些回答算不出来" in shown
    assert "这一天在这里算不了" not in shown
    assert "列：" not in shown


def edge_texts(question, today):
    """What lies at and just inside the bounds of a question, as it would be typed."""
    if question.options:
        return [option.code for option in question.options]
    if question.kind in {"month", "date"}:
        lowest, highest = bounds(question, today)
        days = [lowest or date(1900, 1, 1), highest or date(2199, 12, 1), date(2025, 12, 1), date(2016, 2, 1)]
        return [f"{day:%Y-%m-%d}" if question.kind == "date" else f"{day:%Y-%m}" for day in days]
    if question.kind == "years":
        return ["2025-2060", "2025", "2025-2029、2031", "2060", ""]
    if question.kind == "yes_no":
        return ["是", "否"]
    amounts = [one for one in bounds(question, today) if isinstance(one, Decimal)]
    return ["", "0", "1", "12", *map(str, amounts)] + ["1%"] * (question.kind == "ratio")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_answers_within_their_bounds_make_a_step_fail(data, db):
    today = timezone.localdate()
    definition = shipped(data.draw(st.sampled_from(CODES)))
    typed = {
        question.code: data.draw(st.sampled_from(edge_texts(question, today)), label=question.code)
        for question in definition.questions
        if question.kind != "area"
    }
    form = CalculatorForm(
        definition, typed | {"region": data.draw(st.sampled_from(["110000", "310000", "440000"]))}, today
    )

    told_of_answers = "项数不同" in form.refusal  # of two lists that belong together
    assert not form.refusal or form.is_without_figure or told_of_answers, (typed, form.refusal)
