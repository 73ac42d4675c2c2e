from decimal import Decimal

import pytest

from calculators.values.spellings import chinese_number, normalised, typed_pattern
from calculators.values.types import UNLIMITED


def finds(text, value, unit="CNY/year"):
    return bool(typed_pattern(Decimal(value), unit).search(normalised(text)))


@pytest.mark.parametrize(
    "text", ["起付线1800元", "1,800 元", "1800 元", "１８００元", "一千八百元", "一千八元", "1800.00元", "1,800元"]
)
def test_every_usual_spelling_of_an_amount_is_found(text):
    assert finds(text, 1800)


@pytest.mark.parametrize("text", ["11800元", "1800.5元", "1,1800元", "1800人", "二万一千八百元", "1800年", "18000元"])
def test_another_number_is_not_taken_for_it(text):
    assert not finds(text, 1800)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2万元", 20000),
        ("两万元", 20000),
        ("二万元", 20000),
        ("1.2 万元", 12000),
        ("一万二千元", 12000),
        ("20,000元", 20000),
    ],
)
def test_ten_thousands_are_found(text, value):
    assert finds(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("报销70%", "0.7"),
        ("70％", "0.7"),
        ("百分之七十", "0.7"),
        ("七成", "0.7"),
        ("八成五", "0.85"),
        ("62.5%", "0.625"),
    ],
)
def test_a_ratio_is_found(text, value):
    assert finds(text, value, "ratio")


@pytest.mark.parametrize(
    ("text", "value"), [("170%", "0.7"), ("七成五", "0.7"), ("百分之七十五", "0.7"), ("70元", "0.7")]
)
def test_another_ratio_is_not(text, value):
    assert not finds(text, value, "ratio")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3个月", 3, "months"),
        ("三 个月", 3, "months"),
        ("二十五年", 25, "years"),
        ("20个百分点", 20, "percentage_point"),
    ],
)
def test_other_units_are_found(text, value, unit):
    assert finds(text, value, unit)


def test_what_is_no_number_is_not_looked_for():
    assert typed_pattern(UNLIMITED, "CNY") is None
    assert typed_pattern(True, "boolean") is None
    assert typed_pattern("定额划入", "text") is None


@pytest.mark.parametrize(
    ("number", "spelled"),
    [
        (0, "零"),
        (10, "十"),
        (15, "十五"),
        (105, "一百零五"),
        (1800, "一千八百"),
        (1080, "一千零八十"),
        (20400, "二万零四百"),
        (12000, "一万二千"),
        (500000, "五十万"),
        (100000000, "一亿"),
    ],
)
def test_a_number_in_chinese(number, spelled):
    assert chinese_number(number) == spelled
