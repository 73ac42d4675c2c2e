"""Whatever rows editors store: each combination of answers that a calculator's form offers gives a result."""

from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from calculators.definition import Case, Definition, Output, Question, Step
from calculators.forms import CalculatorForm
from tests.calculators.policies.test_in_force_properties import FIRST, LEVELS, PERSONS, days, some, store

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 1)
CASES = tuple(
    Case(f"{person} {level}", FIRST, "440300", {"person_type": person, "hospital_level": level, "bill": "5"}, {})
    for person in PERSONS
    for level in LEVELS
)
CALCULATOR = Definition(
    code="random",
    name="试验",
    summary="不超过试验数值的部分。",
    questions=(
        Question("region", "参保地", "area"),
        Question("as_of", "就诊日期", "date", default="今日"),
        Question("person_type", "身份", "choice", dimension="person_type"),
        Question("hospital_level", "医院等级", "choice", dimension="hospital_level"),
        Question("bill", "本次费用", "money"),
    ),
    steps=(Step("以内的部分", "取小(本次费用，试验数值)", "CNY"),),
    outputs=(Output("within", "以内的部分", headline=True),),
    cases=CASES,
)
rows = st.fixed_dictionaries(
    {
        "area": st.sampled_from(["440300", "440300", "440300", "440000", "CN"]),
        "conditions": st.fixed_dictionaries(
            {}, optional={"person_type": some(PERSONS), "hospital_level": some(LEVELS)}
        ),
        "effective_from": st.none() | days,
        "written": st.sampled_from(["1", "2", "不设限额", "停止执行"]),
    }
)


def forms_to_the_end(answers):
    """The form at the end of every way through it: each choice it offers is taken once."""
    form = CalculatorForm(CALCULATOR, answers, TODAY)
    for question in form.answers.questions:
        if question.kind == "choice" and question.code not in answers:
            for option in question.options:
                yield from forms_to_the_end(answers | {question.code: option.code})
            return
    yield form


def is_recorded(stored, area, on):
    """Whether a row of the area's own is in force, said anew without the code under test."""
    latest = {}
    for row in sorted(stored, key=lambda row: row.effective_from or date.min):
        if row.area.code == area and (row.effective_from is None or row.effective_from <= on):
            latest[row.conditions_key] = row
    return any(row.kind != "ended" for row in latest.values())


@settings(max_examples=100, deadline=None)
@given(st.lists(rows, min_size=2, max_size=8), st.sampled_from(["none", "province", "nation"]), days)
def test_every_combination_a_form_offers_computes(rows, inherits, on):
    stored = store(rows, inherits)
    asked = {"as_of": on.isoformat(), "bill": "5"}
    offered = {place.code for place in CalculatorForm(CALCULATOR, asked, TODAY).places}

    for area in offered & {"440300", "440000", "310000"}:
        for form in forms_to_the_end(asked | {"region": area}):
            assert form.statement is not None, (form.refusal, form.errors, form.typed)
    for area in {"440300", "440000"} - offered:
        assert not is_recorded(stored, area, on)


def test_a_choice_is_offered_only_to_whom_it_computes():
    common = {"area": "440300", "effective_from": None, "written": "1"}
    one = {"person_type": ["in_service"], "hospital_level": ["level2"]}
    other = {"person_type": ["retired"], "hospital_level": ["level1"]}
    store([common | {"conditions": one}, common | {"conditions": other}], "none")
    asked = {"as_of": FIRST.isoformat(), "bill": "5", "region": "440300"}
    ways = [form.typed for form in forms_to_the_end(asked)]

    assert [(way["person_type"], way["hospital_level"]) for way in ways] == [
        ("in_service", "level2"),
        ("retired", "level1"),
    ]
