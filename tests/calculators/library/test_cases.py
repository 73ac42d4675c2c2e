"""Every worked case of every shipped calculator, against the shipped policy values."""

from functools import cache
from pathlib import Path

import pytest

from calculators.definition import check_definition, from_toml
from calculators.models import Parameter
from calculators.policies.in_force import values_in_force
from calculators.publishing.cases import run_case

LIBRARY = Path(__file__).parents[3] / "calculators" / "library" / "calculators"
CODES = sorted(path.stem for path in LIBRARY.glob("*.toml"))

pytestmark = pytest.mark.django_db


@cache
def shipped(code):
    return from_toml((LIBRARY / f"{code}.toml").read_text(encoding="utf-8"))


CASES = [pytest.param(code, case, id=f"{code}: {case.name}") for code in CODES for case in shipped(code).cases]


def test_eleven_calculators_are_shipped():
    assert CODES == [
        "coverage_gap",
        "employee_outpatient",
        "flexible_contribution",
        "inpatient",
        "maternity_allowance",
        "offsite_care",
        "participation_incentive",
        "personal_account_carryover",
        "resident_outpatient",
        "retirement_years_gap",
        "scheme_comparison",
    ]


@pytest.mark.parametrize("code", CODES)
def test_a_shipped_calculator_has_nothing_wrong_in_it(code):
    shapes = Parameter.objects.values_list("name", "shape", "unit")
    parameters = {name: "bands" if shape == Parameter.Shape.BANDS else unit for name, shape, unit in shapes}

    assert [str(problem) for problem in check_definition(shipped(code), parameters)] == []
    assert shipped(code).code == code


@pytest.mark.parametrize(("code", "case"), CASES)
def test_a_worked_case_holds(code, case):
    definition = shipped(code)

    rates = {case.area: values_in_force(definition.reads, area=case.area, on=case.on)}

    assert run_case(definition, case, rates).failures == ()


def test_names_of_cases_are_told_apart():
    names = [(code, case.name) for code in CODES for case in shipped(code).cases]

    assert len(names) == len(set(names))
