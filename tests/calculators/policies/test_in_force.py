from datetime import date

import pytest

from calculators.models import Dimension, Parameter, PolicyDocument, PolicyValue, PoolingArea
from calculators.policies.in_force import values_in_force
from calculators.values.types import ParameterNotInForce
from calculators.values.units import show

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def parameter():
    return Parameter.objects.create(code="test.amount", name="试验金额", family="试验", shape="amount", unit="CNY")


def area(code):
    return PoolingArea.objects.get(code=code)


def set_value(parameter, written, effective_from, *, code="110000", conditions=None, unit="CNY", **fields):
    document = PolicyDocument.objects.get(slug="bj_op_2023")
    value = PolicyValue(
        parameter=parameter,
        area=area(code),
        conditions=conditions or {},
        unit=unit,
        effective_from=effective_from,
        document=document,
        **fields,
    )
    value.written = written
    value.full_clean()
    value.save()
    return value


def in_force(parameter, *, area, on, **dimensions):
    return values_in_force([parameter], area=area, on=on).get(parameter, **dimensions)


def amount(on, code="110000", **dimensions):
    return in_force("test.amount", area=code, on=on, **dimensions).value


def test_a_value_holds_from_its_first_day_until_the_next_one(parameter):
    set_value(parameter, "1800", date(2023, 1, 1))
    set_value(parameter, "1900", date(2024, 1, 1))

    assert amount(date(2023, 1, 1)) == 1800
    assert amount(date(2023, 12, 31)) == 1800
    assert amount(date(2024, 1, 1)) == 1900


def test_the_day_before_the_first_has_no_value(parameter):
    set_value(parameter, "1800", date(2023, 1, 1))

    with pytest.raises(ParameterNotInForce, match="北京在2022年12月31日没有生效的“试验金额”"):
        amount(date(2022, 12, 31))


def test_another_area_never_lends_its_value(parameter):
    set_value(parameter, "1800", date(2023, 1, 1))

    with pytest.raises(ParameterNotInForce, match="上海"):
        amount(DAY, code="310000")


def test_an_end_ends_without_a_successor(parameter):
    set_value(parameter, "1800", date(2023, 1, 1))
    set_value(parameter, "停止执行", date(2024, 1, 1))

    assert amount(date(2023, 12, 31)) == 1800
    with pytest.raises(ParameterNotInForce, match="没有生效的“试验金额”。这个数值自2024年1月1日起停止执行。"):
        amount(date(2024, 1, 1))


@pytest.mark.parametrize(
    ("inherits", "from_province", "from_nation"), [("none", None, None), ("province", 1, None), ("nation", 1, 2)]
)
def test_an_area_inherits_only_what_the_parameter_declares(parameter, inherits, from_province, from_nation):
    parameter.inherits = inherits
    parameter.save()
    set_value(parameter, "1", date(2023, 1, 1), code="440000")
    set_value(parameter, "2", date(2023, 1, 1), code="CN")

    def found(code):
        try:
            return amount(DAY, code=code)
        except ParameterNotInForce:
            return None

    assert found("440300") == from_province
    assert found("110000") == from_nation


def test_a_county_inherits_through_its_city_and_province(parameter):
    parameter.inherits = "nation"
    parameter.save()
    set_value(parameter, "2", date(2023, 1, 1), code="CN")

    assert amount(DAY, code="320481") == 2


def test_an_inherited_value_says_whose_it_is(parameter):
    parameter.inherits = "province"
    parameter.save()
    set_value(parameter, "1", date(2023, 1, 1), code="440000")

    figure = in_force("test.amount", area="440300", on=DAY)

    assert (figure.inherited, figure.area_name) == (True, "广东")
    assert "沿用广东的规定，本地没有单独的标准。" in figure.citation.cautions


def test_a_national_bound_is_labelled_as_an_estimate(db):
    figure = in_force("offsite.transfer.reduction_max_pp", area="110000", on=DAY, category="transfer")

    assert figure.bound == "upper"
    assert "按国家上限估算，本地标准未收录。" in figure.citation.cautions


def test_the_nation_asked_about_itself_is_no_estimate(db):
    figure = in_force("resident.personal_contribution_min", area="CN", on=DAY, person_type="resident")

    assert figure.bound == ""
    assert not any("估算" in caution for caution in figure.citation.cautions)


def test_the_own_value_beats_the_inherited_one(parameter):
    parameter.inherits = "nation"
    parameter.save()
    set_value(parameter, "2", date(2023, 1, 1), code="CN")
    set_value(parameter, "1", date(2023, 1, 1))

    assert amount(DAY) == 1


def test_the_row_inside_the_other_wins(db):
    figure = in_force("employee.outpatient.deductible", area="450100", on=DAY, hospital_level="level1", version="2024")

    assert figure.value == 100


