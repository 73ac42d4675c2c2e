"""Explanation of a result: the formula as a reader sees it, with values in place of names: （3,000 − 1,800）× 90%.

Of a choice only the branch taken is shown; a table becomes the sum of its slices, a list that of its elements.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import ClassVar

from calculators.formulas.bands import Slice, by_payment, marginal
from calculators.formulas.evaluate import DECIMAL_CONTEXT, compare, value_of
from calculators.formulas.functions import FUNCTIONS, chosen
from calculators.formulas.guards import items, number, numbers
from calculators.formulas.nodes import (
    Arithmetic,
    Call,
    Comparison,
    Constant,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Scope,
)
from calculators.values.money import grouped, percent
from calculators.values.types import Value

_SIGNS = {"-": "−", "*": "×", "/": "÷", "!=": "≠", "<=": "≤", ">=": "≥"}
_SLICED: Mapping[str, Callable[..., Iterator[Slice]]] = {"分段累计": marginal, "按支付额分段": by_payment}
_SUMMED = {"合计", "对应相乘合计", "超出合计"}
MAX_SUMMED_ITEMS = 12  # shown one by one; a longer list is shown as 合计（名称）
# How tightly each kind of node binds; a looser one inside a tighter one needs brackets.
_LOGIC, _COMPARE, _SUM, _PRODUCT, _ATOM = range(5)
Show = Callable[[str, Value], str]
Read = tuple[str, int]  # the text of a node and how tightly it binds


def substituted(node: Node, scope: Scope, show: Show) -> str:
    """The formula with each name replaced by `show(name, value)`."""
    with localcontext(DECIMAL_CONTEXT):
        text, _ = _Reader(scope, show).read(node)
    return text.replace("） ", "）").replace(" （", "（")


class _Reader:
    def __init__(self, scope: Scope, show: Show):
        self.scope = scope
        self.show = show

    def read(self, node: Node) -> Read:
        return self._READ[type(node)](self, node)

    def _within(self, node: Node, binding: int) -> str:
        text, own = self.read(node)
        return text if own >= binding else f"（{text}）"

    def _constant(self, node: Constant) -> Read:
        return "".join(node.typed.split()), _ATOM

    def _name(self, node: Name) -> Read:
        return self._bracketed(self.show(node.name, self.scope.value(node.name)))

    def _bracketed(self, text: str) -> Read:
        """A negative amount reads as （−3）."""
        return (f"（{text}）" if text.startswith(("-", "−")) else text).replace("-", "−"), _ATOM

    def _negative(self, node: Negative) -> Read:
        return f"−{self._within(node.operand, _PRODUCT)}", _SUM

    def _not(self, node: Not) -> Read:
        return f"非{self._within(node.operand, _ATOM)}", _ATOM

    def _arithmetic(self, node: Arithmetic) -> Read:
        binding = _SUM if node.sign in "+-" else _PRODUCT
        # 甲 −（乙 − 丙）and 甲 ÷（乙 × 丙）keep their brackets on the right.
        right = binding + (node.sign in "-/")
        return (
            f"{self._within(node.left, binding)} {_SIGNS.get(node.sign, node.sign)} {self._within(node.right, right)}",
            binding,
        )

    def _comparison(self, node: Comparison) -> Read:
        text = self._within(node.operands[0], _SUM)
        for sign, left, right in zip(node.signs, node.operands, node.operands[1:], strict=False):
            text += f" {_SIGNS.get(sign, sign)} {self._within(right, _SUM)}"
            if not compare(sign, value_of(left, self.scope), value_of(right, self.scope)):
                break
        return text, _COMPARE

    def _logic(self, node: Logic) -> Read:
        """As far as it had to be looked at: what comes after the deciding condition may have no value."""
        texts = []
        for condition in node.conditions:
            texts.append(self._within(condition, _COMPARE))
            if value_of(condition, self.scope) is (node.word == "或"):
                break
        return f" {node.word} ".join(texts), _LOGIC if len(texts) > 1 else _COMPARE

    def _call(self, node: Call) -> Read:
        if node.function == "如果":
            return self.read(chosen(node.arguments, value_of, self.scope))
        if node.function in _SLICED:
            return self._slices(node)
        if node.function in _SUMMED and len(items(value_of(node.arguments[0], self.scope))) <= MAX_SUMMED_ITEMS:
            return self._sum(node)
        if FUNCTIONS[node.function].names_first:
            return self._bracketed(self.show("", value_of(node, self.scope)))
        return f"{node.function}（{'，'.join(self.read(argument)[0] for argument in node.arguments)}）", _ATOM

    def _slices(self, node: Call) -> Read:
        arguments = [value_of(argument, self.scope) for argument in node.arguments]
        pieces = [
            f"{self._amount(piece.amount)} × {percent(piece.ratio)}" for piece in _SLICED[node.function](*arguments)
        ]
        return self._added(pieces)

    def _sum(self, node: Call) -> Read:
        return self._added(list(self._PIECES[node.function](self, *node.arguments)))

    def _added(self, pieces: Sequence[str]) -> Read:
        """500 × 10% + 200 × 20%; nothing to add is 0."""
        return (" + ".join(pieces), _SUM if len(pieces) > 1 else _PRODUCT) if pieces else ("0", _ATOM)

    def _each(self, elements: Node) -> list[str]:
        name = elements.name if isinstance(elements, Name) else ""
        return [self.show(name, (element,)) for element in items(value_of(elements, self.scope))]

    def _products(self, one: Node, other: Node) -> Iterator[str]:
        return (f"{first} × {second}" for first, second in zip(self._each(one), self._each(other), strict=True))

    def _excesses(self, elements: Node, limit: Node) -> Iterator[str]:
        """An element that does not reach the limit adds nothing."""
        most, shown = value_of(limit, self.scope), self._within(limit, _PRODUCT)
        amounts = zip(numbers(value_of(elements, self.scope)), self._each(elements), strict=True)
        return (f"（{text} − {shown}）" if amount > number(most) else "0" for amount, text in amounts)

    def _amount(self, amount: Decimal) -> str:
        return grouped(round(amount, 2))

    _PIECES: ClassVar[Mapping[str, Callable[..., Iterable[str]]]] = {
        "合计": _each,
        "对应相乘合计": _products,
        "超出合计": _excesses,
    }
    _READ: ClassVar[Mapping[type[Node], Callable[..., Read]]] = {
        Constant: _constant,
        Name: _name,
        Negative: _negative,
        Not: _not,
        Arithmetic: _arithmetic,
        Comparison: _comparison,
        Logic: _logic,
        Call: _call,
    }
