"""Page of a result: for whom the sum is, and how it came about."""

import re

import pytest

pytestmark = pytest.mark.django_db
OUTPATIENT = "/calculators/employee_outpatient/"
BEIJING = {"region": "110000", "as_of": "2026-11-23", "person_type": "in_service", "hospital_level": "level3"}


def ask(client, **answers):
    return client.get(OUTPATIENT, BEIJING | answers).content.decode()


def test_a_result_says_below_its_sum_for_whom_and_for_how_much_it_is(client, outpatient):
    page = ask(client, eligible="3000", earlier_eligible="")

    assert "<span>北京 · 在职 · 三级 · 3,000 元</span>" in page
    assert outpatient.summary not in page.partition("<main")[2]
    assert outpatient.summary in client.get(OUTPATIENT).content.decode().partition("<main")[2]


def test_of_a_choice_the_branch_taken_stands_in_the_working_and_the_formula_below_it(client, outpatient):
    page = ask(client, eligible="3000")

    folds = re.findall(r"<summary>公式</summary>\s*<p class=\"formula\">[^<]*如果\(", page)
    assert folds
    assert page.count("如果(") == len(folds)
