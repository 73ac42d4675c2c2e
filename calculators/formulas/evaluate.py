"""Evaluation of formulas: Decimal arithmetic over a scope of names, exact and bounded.

Every intermediate number stays within ±10¹⁵. 不设限额 is above every number: it can be compared,
chosen between, and have a number added or taken away; anything else with it is an error.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext

from calculators.formulas.errors import FormulaError
from calculators.formulas.functions import FUNCTIONS
from calculators.formulas.guards import condition, number
from calculators.formulas.nodes import (
    Arithmetic,
    ArithmeticSign,
    Call,
    Comparison,
    ComparisonSign,
    Constant,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Scope,
)
from calculators.formulas.parser import MAX_AMOUNT
from calculators.values.types import UNLIMITED, Unlimited, Value

DECIMAL_CONTEXT = Context(prec=34, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])
_ARITHMETIC: Mapping[ArithmeticSign, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_COMPARISON: Mapping[ComparisonSign, Callable[..., bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def evaluate(node: Node, scope: Scope) -> Value:
    """The value of the whole formula; raises FormulaError, or what the scope raises for a name."""
    with localcontext(DECIMAL_CONTEXT):
        return value_of(node, scope)


def value_of(node: Node, scope: Scope) -> Value:
    """The value of one node, within an evaluation."""
    try:
        return _EVALUATE[type(node)](node, scope)
    except FormulaError as error:
        error.column = error.column or node.column
        raise


def _name(node: Name, scope: Scope) -> Value:
    return scope.value(node.name)


def _negative(node: Negative, scope: Scope) -> Decimal:
    return -number(value_of(node.operand, scope))


def _not(node: Not, scope: Scope) -> bool:
    return not condition(value_of(node.operand, scope))


def _arithmetic(node: Arithmetic, scope: Scope) -> Decimal | Unlimited:
    left, right = value_of(node.left, scope), value_of(node.right, scope)
    if UNLIMITED in (left, right):
        return _with_unlimited(node.sign, left, right)
    try:
        result = _ARITHMETIC[node.sign](number(left), number(right))
    except (DivisionByZero, InvalidOperation) as error:
        raise FormulaError("除数是 0，不能相除。", node.column) from error
    _check_size(result)
    return result


def _with_unlimited(sign: ArithmeticSign, left: Value, right: Value) -> Unlimited:
    other = right if left is UNLIMITED else left
    if isinstance(other, Decimal) and (sign == "+" or (sign == "-" and left is UNLIMITED)):
        return UNLIMITED
    raise FormulaError("“不设限额”不是一个数，不能这样计算。")


def _comparison(node: Comparison, scope: Scope) -> bool:
    left = value_of(node.operands[0], scope)
    for sign, operand in zip(node.signs, node.operands[1:], strict=True):
        right = value_of(operand, scope)
        if not compare(sign, left, right):
            return False
        left = right
    return True


def compare(sign: ComparisonSign, left: Value, right: Value) -> bool:
    """`left sign right`; texts and conditions can only be the same or not."""
    if sign in {"=", "!="}:
        return _COMPARISON[sign](left, right)
    return _COMPARISON[sign](*_orderable(left, right))


def _orderable(left: Value, right: Value) -> tuple[Decimal, Decimal] | tuple[date, date]:
    if UNLIMITED in (left, right):
        return _limit(left), _limit(right)
    if isinstance(left, date) and isinstance(right, date):
        return left, right
    return number(left), number(right)


def _limit(value: Value) -> Decimal:
    return Decimal("Infinity") if value is UNLIMITED else number(value)


def _logic(node: Logic, scope: Scope) -> bool:
    conditions = (condition(value_of(part, scope)) for part in node.conditions)
    return all(conditions) if node.word == "且" else any(conditions)


def _call(node: Call, scope: Scope) -> Value:
    function = FUNCTIONS[node.function]
    if function.lazy:
        return function.apply(node.arguments, value_of, scope)
    arguments = [value_of(argument, scope) for argument in node.arguments]
    try:
        result = function.apply(*arguments)
    except FormulaError:
        raise
    except ArithmeticError as error:
        raise FormulaError(f"参数不合适，应写成 {function.usage}。") from error
    _check_size(result)
    return result


def _check_size(value: Value) -> None:
    if isinstance(value, Decimal) and not -MAX_AMOUNT <= value <= MAX_AMOUNT:
        raise FormulaError("算出来的数太大，请检查。")


_EVALUATE: Mapping[type[Node], Callable[..., Value]] = {
    Constant: lambda node, scope: node.value,
    Name: _name,
    Negative: _negative,
    Not: _not,
    Arithmetic: _arithmetic,
    Comparison: _comparison,
    Logic: _logic,
    Call: _call,
}
