"""A cap that is not recorded is a note beside the answer: no shipped calculator refuses because of one, in any place."""

from datetime import date

import pytest

from calculators.definition import offering
from calculators.models import PoolingArea
from calculators.policies.in_force import values_by_area
from calculators.publishing.availability import availability
from calculators.values.types import ParameterNotInForce
from calculators.worksheet import WorksheetError, compute
from calculators.worksheet.answers import parse_answers
from tests.calculators.library.test_cases import CODES, shipped

TODAY = date(2026, 11, 29)
LARGEST_CITIES = {"上海", "北京", "广州", "深圳", "重庆", "成都", "武汉", "杭州"}
NO_CAP_NOTE = "没有算限额"

pytestmark = pytest.mark.django_db


def refusals(definition, area, rates):
    """The parameters because of which an area refuses the worked cases, each with its own choices put in."""
    offered = {question.code: question for question in offering(definition, rates.choices()).questions}
    chosen = {question.code for question in definition.questions if question.question_kind.is_selected}
    kinds = {tuple(sorted(chosen & case.answers.keys())): case for case in definition.cases}
    for case in kinds.values():
        raw = dict(case.answers)
        for code, question in offered.items():
            options = [option.code for option in question.options]
            if question.dimension and options and raw.get(code) not in options:
                raw[code] = options[0]
        raw |= {definition.area_question.code: area, definition.day_question.code: TODAY.isoformat()}
        answers = parse_answers(definition, raw, today=TODAY, rates=rates)
        try:
            if not answers.errors:
                compute(definition, answers, rates)
        except ParameterNotInForce as refusal:
            yield refusal.code
        except WorksheetError:
            continue


def is_cap(parameter):
    return parameter.endswith(("封顶线", "限额"))


@pytest.mark.parametrize("code", [code for code in CODES if any(map(is_cap, shipped(code).reads))])
def test_no_calculator_refuses_for_want_of_a_cap(code):
    definition = shipped(code)
    areas = list(PoolingArea.objects.local().with_ancestors())
    rates = values_by_area(definition.reads, areas, on=TODAY)

    refused = {(area.short_name, name) for area in areas for name in refusals(definition, area.code, rates[area.code])}

    assert {(area, parameter) for area, parameter in refused if is_cap(parameter)} == set()


def test_the_largest_cities_compute_outpatient_reimbursement_today():
    places = availability.places(shipped("employee_outpatient"), TODAY)

    assert {place.name for place in places} >= LARGEST_CITIES


@pytest.mark.parametrize(("area", "level"), [("310000", "level3"), ("440100", "level1"), ("330100", "level3")])
def test_an_answer_without_a_recorded_cap_says_so(area, level):
    definition = shipped("employee_outpatient")
    areas = [PoolingArea.objects.with_ancestors().get(code=area)]
    rates = values_by_area(definition.reads, areas, on=TODAY)[area]
    raw = {"region": area, "as_of": TODAY.isoformat(), "hospital_level": level, "eligible": "3000"}

    statement = compute(definition, parse_answers(definition, raw, today=TODAY, rates=rates), rates)

    assert any(NO_CAP_NOTE in note for note in statement.notes)
    assert "cap_remaining" not in statement.outputs
