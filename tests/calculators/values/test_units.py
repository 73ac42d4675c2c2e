from datetime import date
from decimal import Decimal

import pytest

from calculators.values.types import Band, Bands
from calculators.values.units import show, show_output


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (Decimal("1080"), "CNY", "1,080 元"),
        (Decimal("0.7"), "ratio", "70%"),
        (Decimal("0.01125"), "ratio", "1.125%"),
        (Decimal(2) / 3, "ratio", "66.67%"),
        (Decimal(1) / 3, "ratio", "33.33%"),
        (Decimal("0.89244999999"), "ratio", "89.24%"),
        (Decimal("0.89245000001"), "ratio", "89.25%"),
        (Decimal(1) / 3, "multiple", "0.333333 倍"),
        (date(2026, 3, 1), "month", "2026年3月"),
        (True, "boolean", "是"),
        ((Decimal(2025), Decimal(2026)), "list:years", "2025 年、2026 年"),
        (Decimal(25), "years", "25 年"),
        ((Decimal("1"), Decimal("2.5")), "list:CNY", "1 元、2.50 元"),
    ],
)
def test_a_result_is_shown_in_its_unit(value, unit, shown):
    assert show_output(value, unit) == shown


BONUS = Bands((Band(Decimal(50), Decimal(60), Decimal(2)), Band(Decimal(100), None, Decimal(100))), "age")
SHARES = Bands((Band(None, Decimal(30000), Decimal("0.85")), Band(Decimal(30000), None, Decimal("0.9"), Decimal(1))))


@pytest.mark.parametrize(
    ("bands", "unit", "text"),
    [
        (BONUS, "percentage_point", "50–59 岁：2 个百分点；100 岁以上：100 个百分点"),
        (SHARES, "ratio", "起付线–30,000：85%；30,000 以上：90%–100%"),
    ],
)
def test_a_table_of_bands_is_shown_in_the_unit_of_its_parameter(bands, unit, text):
    assert show(bands, unit) == text
