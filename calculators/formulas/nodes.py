"""Syntax tree of formulas, and the scope that gives names their values. Every node has its column in the text as typed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from calculators.values.types import Value

ArithmeticSign = Literal["+", "-", "*", "/"]
ComparisonSign = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text in quotes, 是, 否 or 不设限额; `typed` is how it was written."""

    value: Value
    typed: str
    column: int


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    column: int


@dataclass(frozen=True, slots=True)
class Negative:
    operand: "Node"
    column: int


@dataclass(frozen=True, slots=True)
class Not:
    operand: "Node"
    column: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`sign` is one of + - * /; `column` is the sign's."""

    sign: ArithmeticSign
    left: "Node"
    right: "Node"
    column: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`signs` stand between `operands`, which are one more: 0 < 甲 ≤ 乙."""

    signs: tuple[ComparisonSign, ...]
    operands: tuple["Node", ...]
    column: int


@dataclass(frozen=True, slots=True)
class Logic:
    """且 or 或 over two or more conditions; later ones are only looked at when needed."""

    word: Literal["且", "或"]
    conditions: tuple["Node", ...]
    column: int


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple["Node", ...]
    column: int


Node = Constant | Name | Negative | Not | Arithmetic | Comparison | Logic | Call


class Scope(Protocol):
    """Where a formula's names get their values; each is asked for only when it is reached."""

    def value(self, name: str) -> Value: ...

    def unit(self, name: str) -> str:
        """The unit, in Chinese, of the parameter `name` here and on this day."""

    def is_filled_in(self, name: str) -> bool:
        """Whether the question of this name was given an answer, rather than left blank."""

    def is_set(self, name: str) -> bool:
        """Whether the parameter `name` has a value here and on this day."""

    def previous(self, name: str, otherwise: Callable[[], Value]) -> Value:
        """The value of the step `name` in the round before this one."""


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case Negative() | Not():
            return (node.operand,)
        case Arithmetic():
            return (node.left, node.right)
        case Comparison():
            return node.operands
        case Logic():
            return node.conditions
        case Call():
            return node.arguments
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)