@pytest.mark.parametrize(("age", "first_band"), [(69, "85%"), (70, "90%")])
def test_an_age_range_includes_both_its_ends(age, first_band):
    figure = in_force(
        "职工门诊分段支付比例", area="110000", on=DAY, person_type="retired", hospital_level="level3", age=age
    )

    assert first_band in show(figure.value, figure.unit)


def test_a_missing_answer_is_told_with_what_there_is(db):
    with pytest.raises(ParameterNotInForce, match="退休·社区·70岁及以上"):
        in_force("职工门诊分段支付比例", area="110000", on=DAY, person_type="retired")


def test_no_limit_is_a_value_of_its_own(db):
    assert str(in_force("employee.outpatient.cap", area="110000", on=DAY).value) == "不设限额"


@pytest.mark.parametrize(
    ("day", "deductible", "ends"), [(date(2023, 4, 9), 700, date(2023, 4, 10)), (date(2023, 4, 10), 0, None)]
)
def test_zero_is_a_value_and_a_figure_knows_when_it_ends(day, deductible, ends):
    figure = in_force("employee.outpatient.deductible", area="420100", on=day, person_type="in_service")

    assert (figure.value, figure.until) == (deductible, ends)


def test_an_unverified_value_of_unknown_first_day_says_both(db):
    cautions = in_force("retirement.min_total_years", area="110000", on=date(2018, 1, 1), sex="male").citation.cautions

    assert cautions[0].startswith("待核实")
    assert cautions[1].startswith("起始日未核")
    assert "所问日期早于" in cautions[2]


@pytest.mark.parametrize(("day", "is_late"), [(date(2026, 7, 1), False), (date(2026, 7, 2), True)])
def test_a_value_past_its_review_day_says_so(day, is_late):
    cautions = in_force(
        "flexible.medical.fixed_monthly", area="110000", on=day, person_type="flexible"
    ).citation.cautions

    assert any("已过复核日" in caution for caution in cautions) == is_late


@pytest.mark.parametrize(
    ("today", "sentence"),
    [
        (date(2026, 7, 1), "所问的日子晚于复核日（2026年7月1日），到时可能已有新标准。"),
        (date(2026, 7, 2), "已过复核日（2026年7月1日），可能已有新标准。"),
    ],
)
def test_a_value_whose_review_day_only_the_day_asked_about_is_past_says_that_of_the_day(today, sentence):
    values = values_in_force(["flexible.medical.fixed_monthly"], area="110000", on=date(2026, 12, 1), today=today)

    assert sentence in values.get("flexible.medical.fixed_monthly", person_type="flexible").citation.cautions


def test_all_values_of_a_calculation_take_one_query(django_assert_num_queries):
    names = ["职工门诊起付线", "职工门诊支付比例", "职工门诊封顶线", "职工门诊分段支付比例"]
    with django_assert_num_queries(1):
        values = values_in_force(names, area="510100", on=DAY)
        values.get("职工门诊起付线", person_type="in_service")
        values.get("职工门诊支付比例", person_type="in_service", hospital_level="level3")


def test_rows_that_no_rule_could_choose_between_are_refused(db):
    parameter = Parameter.objects.get(code="employee.outpatient.deductible")
    with pytest.raises(Exception, match="互不包含"):
        set_value(parameter, "5", date(2026, 1, 1), conditions={"hospital_level": ["level1"]}, unit="CNY/year")


def test_crossing_rows_may_follow_one_another_but_never_meet(parameter):
    parameter.dimensions.set(Dimension.objects.filter(code__in=["person_type", "hospital_level"]))
    retired, level1 = {"person_type": ["retired"]}, {"hospital_level": ["level1"]}
    set_value(parameter, "1", date(2023, 1, 1), conditions=retired)
    end = set_value(parameter, "停止执行", date(2024, 1, 1), conditions=retired)
    set_value(parameter, "2", date(2024, 1, 1), conditions=level1)
    asked = {"person_type": "retired", "hospital_level": "level1"}
    assert (amount(date(2023, 12, 31), **asked), amount(date(2024, 1, 1), **asked)) == (1, 2)

    end.delete()

    with pytest.raises(ParameterNotInForce, match="有两行交叉"):
        amount(date(2024, 1, 1), **asked)


def test_an_end_of_one_condition_is_not_said_of_a_value_that_still_holds(parameter):
    parameter.dimensions.set(Dimension.objects.filter(code="person_type"))
    set_value(parameter, "1800", date(2023, 1, 1), conditions={"person_type": ["retired"]})
    set_value(parameter, "停止执行", date(2024, 1, 1), conditions={"person_type": ["retired"]})
    set_value(parameter, "1500", date(2023, 1, 1), conditions={"person_type": ["in_service"]})

    with pytest.raises(ParameterNotInForce, match="这一天收录的有：在职。"):
        amount(DAY, person_type="retired")
