"""Values for formulas in tests, and ways to evaluate one."""

from datetime import date
from decimal import Decimal

import pytest

from calculators.formulas import FormulaError, compile_formula
from calculators.formulas.errors import unknown
from calculators.values.types import UNLIMITED, Band, Bands
from calculators.values.units import show_in_formula

INPATIENT = Bands(
    (
        Band(None, Decimal(30000), Decimal("0.85")),
        Band(Decimal(30000), Decimal(40000), Decimal("0.90")),
        Band(Decimal(40000), Decimal(100000), Decimal("0.95")),
    )
)
BY_PAYMENT = Bands((Band(Decimal(0), Decimal(20000), Decimal("0.9")), Band(Decimal(20000), None, Decimal("0.6"))))
AGE_BONUS = Bands((Band(Decimal(50), Decimal(60), Decimal(2)), Band(Decimal(60), Decimal(70), Decimal(4))))
VALUES = {
    "费用": Decimal(3000),
    "起付线": Decimal(1800),
    "支付比例": Decimal("0.9"),
    "封顶线": UNLIMITED,
    "身份": "在职",
    "各次费用": (Decimal(200), Decimal(80), Decimal(90)),
    "各自比例": (Decimal("0.1"), Decimal("0.2"), Decimal(0)),
    "无": (),
    "十三个一": (Decimal(1),) * 13,
    "住院表": INPATIENT,
    "门诊表": BY_PAYMENT,
    "年龄加成": AGE_BONUS,
    "停保月": date(2026, 1, 1),
    "生日": date(1956, 7, 15),
    "已断缴": True,
}
UNITS = {"起付线": "元/年"}


class Names:
    """A scope of plain values; what is missing from it is an unknown name."""

    def __init__(self, values, units=None):
        self.values = values
        self.units = units or {}

    def value(self, name):
        if name not in self.values:
            raise unknown("量", name, self.values)
        return self.values[name]

    def unit(self, name):
        self.value(name)
        return self.units.get(name, "")

    def is_set(self, name):
        return name in self.values

    def is_filled_in(self, name):
        return name in self.values

    def previous(self, name, otherwise):
        return self.values[name] if name in self.values else otherwise()


def result(formula):
    return compile_formula(formula).evaluate(Names(VALUES, UNITS))


def failure(formula):
    with pytest.raises(FormulaError) as caught:
        result(formula)
    return str(caught.value)


def shown(formula):
    return compile_formula(formula).substituted(
        Names(VALUES, UNITS), lambda name, value: show_in_formula(value, "ratio" if "比例" in name else "CNY")
    )
