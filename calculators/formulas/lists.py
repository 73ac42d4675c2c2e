"""List functions of formulas. Lists are tuples of at most MAX_LIST_ITEMS elements."""

from decimal import Decimal

from calculators.formulas.errors import FormulaError
from calculators.formulas.guards import items, number, numbers, whole
from calculators.values.types import Value

MAX_LIST_ITEMS = 120  # ten years of months
ZERO = Decimal(0)


def summed(given: Value) -> Decimal:
    return sum(numbers(given), ZERO)


def count(given: Value) -> Decimal:
    return Decimal(len(items(given)))


def contains(given: Value, wanted: Value) -> bool:
    return wanted in items(given)


def pick(given: Value, place: Value) -> Value:
    """The element at `place`, counted from 1; nothing there counts as 0."""
    index = whole(place) - 1
    return items(given)[index] if 0 <= index < len(items(given)) else ZERO


def last(given: Value) -> Value:
    if not items(given):
        raise FormulaError("这一列是空的，没有最后一项。")
    return items(given)[-1]


def excess(given: Value, limit: Value) -> Decimal:
    return sum((max(ZERO, item - number(limit)) for item in numbers(given)), ZERO)


def products(one: Value, other: Value) -> Decimal:
    firsts, seconds = numbers(one), numbers(other)
    if len(firsts) != len(seconds):
        raise FormulaError(f"两列的项数不同：{len(firsts)} 项和 {len(seconds)} 项。")
    return sum((first * second for first, second in zip(firsts, seconds, strict=True)), ZERO)
