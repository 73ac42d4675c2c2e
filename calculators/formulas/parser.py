"""Parser of the formula language: tokens to a syntax tree, with Python's own parser for precedence.

Python never parses the typed text: every number, text and name is replaced by a numbered
placeholder (`_12`), so its source holds nothing but placeholders, signs and brackets.
The tree it returns is converted node by node; a type of node not listed is refused.
"""

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import ClassVar, Literal

from calculators.formulas.errors import FormulaError, unknown
from calculators.formulas.functions import FUNCTIONS
from calculators.formulas.lexer import Token, tokenize
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
)
from calculators.values.types import UNLIMITED, Value

MAX_NODES = 300
MAX_NODE_DEPTH = 60
MAX_AMOUNT = Decimal(10) ** 15
CONSTANT_VALUES: Mapping[str, Value] = {"是": True, "否": False, "不设限额": UNLIMITED}
_PYTHON = {"=": "==", "and": " and ", "or": " or ", "not": "not "}
_ARITHMETIC: Mapping[type[ast.operator], ArithmeticSign] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISON: Mapping[type[ast.cmpop], ComparisonSign] = {
    ast.Eq: "=",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


def parse(formula: str) -> Node:
    """The tree of `formula`; raises FormulaError."""
    return _Parser(tokenize(formula)).node


class _Parser:
    def __init__(self, tokens: list[Token]):
        self.tokens = tokens
        self.offsets: list[int] = []  # where in the Python source each token begins
        source = self._python_source()
        try:
            tree = ast.parse(source, mode="eval")
        except (SyntaxError, RecursionError, MemoryError) as error:
            raise FormulaError("公式读不通，请加括号写清先后。", tokens[0].column) from error
        self.count = 0
        self.node = self._convert(tree.body, 0)

    def _python_source(self) -> str:
        pieces: list[str] = []
        length = 0
        for index, token in enumerate(self.tokens):
            piece = (
                f"_{index}" if token.kind in {"number", "text", "name", "call"} else _PYTHON.get(token.text, token.text)
            )
            self.offsets.append(length)
            pieces.append(piece)
            length += len(piece)
        return "".join(pieces)

    def _convert(self, tree: ast.expr, depth: int) -> Node:
        self.count += 1
        if self.count > MAX_NODES or depth > MAX_NODE_DEPTH:
            raise FormulaError("公式太复杂，请拆成几步。", self._column(tree))
        convert = self._KINDS.get(type(tree))
        if convert is None:
            raise FormulaError("公式里不能这样写。", self._column(tree))
        return convert(self, tree, depth + 1)

    def _name(self, tree: ast.Name, depth: int) -> Constant | Name:
        token = self._token(tree)
        if token.kind == "number":
            return Constant(_number(token), token.text, token.column)
        if token.kind == "text":
            return Constant(token.text[1:-1], token.text, token.column)
        if token.text in CONSTANT_VALUES:
            return Constant(CONSTANT_VALUES[token.text], token.text, token.column)
        return Name(token.text, token.column)

    def _unary(self, tree: ast.UnaryOp, depth: int) -> Node:
        operand = self._convert(tree.operand, depth)
        if isinstance(tree.op, ast.UAdd):
            return operand
        return (Not if isinstance(tree.op, ast.Not) else Negative)(operand, self._column(tree))

    def _arithmetic(self, tree: ast.BinOp, depth: int) -> Arithmetic:
        sign = _ARITHMETIC[type(tree.op)]
        return Arithmetic(
            sign, self._convert(tree.left, depth), self._convert(tree.right, depth), self._sign_column(tree.left)
        )

    def _comparison(self, tree: ast.Compare, depth: int) -> Comparison:
        operands = tuple(self._convert(operand, depth) for operand in (tree.left, *tree.comparators))
        return Comparison(tuple(_COMPARISON[type(op)] for op in tree.ops), operands, self._sign_column(tree.left))

    def _logic(self, tree: ast.BoolOp, depth: int) -> Logic:
        word: Literal["且", "或"] = "且" if isinstance(tree.op, ast.And) else "或"
        return Logic(
            word, tuple(self._convert(value, depth) for value in tree.values), self._sign_column(tree.values[0])
        )

    def _call(self, tree: ast.Call, depth: int) -> Call:
        token = self._token(tree.func)
        if token.text not in FUNCTIONS:
            raise unknown("函数", token.text, FUNCTIONS, token.column, is_listed=True)
        arguments = tuple(self._convert(argument, depth) for argument in tree.args)
        FUNCTIONS[token.text].check_arguments(arguments, token.column)
        return Call(token.text, arguments, token.column)

    _KINDS: ClassVar[Mapping[type[ast.expr], Callable[..., Node]]] = {
        ast.Name: _name,
        ast.UnaryOp: _unary,
        ast.BinOp: _arithmetic,
        ast.Compare: _comparison,
        ast.BoolOp: _logic,
        ast.Call: _call,
    }

    def _token(self, tree: ast.expr) -> Token:
        """The first token of a subtree: of a name the name itself."""
        return self.tokens[bisect_right(self.offsets, tree.col_offset) - 1]

    def _column(self, tree: ast.expr) -> int:
        return self._token(tree).column

    def _sign_column(self, left: ast.expr) -> int:
        """The column of the sign that follows the operand `left`, past any closing brackets."""
        index = bisect_left(self.offsets, left.end_col_offset or 0)
        while self.tokens[index].kind == "close":
            index += 1
        return self.tokens[index].column


def _number(token: Token) -> Decimal:
    text = "".join(token.text.split())
    factor = Decimal(1)
    if text.endswith("%"):
        text, factor = text[:-1], Decimal("0.01")
    elif text.endswith("万"):
        text, factor = text[:-1], Decimal(10_000)
    if len(text) > 30 or Decimal(text) * factor > MAX_AMOUNT:
        raise FormulaError("这个数太大或位数太多。", token.column)
    return Decimal(text) * factor
