"""A series of rows answers which row is in force, the one before and until when, as the plain rule says."""

from collections import namedtuple
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from calculators.values.series import Series, Span, by_series

Row = namedtuple("Row", "effective_from kind", defaults=["value"])
JANUARY, JULY, NEXT_YEAR = date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
A_DAY = timedelta(days=1)
days = st.dates(date(2025, 1, 1), date(2025, 1, 20))
rows = st.lists(
    st.builds(Row, st.none() | days, st.sampled_from(["value", "unlimited", "ended"])),
    max_size=8,
    unique_by=lambda row: row.effective_from,
)


@pytest.fixture
def series():
    return Series([Row(JULY), Row(NEXT_YEAR, "ended"), Row(JANUARY)])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (JANUARY - A_DAY, None),
        (JANUARY, Span(Row(JANUARY), Row(JULY))),
        (JULY - A_DAY, Span(Row(JANUARY), Row(JULY))),
        (JULY, Span(Row(JULY), Row(NEXT_YEAR, "ended"))),
        (NEXT_YEAR - A_DAY, Span(Row(JULY), Row(NEXT_YEAR, "ended"))),
        (NEXT_YEAR, None),
    ],
)
def test_a_row_is_in_force_from_its_first_day_until_the_next_first_day(series, day, expected):
    assert series.at(day) == expected


@pytest.mark.parametrize(
    ("day", "latest"), [(JANUARY - A_DAY, None), (JULY, Row(JULY)), (NEXT_YEAR, Row(NEXT_YEAR, "ended"))]
)
def test_the_latest_row_that_has_begun_may_be_the_end_of_the_series(series, day, latest):
    assert series.latest(day) == latest


@pytest.mark.parametrize(
    ("row", "after"), [(Row(JANUARY), Row(JULY)), (Row(JULY), Row(NEXT_YEAR, "ended")), (Row(NEXT_YEAR), None)]
)
def test_the_row_after_another_takes_over_from_it(series, row, after):
    assert series.after(row) == after


def test_a_series_has_nothing_in_force_from_the_day_after_which_it_is_not_recorded():
    series = Series([Row(JANUARY), Row(JULY, "unknown")])

    assert series.at(JULY - A_DAY) == Span(Row(JANUARY), Row(JULY, "unknown"))
    assert series.at(JULY) is None
    assert len(list(series.spans())) == 1


def test_the_spans_of_a_series_leave_out_its_end(series):
    assert list(series.spans()) == [Span(Row(JANUARY), Row(JULY)), Span(Row(JULY), Row(NEXT_YEAR, "ended"))]


def test_a_row_of_unknown_first_day_is_in_force_before_every_other():
    series = Series([Row(JULY), Row(None)])

    assert series.at(date.min) == series.at(JANUARY) == Span(Row(None), Row(JULY))
    assert series.at(JULY) == Span(Row(JULY), None)


def test_the_row_before_is_the_one_in_force_the_day_before(series):
    assert series.before(Row(JANUARY)) is None
    assert series.before(Row(None)) is None
    assert series.before(Row(JULY)) == Row(JANUARY)
    assert series.before(Row(JULY + A_DAY)) == Row(JULY)
    assert series.before(Row(NEXT_YEAR, "ended")) == Row(JULY)
    assert series.before(Row(NEXT_YEAR + A_DAY)) is None


def test_a_series_without_rows_has_nothing_in_force():
    assert (Series([]).at(JULY), list(Series([]).spans())) == (None, [])


def test_rows_of_different_parameters_areas_and_conditions_are_different_series():
    Keyed = namedtuple("Keyed", "parameter_id area_id conditions_key effective_from kind")
    keys = [(parameter, area, key) for parameter in (1, 2) for area in (1, 2) for key in ("", "{}")]
    found = by_series(Keyed(*key, day, "value") for day in (JULY, JANUARY) for key in keys)

    assert list(found) == keys
    assert {tuple(row.effective_from for row in series.rows) for series in found.values()} == {(JANUARY, JULY)}


def in_force(rows, day):
    """The rule said anew, without sorting or bisection."""
    begun = [row for row in rows if row.effective_from is None or row.effective_from <= day]
    latest = max(begun, key=lambda row: row.effective_from or date.min, default=None)
    return None if latest is None or latest.kind == "ended" else latest


@given(rows, days)
def test_at_finds_the_latest_begun_row_whatever_the_order(rows, day):
    span = Series(rows).at(day)

    assert (span and span.row) == in_force(rows, day)
    if span:
        later = [row.effective_from for row in rows if row.effective_from and row.effective_from > day]
        assert span.until == min(later, default=None)


@given(rows, days)
def test_the_spans_cover_just_the_days_on_which_a_row_is_in_force(rows, day):
    covering = [
        span.row
        for span in Series(rows).spans()
        if (span.row.effective_from or date.min) <= day < (span.until or date.max)
    ]

    assert covering == [row for row in [in_force(rows, day)] if row]


@given(rows, rows)
def test_two_series_meet_where_both_have_a_row_in_force_on_one_day(one, other):
    ends = [date.min, *(row.effective_from for row in [*one, *other] if row.effective_from)]

    assert Series(one).meets(Series(other)) == any(in_force(one, day) and in_force(other, day) for day in ends)
