from datetime import date, timedelta

import pytest

from calculators.models import Parameter, PolicyDocument, PolicyValue, PoolingArea
from calculators.policies.coverage_grid import EXPIRING_WITHIN, coverage_grid

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
FAMILY = "试验类"


@pytest.fixture
def parameter():
    return Parameter.objects.create(code="test.grid", name="试验格子", family=FAMILY, shape="amount", unit="CNY")


@pytest.fixture
def put(parameter):
    def store(first_day=date(2026, 1, 1), *, area="440300", written="1", **fields):
        value = PolicyValue(
            parameter=parameter,
            area=PoolingArea.objects.get(code=area),
            unit="CNY",
            effective_from=first_day,
            document=PolicyDocument.objects.first(),
            **{"status": "confirmed", "clause": "第一条", "confirmed_on": DAY, "review_by": date(2028, 1, 1)} | fields,
        )
        value.written = written
        value.save()

    return store


def cell(on=DAY, area="440300"):
    areas = PoolingArea.objects.with_ancestors().filter(code=area)
    [(_, [found])] = coverage_grid(FAMILY, areas, on).lines
    return found


def test_without_a_row_in_force_a_cell_is_missing(put):
    put(date(2026, 12, 1))

    assert (cell(date(2026, 11, 30)).state, cell(date(2026, 12, 1)).state) == ("missing", "in_force")


def test_an_ended_value_is_missing_and_about_to_be_before(put):
    put()
    put(date(2027, 1, 1), written="停止执行")

    assert cell(date(2027, 1, 1) - EXPIRING_WITHIN - timedelta(days=1)).state == "in_force"
    assert cell(date(2027, 1, 1) - EXPIRING_WITHIN).state == "expiring"
    assert cell(date(2027, 1, 1)).state == "missing"


@pytest.mark.parametrize(("day", "state"), [(0, "expiring"), (1, "late")])
def test_past_its_review_day_a_cell_says_so(put, day, state):
    put(review_by=DAY)

    assert cell(DAY + timedelta(days=day)).state == state


def test_an_unverified_row_shows(put):
    put(status="recalled")

    assert cell().state == "unverified"


def test_a_cell_takes_the_state_of_its_most_urgent_row(put):
    put(status="recalled", conditions={"person_type": ["retired"]})
    put(conditions={"person_type": ["in_service"]}, review_by=date(2026, 1, 2))

    assert (cell().state, cell().rows) == ("late", 2)


@pytest.mark.parametrize(("inherits", "owner"), [("none", None), ("province", "440000"), ("nation", "440000")])
def test_an_inherited_row_counts_where_the_parameter_lets_it(put, parameter, inherits, owner):
    parameter.inherits = inherits
    parameter.save()
    put(area="440000")

    found = cell()
    assert (found.owner.code if found.owner else None) == owner
    assert found.is_inherited == (owner is not None)


def test_the_whole_grid_takes_two_queries(django_assert_num_queries):
    areas = list(PoolingArea.objects.with_ancestors())

    with django_assert_num_queries(2):
        coverage_grid("职工门诊", areas, DAY)
