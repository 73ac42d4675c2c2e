"""What can be said about a formula without any values: unknown names, and kinds that do not go together."""

from collections.abc import Mapping

from calculators.formulas import types
from calculators.formulas.errors import FormulaError, unknown
from calculators.formulas.functions import FUNCTIONS
from calculators.formulas.nodes import Arithmetic, Call, Comparison, Constant, Logic, Name, Negative, Node, Not
from calculators.formulas.types import KindMismatch
from calculators.values.types import UNLIMITED


def infer(node: Node, known: Mapping[str, str]) -> str:
    """The kind of the formula's result; `known` maps each name to its kind. Raises FormulaError."""
    try:
        return _INFER[type(node)](node, known)
    except KindMismatch as mismatch:
        raise FormulaError(str(mismatch), node.column) from mismatch


def _constant(node, known):
    if isinstance(node.value, bool):
        return types.FLAG
    if isinstance(node.value, str):
        return types.TEXT
    if node.value is UNLIMITED:
        return types.ANY
    return types.RATIO if node.typed.endswith("%") else types.PLAIN


def _name(node, known):
    if node.name not in known and node.name in FUNCTIONS:
        raise FormulaError(f"“{node.name}”是函数，后面要写括号。", node.column)
    if node.name not in known:
        raise unknown("量", node.name, known, node.column)
    return known[node.name]


def _arithmetic(node, known):
    left, right = infer(node.left, known), infer(node.right, known)
    if node.sign == "*":
        return types.product(left, right)
    if node.sign == "/":
        return types.quotient(left, right)
    return types.merge(types.numeric(left), types.numeric(right))


def _comparison(node, known):
    operands = [infer(operand, known) for operand in node.operands]
    for sign, left, right in zip(node.signs, operands, operands[1:], strict=False):
        types.compared(left, right, sign)
    return types.FLAG


def _logic(node, known):
    for condition in node.conditions:
        types.flag(infer(condition, known))
    return types.FLAG


def _call(node, known):
    return FUNCTIONS[node.function].kind([infer(argument, known) for argument in node.arguments])


_INFER = {
    Constant: _constant,
    Name: _name,
    Negative: lambda node, known: types.numeric(infer(node.operand, known)),
    Not: lambda node, known: types.flag(infer(node.operand, known)),
    Arithmetic: _arithmetic,
    Comparison: _comparison,
    Logic: _logic,
    Call: _call,
}
