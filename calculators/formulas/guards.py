"""Type guards of formula operands: return the value, or raise a FormulaError that names the type found instead."""

from datetime import date
from decimal import Decimal

from calculators.formulas.errors import FormulaError
from calculators.values.types import UNLIMITED, Bands, Value


def condition(value: Value) -> bool:
    if not isinstance(value, bool):
        raise FormulaError(f"这里要一个条件（是或否），不是{_describe(value)}。")
    return value


def number(value: Value) -> Decimal:
    if not isinstance(value, Decimal):
        raise FormulaError(f"这里要一个数，不是{_describe(value)}。")
    return value


def whole(value: Value) -> int:
    exact = number(value)
    if exact != exact.to_integral_value():
        raise FormulaError(f"这里要一个整数，不是 {exact}。")
    return int(exact)


def moment(value: Value) -> date:
    if not isinstance(value, date):
        raise FormulaError(f"这里要一个日期或月份，不是{_describe(value)}。")
    return value


def items(value: Value) -> tuple[Value, ...]:
    if not isinstance(value, tuple):
        raise FormulaError(f"这里要一列数，不是{_describe(value)}。")
    return value


def numbers(value: Value) -> tuple[Decimal, ...]:
    return tuple(number(item) for item in items(value))


def table(value: Value) -> Bands:
    if not isinstance(value, Bands):
        raise FormulaError(f"第一个参数要一张分段表，不是{_describe(value)}。")
    return value


def _describe(value: Value) -> str:
    if value is UNLIMITED:
        return "“不设限额”"
    words = {bool: "“是”或“否”", Decimal: "一个数", str: f"“{value}”", date: "日期", tuple: "一列数"}
    return words.get(type(value), "分段表")
