from datetime import date

import pytest

from calculators.policies.in_force import values_in_force
from calculators.policies.matrices import matrix
from calculators.values.types import ParameterNotInForce
from calculators.values.units import show

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def table(parameter, area, on=DAY, **asked):
    return matrix(values_in_force([parameter], area=area, on=DAY), parameter, on, asked)


def written(found):
    rows = {row.label: [cell and show(cell.value, cell.unit) for cell in row.cells] for row in found.rows}
    return found.columns, rows


def test_five_tables_of_bands_are_one_matrix_whose_alike_hospitals_share_a_column():
    assert written(table("职工门诊分段支付比例", "110000")) == (
        ("社区", "一级、二级、三级"),
        {
            "在职": ["0–20,000：90%；20,000 以上：60%", "0–20,000：70%；20,000 以上：60%"],
            "退休·69岁及以下": ["0–20,000：90%；20,000 以上：80%", "0–20,000：85%；20,000 以上：80%"],
            "退休·70岁及以上": ["0–20,000：90%；20,000 以上：80%", "0–20,000：90%；20,000 以上：80%"],
        },
    )


def test_a_matrix_has_rather_lines_than_columns():
    assert written(table("职工门诊支付比例", "530100")) == (
        ("在职", "退休"),
        {"一级": ["60%", "65%"], "二级": ["55%", "60%"], "三级": ["50%", "55%"]},
    )


def test_figures_that_differ_by_one_condition_are_a_matrix_of_lines():
    assert written(table("职工门诊起付线", "110000")) == ((), {"在职": ["1,800 元"], "退休": ["1,300 元"]})


def test_a_condition_that_is_asked_is_no_line_of_the_matrix():
    assert written(table("职工门诊支付比例", "530100", person_type="retired")) == (
        (),
        {"一级": ["65%"], "二级": ["60%"], "三级": ["55%"]},
    )


def test_what_all_figures_of_a_matrix_share_is_said_once():
    assert table("居民医保个人缴费", "310000").of == "居民"
    assert table("居民医保个人缴费", "310000", person_type="resident").of == ""


def test_a_matrix_of_another_day_has_the_figures_of_that_day():
    assert (
        written(table("职工门诊起付线", "420100", date(2023, 4, 9)))[1]
        != written(table("职工门诊起付线", "420100", date(2023, 4, 10)))[1]
    )


def test_a_matrix_without_a_figure_is_refused_with_a_sentence():
    with pytest.raises(ParameterNotInForce, match="没有生效的“职工门诊起付线”"):
        table("职工门诊起付线", "520100")
