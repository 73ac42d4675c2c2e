from datetime import date

import pytest

from calculators.models import Dimension, Parameter, PolicyDocument, PolicyValue, PoolingArea
from calculators.policies.plausibility import outliers

pytestmark = pytest.mark.django_db
FIRST, NEXT = date(2026, 1, 1), date(2027, 1, 1)


@pytest.fixture
def make():
    """Store a value of a parameter made for the test: make("试验金额", "1800", NEXT)."""

    def store(name, written, first_day=NEXT, *, unit="CNY", conditions=None, **rules):
        shape = {"ratio": "ratio", "percentage_point": "count"}.get(unit, "amount")
        defaults = {"code": f"test.{name}", "family": "试验", "shape": shape, "unit": unit} | rules
        parameter, _ = Parameter.objects.get_or_create(name=name, defaults=defaults)
        parameter.dimensions.set(Dimension.objects.all())
        value = PolicyValue(
            parameter=parameter,
            area=PoolingArea.objects.get(code="110000"),
            unit=unit,
            conditions=conditions or {},
            effective_from=first_day,
            document=PolicyDocument.objects.first(),
        )
        value.written = written
        value.full_clean()
        value.save()
        return value

    return store


def told(value, **kwargs):
    return outliers([value], **kwargs).get(value.pk, [])


@pytest.mark.parametrize(("now", "is_told"), [("1300", False), ("1301", True), ("700", False), ("699", True)])
def test_a_jump_of_more_than_thirty_percent_is_told(make, now, is_told):
    make("试验金额", "1000", FIRST)

    assert bool(told(make("试验金额", now))) == is_told


def test_a_jump_names_the_earlier_number_and_its_day(make):
    make("试验金额", "1800", FIRST)

    assert told(make("试验金额", "18000")) == ["比原来的 1800（2026年1月1日起）高了 900%。"]


def test_a_replaced_number_is_compared_with_itself(make):
    value = make("试验金额", "1800")

    assert told(value, replaced={value.pk: 100}) == ["比原来的 100高了 1700%。"]


def test_another_unit_than_before_is_told(make):
    make("试验金额", "200", FIRST, other_units=["CNY/visit"])

    assert told(make("试验金额", "200", unit="CNY/visit")) == ["单位和上一个数不同：上一个是“200 元”。"]


@pytest.mark.parametrize(
    ("written", "unit", "sentences"),
    [
        ("80", "ratio", ["比例写成了 80，是不是想写 0.8？"]),
        ("1", "ratio", []),
        ("0.1", "percentage_point", ["百分点写成了 0.1，是不是想写 10？"]),
        ("1", "percentage_point", []),
    ],
)
def test_a_misplaced_point_is_told(make, written, unit, sentences):
    assert told(make("试验比例", written, unit=unit)) == sentences


def test_a_ceiling_below_the_deductible_is_told_from_both_sides(make):
    floor = make("试验起付线", "1800", FIRST)
    ceiling = make("试验封顶线", "180", FIRST, at_least=floor.parameter)

    assert told(ceiling) == ["低于试验起付线（1,800 元）。"]
    assert told(floor) == ["高于试验封顶线（180 元）。"]
    assert told(make("试验封顶线", "1800", NEXT)) != ["低于试验起付线（1,800 元）。"]


@pytest.mark.parametrize(
    ("order", "lower", "higher", "is_told"),
    [
        ("rises", "200", "100", True),
        ("rises", "100", "200", False),
        ("falls", "0.7", "0.8", True),
        ("falls", "0.8", "0.7", False),
    ],
)
def test_hospital_levels_in_the_wrong_order_are_told(make, order, lower, higher, is_told):
    level1, level3 = ({"hospital_level": [level], "person_type": ["retired"]} for level in ("level1", "level3"))
    one = make("试验等级", lower, conditions=level1, level_order=order)
    other = make("试验等级", higher, conditions=level3)

    assert bool(told(one)) == bool(told(other)) == is_told


def test_levels_of_other_people_are_not_compared(make):
    make("试验等级", "200", conditions={"hospital_level": ["level1"], "person_type": ["retired"]}, level_order="rises")
    value = make("试验等级", "100", conditions={"hospital_level": ["level3"], "person_type": ["in_service"]})

    assert told(value) == []


def test_many_values_are_looked_at_in_one_query(make, django_assert_num_queries):
    values = list(PolicyValue.objects.with_source()[:300])

    with django_assert_num_queries(1):
        outliers(values)
