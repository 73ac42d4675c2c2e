from datetime import date
from decimal import Decimal

import pytest

from calculators.values.units import show_output


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (Decimal("1080"), "CNY", "1,080.00 元"),
        (Decimal("0.7"), "ratio", "70%"),
        (Decimal("0.01125"), "ratio", "1.125%"),
        (Decimal(2) / 3, "ratio", "66.67%"),
        (Decimal(1) / 3, "ratio", "33.33%"),
        (Decimal("0.89244999999"), "ratio", "89.24%"),
        (Decimal("0.89245000001"), "ratio", "89.25%"),
        (Decimal(1) / 3, "multiple", "0.333333 倍"),
        (date(2026, 3, 1), "month", "2026年3月"),
        (True, "boolean", "是"),
        ((Decimal("1"), Decimal("2.5")), "list:CNY", "1.00 元、2.50 元"),
    ],
)
def test_a_result_is_shown_in_its_unit(value, unit, shown):
    assert show_output(value, unit) == shown
