"""Static check of a formula, without values: unknown names, and kinds that do not fit together."""

from collections.abc import Callable, Mapping

from calculators.formulas import types
from calculators.formulas.errors import FormulaError, unknown
from calculators.formulas.functions import FUNCTIONS
from calculators.formulas.nodes import Arithmetic, Call, Comparison, Constant, Logic, Name, Negative, Node, Not
from calculators.formulas.types import Kind, KindMismatch
from calculators.values.types import UNLIMITED

Known = Mapping[str, Kind]


def infer(node: Node, known: Known) -> Kind:
    """The kind of the formula's result; `known` maps each name to its kind. Raises FormulaError."""
    try:
        return _INFER[type(node)](node, known)
    except KindMismatch as mismatch:
        raise FormulaError(str(mismatch), node.column) from mismatch


def _constant(node: Constant, known: Known) -> Kind:
    if isinstance(node.value, bool):
        return types.FLAG
    if isinstance(node.value, str):
        return types.TEXT
    if node.value is UNLIMITED:
        return types.ANY
    return types.RATIO if node.typed.endswith("%") else types.PLAIN


def _name(node: Name, known: Known) -> Kind:
    if node.name not in known and node.name in FUNCTIONS:
        raise FormulaError(f"“{node.name}”是函数，后面要写括号。", node.column)
    if node.name not in known:
        raise unknown("量", node.name, known, node.column)
    return known[node.name]


def _arithmetic(node: Arithmetic, known: Known) -> Kind:
    left, right = infer(node.left, known), infer(node.right, known)
    if node.sign == "*":
        return types.product(left, right)
    if node.sign == "/":
        return types.quotient(left, right)
    return types.merge(types.numeric(left), types.numeric(right))


def _comparison(node: Comparison, known: Known) -> Kind:
    operands = [_operand(operand, node, known) for operand in node.operands]
    for sign, left, right in zip(node.signs, operands, operands[1:], strict=False):
        types.compared(left, right, sign)
    return types.FLAG


def _operand(operand: Node, comparison: Comparison, known: Known) -> Kind:
    """The kind of one side; a name that nothing has, beside an answer in words, was meant as one of its options."""
    asked = [known.get(other.name) for other in comparison.operands if isinstance(other, Name)]
    if isinstance(operand, Name) and operand.name not in known and types.TEXT in asked:
        sentence = f"没有叫“{operand.name}”的量。选项要放在引号里：“{operand.name}”。"
        raise FormulaError(sentence, operand.column)
    return infer(operand, known)


def _logic(node: Logic, known: Known) -> Kind:
    for condition in node.conditions:
        types.flag(infer(condition, known))
    return types.FLAG


def _call(node: Call, known: Known) -> Kind:
    return FUNCTIONS[node.function].kind([infer(argument, known) for argument in node.arguments])


def _negative(node: Negative, known: Known) -> Kind:
    return types.numeric(infer(node.operand, known))


def _not(node: Not, known: Known) -> Kind:
    return types.flag(infer(node.operand, known))


_INFER: Mapping[type[Node], Callable[..., Kind]] = {
    Constant: _constant,
    Name: _name,
    Negative: _negative,
    Not: _not,
    Arithmetic: _arithmetic,
    Comparison: _comparison,
    Logic: _logic,
    Call: _call,
}
