from dataclasses import replace
from datetime import date

import pytest

from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import PolicyValue
from calculators.publishing.availability import AvailabilityCache

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)


@pytest.fixture(scope="module")
def outpatient():
    return from_toml((LIBRARY_FOLDER / "calculators/employee_outpatient.toml").read_text(encoding="utf-8"))


def names(definition, on=DAY, coverage=None):
    return {place.name for place in (coverage or AvailabilityCache()).places(definition, on)}


def test_an_area_is_offered_only_where_the_calculator_gives_an_answer(outpatient):
    found = names(outpatient)

    assert {"北京", "成都", "武汉", "昆明"} <= found
    assert "南京" not in found  # only ranges of ratios are known


def test_an_area_is_offered_only_on_days_with_values(outpatient):
    assert "西安" in names(outpatient, date(2023, 3, 1))
    assert "西安" not in names(outpatient, date(2023, 2, 28))


def test_a_calculator_without_cases_is_offered_nowhere(outpatient):
    assert names(replace(outpatient, cases=())) == set()


def test_a_new_value_counts_at_once(outpatient):
    coverage = AvailabilityCache()
    before = names(outpatient, date(2023, 2, 28), coverage)

    PolicyValue.objects.filter(area__code="610100", effective_from=date(2023, 3, 1)).update(
        effective_from=date(2023, 2, 28)
    )

    assert "西安" not in before
    assert "西安" in names(outpatient, date(2023, 2, 28), coverage)


def test_what_is_known_costs_one_query(outpatient, django_assert_num_queries):
    coverage = AvailabilityCache()
    names(outpatient, DAY, coverage)

    with django_assert_num_queries(1):
        names(outpatient, DAY, coverage)


def test_what_is_remembered_is_bounded(outpatient, monkeypatch):
    monkeypatch.setattr("calculators.publishing.availability.MAX_CACHED_OUTCOMES", 2)
    coverage = AvailabilityCache()
    for year in (2022, 2023, 2024, 2025):
        names(outpatient, date(year, 7, 1), coverage)

    assert len(coverage._known) == 2


def test_an_area_is_offered_only_where_the_main_result_comes_out():
    account = from_toml((LIBRARY_FOLDER / "calculators/personal_account_carryover.toml").read_text(encoding="utf-8"))

    without_wages = replace(account, cases=tuple(c for c in account.cases if c.answers["person_type"] != "in_service"))

    assert "北京" in names(without_wages)
    assert "成都" not in names(without_wages)  # only that residents have no account is known there


@pytest.mark.parametrize("path", sorted((LIBRARY_FOLDER / "calculators").glob("*.toml")), ids=lambda path: path.stem)
def test_somebody_from_anywhere_gets_an_answer_from_all_but_the_comparison(path):
    """The comparison would need two tables of benefits typed in; its parts are computed by the others."""
    definition = from_toml(path.read_text(encoding="utf-8"))

    assert AvailabilityCache().of(definition, date(2026, 11, 29)).is_national() == (path.stem != "scheme_comparison")
