"""Explanation of a result: the formula as a reader sees it, with values in place of names: （3,000 − 1,800）× 90%.

Of a choice only the branch taken is shown; a table becomes the sum of its slices, a list that of its elements. What
changes nothing is left out (+ 0, × 1, a limit that is not reached), and a limit that decides is told in words.
"""

import re
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
from calculators.values.types import UNLIMITED, Value

_SIGNS = {"-": "−", "*": "×", "/": "÷", "!=": "≠", "<=": "≤", ">=": "≥"}
_SLICED: Mapping[str, Callable[..., Iterator[Slice]]] = {"分段累计": marginal, "按支付额分段": by_payment}
_SUMMED = {"合计", "对应相乘合计", "超出合计"}
_LOOKED_UP = {"第几项", "末项", "查表"}  # shown as what was found
_UNCHANGING = {
    ("+", "0"),
    ("-", "0"),
    ("+", "0%"),
    ("-", "0%"),
    ("*", "1"),
    ("/", "1"),
    ("*", "100%"),
}  # a right operand that changes nothing
# Of each: a limit that decides, which of several, the first of two beside a second that decides and that does not.
_EXTREMES = {"取大": ("不足", "较大", "不到", "不低于"), "取小": ("超过", "较小", "超过", "没有超过")}
_AMOUNT = re.compile(r"[\d,.]+%?")
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


def _inside(read: Read, binding: int) -> str:
    text, own = read
    return text if own >= binding else f"（{text}）"


class _Reader:
    def __init__(self, scope: Scope, show: Show):
        self.scope = scope
        self.show = show

    def read(self, node: Node) -> Read:
        return self._READ[type(node)](self, node)

    def _within(self, node: Node, binding: int) -> str:
        return _inside(self.read(node), binding)

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
        left, right = self.read(node.left), self.read(node.right)
        if str(UNLIMITED) in (left[0], right[0]):
            return str(UNLIMITED), _ATOM
        if (node.sign, right[0]) in _UNCHANGING:
            return left
        if (node.sign, left[0]) in {("+", "0"), ("*", "1")}:
            return right
        binding = _SUM if node.sign in "+-" else _PRODUCT
        # 甲 −（乙 − 丙）and 甲 ÷（乙 × 丙）keep their brackets on the right.
        tighter = binding + (node.sign in "-/")
        return f"{_inside(left, binding)} {_SIGNS.get(node.sign, node.sign)} {_inside(right, tighter)}", binding

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
        if node.function in self._IN_WORDS:
            return self._IN_WORDS[node.function](self, node)
        if FUNCTIONS[node.function].names_first:
            return self._bracketed(self.show("", value_of(node, self.scope)))
        return f"{node.function}（{'，'.join(self.read(argument)[0] for argument in node.arguments)}）", _ATOM

    def _extreme(self, node: Call) -> Read:
        """取大(0, 甲) is 甲, or says that it falls short of 0; 取小(甲, 不设限额) is 甲."""
        beyond, which, *besides = _EXTREMES[node.function]
        decisive = value_of(node, self.scope)
        if decisive is UNLIMITED:
            return str(UNLIMITED), _ATOM
        fixed = [part for part in node.arguments if isinstance(part, Constant)]
        amounts = [part for part in node.arguments if part not in fixed and self._is_amount(part)]
        limits = [part for part in fixed if value_of(part, self.scope) == decisive]
        if len(amounts) == 1 and value_of(amounts[0], self.scope) == decisive:
            return self.read(amounts[0])
        if len(amounts) == 1 and limits:
            limit = self.read(limits[0])[0]
            if limit == "0" and isinstance(difference := amounts[0], Arithmetic) and difference.sign == "-":
                left, right = (self._within(part, _SUM) for part in (difference.left, difference.right))
                return f"{left} 没有超过 {right}，按 0 算", _LOGIC
            return f"{self._within(amounts[0], _SUM)} {beyond} {limit}，按 {limit} 算", _LOGIC
        texts = list(dict.fromkeys(self._within(part, _SUM) for part in (*fixed, *amounts)))
        if len(texts) == 2 and all(map(_AMOUNT.fullmatch, texts)) and not fixed:
            is_first = value_of(amounts[0], self.scope) == decisive
            return f"{texts[0]} {besides[is_first]} {texts[1]}，按 {texts[not is_first]} 算", _LOGIC
        return (f"{'、'.join(texts)} 中{which}的", _LOGIC) if len(texts) > 1 else self.read(node.arguments[0])

    def _is_amount(self, node: Node) -> bool:
        return value_of(node, self.scope) is not UNLIMITED

    def _limited(self, node: Call) -> Read:
        amount, lowest, highest = node.arguments
        within = value_of(node, self.scope)
        if within == value_of(amount, self.scope):
            return self.read(amount)
        is_low = within == value_of(lowest, self.scope)
        word, bound = ("低于下限", lowest) if is_low else ("高于上限", highest)
        return f"{self._within(amount, _SUM)} {word}，按 {self._within(bound, _SUM)} 算", _LOGIC

    def _to_fen(self, node: Call) -> Read:
        return self.read(node.arguments[0])

    def _months_between(self, node: Call) -> Read:
        start, end = (self.read(argument)[0] for argument in node.arguments)
        return f"{start}到{end}的 {grouped(number(value_of(node, self.scope)))} 个月", _PRODUCT

    def _months_later(self, node: Call) -> Read:
        month, offset = node.arguments
        distance = number(value_of(offset, self.scope))
        text = self.read(month)[0]
        side = "后" if distance > 0 else "前"
        return (f"{text}{side}第 {grouped(abs(distance))} 个月" if distance else text), _PRODUCT

    def _found(self, node: Call) -> Read:
        """The element or figure that was looked up, in the unit of its list."""
        first = node.arguments[0]
        name = first.name if isinstance(first, Name) and node.function != "查表" else ""
        found = value_of(node, self.scope)
        return self._bracketed(self.show(name, (found,) if name else found))

    def _slices(self, node: Call) -> Read:
        """The first slice of what lies above an amount shows that amount: （30,000 − 1,300）× 85%."""
        arguments = [value_of(argument, self.scope) for argument in node.arguments]
        slices = list(_SLICED[node.function](*arguments))
        amounts = [self._amount(piece.amount) for piece in slices]
        start = number(arguments[1])
        if slices and node.function == "分段累计" and start > 0:
            amounts[0] = f"（{self._amount(start + slices[0].amount)} − {self._amount(start)}）"
        return self._added(
            [f"{amount} × {percent(piece.ratio)}" for amount, piece in zip(amounts, slices, strict=True)]
        )

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
    _IN_WORDS: ClassVar[Mapping[str, Callable[..., Read]]] = {
        **dict.fromkeys(_EXTREMES, _extreme),
        **dict.fromkeys(_LOOKED_UP, _found),
        "限定": _limited,
        "四舍五入到分": _to_fen,
        "月数差": _months_between,
        "加月": _months_later,
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
