"""What can be asked of a list. Lists are tuples of at most MAX_ITEMS elements."""

from decimal import Decimal

from calculators.formulas.errors import FormulaError
from calculators.formulas.guards import items, number, numbers, whole

MAX_ITEMS = 120
ZERO = Decimal(0)


def summed(given):
    return sum(numbers(given), ZERO)


def count(given):
    return Decimal(len(items(given)))


def contains(given, wanted):
    return wanted in items(given)


def pick(given, place):
    """The element at `place`, counted from 1; nothing there counts as 0."""
    index = whole(place) - 1
    return items(given)[index] if 0 <= index < len(items(given)) else ZERO


def last(given):
    if not items(given):
        raise FormulaError("这一列是空的，没有最后一项。")
    return given[-1]


def excess(given, limit):
    return sum((max(ZERO, item - number(limit)) for item in numbers(given)), ZERO)


def products(one, other):
    if len(numbers(one)) != len(numbers(other)):
        raise FormulaError(f"两列的项数不同：{len(one)} 项和 {len(other)} 项。")
    return sum((first * second for first, second in zip(one, other, strict=True)), ZERO)
