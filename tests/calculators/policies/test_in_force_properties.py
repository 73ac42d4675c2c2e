"""Whatever rows editors store, in whatever order: at most one value is in force, and only on days that are covered."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings, strategies as st

from calculators.models import Dimension, Parameter, PolicyDocument, PolicyValue, PoolingArea
from calculators.policies.in_force import values_in_force
from calculators.values.conditions import lies_inside, matches
from calculators.values.series import by_series
from calculators.values.types import ParameterNotInForce

pytestmark = pytest.mark.django_db
FIRST = date(2025, 1, 1)
PERSONS, LEVELS, AGES = ("in_service", "retired"), ("level1", "level2"), (None, 60, 70)


def some(choices):
    return st.lists(st.sampled_from(choices), min_size=1, unique=True)


ranges = st.tuples(st.sampled_from(AGES), st.sampled_from(AGES)).filter(
    lambda ends: ends != (None, None) and (None in ends or ends[0] <= ends[1])
)
conditions = st.fixed_dictionaries(
    {}, optional={"person_type": some(PERSONS), "hospital_level": some(LEVELS), "age": ranges.map(list)}
)
days = st.integers(0, 6).map(lambda months: FIRST + timedelta(days=30 * months))
rows = st.fixed_dictionaries(
    {
        "area": st.sampled_from(["440300", "440300", "440000", "CN"]),
        "conditions": conditions,
        "effective_from": st.none() | days,
        "written": st.sampled_from(["停止执行", "不设限额"]) | st.integers(0, 9).map(str),
    }
)
questions = st.fixed_dictionaries(
    {},
    optional={
        "person_type": st.sampled_from(PERSONS),
        "hospital_level": st.sampled_from(LEVELS),
        "age": st.integers(58, 72),
    },
)


def store(rows, inherits):
    """Store rows one after another as an editor would; those refused are left out. Returns what was stored."""
    PolicyValue.objects.filter(parameter__code="test.random").delete()
    parameter, _ = Parameter.objects.update_or_create(
        code="test.random",
        defaults={"name": "试验数值", "family": "试验", "shape": "amount", "unit": "CNY", "inherits": inherits},
    )
    parameter.dimensions.set(Dimension.objects.filter(code__in=["person_type", "hospital_level", "age"]))
    areas = {area.code: area for area in PoolingArea.objects.with_ancestors()}
    common = {
        "parameter": parameter,
        "unit": "CNY",
        "document": PolicyDocument.objects.first(),
        "seen_on": date(2024, 12, 1),
    }
    values = (PolicyValue(**common, **row | {"area": areas[row["area"]]}) for row in rows)
    return list(filter(is_stored, values))


def is_stored(value):
    try:
        value.full_clean()
    except ValidationError:
        return False
    value.save()
    return True


def covering(stored, area, on, question):
    """What should be found, said anew without the code under test: the rows in force for this question."""
    latest = {}
    for row in sorted(stored, key=lambda row: row.effective_from or date.min):
        if row.effective_from is None or row.effective_from <= on:
            latest[row.area.code, row.conditions_key] = row
    return [
        row
        for (code, _), row in latest.items()
        if code == area and row.kind != "ended" and matches(row.conditions, question)
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, max_size=12), st.sampled_from(["none", "province", "nation"]), days, questions)
def test_never_two_values_and_never_one_from_an_uncovered_day(rows, inherits, on, question):
    stored = store(rows, inherits)
    reach = {"none": 1, "province": 2, "nation": 3}[inherits]
    candidates = [covering(stored, area, on, question) for area in ("440300", "440000", "CN")[:reach]]
    nearest = next(filter(None, candidates), [])

    try:
        figure = values_in_force(["test.random"], area="440300", on=on).get("test.random", **question)
    except ParameterNotInForce:
        assert nearest == []
    else:
        chosen = [row for row in nearest if all(lies_inside(row.conditions, other.conditions) for other in nearest)]
        assert [row.pk for row in chosen] == [figure.row]


@settings(max_examples=50, deadline=None)
@given(st.lists(rows, min_size=2, max_size=10))
def test_the_order_of_entry_never_leaves_a_choice_open(rows):
    stored = store([row | {"area": "440300"} for row in rows], "none")

    for on in (FIRST + timedelta(days=30 * month) for month in range(7)):
        found = covering(stored, "440300", on, {"person_type": "retired", "hospital_level": "level1", "age": 65})
        chosen = [row for row in found if all(lies_inside(row.conditions, other.conditions) for other in found)]
        assert len(chosen) == min(len(found), 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, min_size=1, max_size=10), days)
def test_a_figure_ends_on_the_first_day_of_the_next_row(rows, on):
    stored = store(rows, "none")
    values = values_in_force(["test.random"], area="440300", on=on)

    for span in values.current("test.random", on):
        later = [
            other.effective_from
            for other in stored
            if other.area.code == "440300"
            and other.conditions_key == span.row.conditions_key
            and other.effective_from
            and other.effective_from > on
        ]
        assert span.until == min(later, default=None)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, min_size=1, max_size=10))
def test_sql_and_series_find_the_same_rows_in_force_on_every_day(rows):
    stored = store(rows, "none")
    own = PolicyValue.objects.filter(parameter__code="test.random")

    for on in (FIRST + timedelta(days=15 * half - 15) for half in range(15)):
        spans = [series.at(on) for series in by_series(stored).values()]
        assert {row.pk for row in own.current(on)} == {span.row.pk for span in spans if span}
