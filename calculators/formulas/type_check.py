"""What can be said about a formula without any values: unknown names, and kinds that do not go together."""

from collections.abc import Mapping

from calculators.formulas import kinds
from calculators.formulas.errors import FormulaError, unknown
from calculators.formulas.functions import FUNCTIONS
from calculators.formulas.kinds import KindMismatch
from calculators.formulas.nodes import Arithmetic, Call, Comparison, Constant, Logic, Name, Negative, Node, Not
from calculators.values import UNLIMITED


def infer(node: Node, known: Mapping[str, str]) -> str:
    """The kind of the formula's result; `known` maps each name to its kind. Raises FormulaError."""
    try:
        return _INFER[type(node)](node, known)
    except KindMismatch as mismatch:
        raise FormulaError(str(mismatch), node.column) from mismatch


def _constant(node, known):
    if isinstance(node.value, bool):
        return kinds.FLAG
    if isinstance(node.value, str):
        return kinds.TEXT
    if node.value is UNLIMITED:
        return kinds.ANY
    return kinds.RATIO if node.typed.endswith("%") else kinds.PLAIN


def _name(node, known):
    if node.name not in known and node.name in FUNCTIONS:
        raise FormulaError(f"“{node.name}”是函数，后面要写括号。", node.column)
    if node.name not in known:
        raise unknown("量", node.name, known, node.column)
    return known[node.name]


def _arithmetic(node, known):
    left, right = infer(node.left, known), infer(node.right, known)
    if node.sign == "*":
        return kinds.product(left, right)
    if node.sign == "/":
        return kinds.quotient(left, right)
    return kinds.merge(kinds.numeric(left), kinds.numeric(right))


def _comparison(node, known):
    operands = [infer(operand, known) for operand in node.operands]
    for sign, left, right in zip(node.signs, operands, operands[1:], strict=False):
        kinds.compared(left, right, sign)
    return kinds.FLAG


def _logic(node, known):
    for condition in node.conditions:
        kinds.flag(infer(condition, known))
    return kinds.FLAG


def _call(node, known):
    return FUNCTIONS[node.function].kind([infer(argument, known) for argument in node.arguments])


_INFER = {
    Constant: _constant,
    Name: _name,
    Negative: lambda node, known: kinds.numeric(infer(node.operand, known)),
    Not: lambda node, known: kinds.flag(infer(node.operand, known)),
    Arithmetic: _arithmetic,
    Comparison: _comparison,
    Logic: _logic,
    Call: _call,
}
