"""现在要紧的事: what is due in a season, computed from dated values."""

from datetime import date, timedelta

import pytest

from calculators.models import Parameter, PolicyDocument, PolicyValue, PoolingArea
from calculators.policies.notices import DAYS_AHEAD, notices

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def area(code):
    return PoolingArea.objects.with_ancestors().get(code=code)


def titles(code, on, person=""):
    return {notice.title: notice for notice in notices([area(code)], on, person)}


def test_a_period_that_is_open_is_told_with_its_last_day():
    notice = titles("350000", DAY)["福建居民医保集中缴费期"]

    assert notice.day == date(2026, 12, 31)
    assert "2026年12月31日为止" in notice.text


@pytest.mark.parametrize("on", [date(2026, 8, 31), date(2027, 1, 1)])
def test_a_period_that_is_not_open_is_not_told(on):
    assert "福建居民医保集中缴费期" not in titles("350000", on)


@pytest.mark.parametrize(
    ("written", "on", "last"),
    [
        ("每年9月1日至2月29日", date(2027, 8, 31), None),
        ("每年9月1日至2月29日", date(2027, 9, 1), date(2028, 2, 29)),
        ("每年9月1日至2月29日", date(2028, 2, 29), date(2028, 2, 29)),
        ("每年9月1日至2月29日", date(2027, 2, 28), date(2027, 2, 28)),
        ("每年9月1日至2月29日", date(2027, 3, 1), None),
        ("每年13月1日至2月30日", date(2027, 1, 1), None),
        ("2027-02-30至2027-03-01", date(2027, 3, 1), None),
    ],
)
def test_a_yearly_period_goes_on_over_new_year_and_what_is_no_day_is_none(written, on, last):
    PolicyValue.objects.filter(area__code="350000", parameter__code__startswith="resident.enrolment").update(
        text=written
    )
    notice = titles("350000", on).get("福建居民医保集中缴费期")

    assert (notice and notice.day) == last


def test_a_period_of_one_year_is_told_to_its_last_day():
    assert titles("110000", date(2026, 2, 28))["北京居民医保集中缴费期"].day == date(2026, 2, 28)


def test_where_the_new_period_is_not_recorded_no_day_is_made_up():
    notice = titles("110000", DAY)["居民医保集中缴费"]

    assert notice.day is None
    assert "上一轮北京是 2025年11月30日至2026年2月28日。新一轮从哪天到哪天还没有查到" in notice.text


def test_out_of_season_nothing_is_said_of_periods():
    assert titles("110000", date(2026, 4, 15)) == {}  # the contribution base changes in July


def test_figures_whose_next_year_is_not_known_are_told_together():
    [notice] = [notice for title, notice in titles("310000", DAY).items() if "2027" in title]

    assert "居民医保个人缴费（上海）" in notice.text


@pytest.mark.parametrize(("days", "is_told"), [(1, True), (DAYS_AHEAD, True), (DAYS_AHEAD + 1, False), (0, False)])
def test_a_coming_figure_is_told_some_weeks_ahead(days, is_told):
    parameter = Parameter.objects.get(code="flexible.medical.rate")
    own = {"parameter": parameter, "unit": parameter.unit, "document": PolicyDocument.objects.first()}
    for number, first in (("0.05", date(2025, 1, 1)), ("0.06", DAY + timedelta(days=days))):
        PolicyValue.objects.create(**own, area=area("350000"), number=number, effective_from=first)

    assert ("福建灵活就业医保费率" in titles("350000", DAY)) == is_told
    if is_told:
        assert "由 5% 变为 6%" in titles("350000", DAY)["福建灵活就业医保费率"].text


def test_of_an_identity_only_what_concerns_it_is_told():
    assert titles("350000", DAY, "retired") == {}
    assert "福建居民医保集中缴费期" in titles("350000", DAY, "resident")


def test_notices_of_all_places_cost_one_query(django_assert_num_queries):
    areas = list(PoolingArea.objects.local().with_values().with_ancestors())

    with django_assert_num_queries(1):
        notices(areas, DAY)
