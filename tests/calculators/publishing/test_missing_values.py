"""Which value stops a calculator where it gives no result."""

from datetime import date

import pytest

from calculators.models import Calculator, PolicyValue, PoolingArea
from calculators.publishing.missing_values import missing_values
from tests.calculators.factories import library_live

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 29)


@pytest.fixture
def cells():
    library_live()

    def found(*codes, calculator="employee_outpatient", on=DAY):
        areas = PoolingArea.objects.with_ancestors().filter(code__in=codes)
        calculators = list(Calculator.objects.filter(code=calculator))
        return {area.short_name: cells[0] for area, cells in missing_values(areas, calculators, on)}

    return found


def test_a_calculator_that_gives_a_result_misses_nothing(cells):
    found = cells("110000")["北京"]

    assert (found.works, found.missing) == (True, ())


def test_a_cell_names_the_value_that_stops_the_calculator_there(cells):
    found = cells("320100", "130000")

    assert {name: (cell.works, cell.missing) for name, cell in found.items()} == {
        "河北": (False, ("职工门诊起付线",)),
        "南京": (False, ("职工门诊支付比例",)),  # only ranges of ratios are known
    }


def test_what_is_named_is_among_the_values_the_definition_reads(cells):
    for code in ("inpatient", "scheme_comparison", "retirement_years_gap"):
        definition = Calculator.objects.get(code=code).published()
        assert set(cells("610100", calculator=code)["西安"].missing) <= definition.reads


def test_a_value_entered_there_clears_the_cell(cells):
    before = cells("420100", calculator="resident_outpatient")["武汉"]
    area = PoolingArea.objects.get(code="420100")
    for row in PolicyValue.objects.filter(area__code="330100", parameter__family="居民门诊"):
        row.pk, row.area = None, area
        row.save()

    assert before.missing == ("居民门诊起付线",)
    assert cells("420100", calculator="resident_outpatient")["武汉"].works


def test_the_day_decides(cells):
    assert cells("610100", on=date(2023, 3, 1))["西安"].works
    assert cells("610100", on=date(2023, 2, 28))["西安"].missing


BIGGEST_CITIES = ["110000", "120000", "310000", "320100", "330100", "420100", "440100", "440300", "500000", "510100"]


def test_each_of_the_biggest_cities_stands_in_the_table_also_where_most_is_missing(cells):
    found = cells(*BIGGEST_CITIES, calculator="employee_outpatient")

    assert len(found) == len(BIGGEST_CITIES)
    assert (found["天津"].works, found["天津"].missing) == (False, ("职工门诊起付线",))
    assert cells("120000", calculator="personal_account_carryover")["天津"].works
