"""Lexer of the formula language: text to tokens. Full-width signs and Chinese words become one spelling each.

The order of tokens is checked here, so that errors can be reported in the editor's words: a number where a sign
belongs, a bracket never closed. Tokens that pass always form an expression.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from calculators.formulas.errors import FormulaError

MAX_FORMULA_CHARACTERS = 2000
MAX_TOKENS = 600
MAX_BRACKET_DEPTH = 30

RESERVED_CHARACTERS = "且或非"
_ALIASES = str.maketrans("−–—×÷、", "---*/,")
_SPELLINGS = {"==": "=", "<>": "!=", "≥": ">=", "≤": "<=", "≠": "!=", "且": "and", "或": "or", "非": "not"}
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<grouped>[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9]))"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?(?:万|\s*%)?)"
    r'|(?P<text>"[^"]{0,100}"|“[^”]{0,100}”|「[^」]{0,100}」)'
    rf"|(?P<name>[^\W\d{RESERVED_CHARACTERS}][^\W{RESERVED_CHARACTERS}]*)"
    r"|(?P<operator>>=|<=|!=|<>|==|[-+*/=<>≥≤≠且或非])"
    r"|(?P<open>\()|(?P<close>\))|(?P<comma>,)"
)
_TYPED = {"and": "且", "or": "或", "not": "非", "*": "×", "/": "÷", "-": "−", "(": "（", ",": "，"}
_TYPED |= {">=": "≥", "<=": "≤", "!=": "≠"}
UNITS_AS_TYPED = {"元", "天", "日", "个", "年", "岁", "次", "月", "个月"}
PREFIX_OPERATORS = {"-", "+", "not"}


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # number, text, name, call, operator, open, close, comma
    text: str
    column: int


def tokenize(formula: str) -> list[Token]:
    """The tokens of `formula` in a legal order; raises FormulaError with the column."""
    if len(formula) > MAX_FORMULA_CHARACTERS:
        raise FormulaError(f"公式太长：{len(formula)} 个字符，最多 {MAX_FORMULA_CHARACTERS} 个。")
    tokens = list(_read(_one_spelling(formula)))
    if not tokens:
        raise FormulaError("公式是空的。", 1)
    if len(tokens) > MAX_TOKENS:
        raise FormulaError("公式太复杂，请拆成几步。", tokens[MAX_TOKENS].column)
    tokens = _mark_calls(tokens)
    _Order(tokens).check()
    return tokens


def _one_spelling(formula: str) -> str:
    """Full-width forms become half-width, each character staying in its column."""
    return "".join(_narrow(char) for char in formula).translate(_ALIASES)


def _narrow(char: str) -> str:
    narrow = unicodedata.normalize("NFKC", char)
    return narrow if len(narrow) == 1 and unicodedata.category(char) != "No" else char  # 10² is not 102


def _read(text: str) -> Iterator[Token]:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup == "grouped":
            raise FormulaError(_strange(text[position]), position + 1)
        if match.lastgroup != "space":
            yield Token(str(match.lastgroup), _SPELLINGS.get(match[0], match[0]), position + 1)
        position = match.end()


def _strange(char: str) -> str:
    if char.isdigit():
        return "数字里不要写千位分隔号；如果是两个数，请在逗号后面空一格。"
    if char == "%":
        return "“%”只能写在数字后面。"
    return "引号没有成对。" if char in '"“”「」' else f"公式里不能用“{char}”。"


def _mark_calls(tokens: Sequence[Token]) -> list[Token]:
    """A name directly before an opening bracket is a function."""
    opened = {index - 1 for index, token in enumerate(tokens) if token.kind == "open"}
    return [
        replace(token, kind="call") if token.kind == "name" and index in opened else token
        for index, token in enumerate(tokens)
    ]


class _Order:
    """Checks the order of tokens in one pass that tracks whether an operand or an operator must come next."""

    def __init__(self, tokens: Sequence[Token]):
        self.tokens = tokens
        self.brackets: list[tuple[int, bool]] = []  # (column, whether it holds the arguments of a function)
        self.wants_amount = True
        self.before: Token | None = None

    def check(self) -> None:
        for token in self.tokens:
            getattr(self, f"_{token.kind}")(token)
            self.before = token
            if len(self.brackets) > MAX_BRACKET_DEPTH:
                raise FormulaError("括号套得太深，请拆成几步。", token.column)
        end = self.tokens[-1]
        if self.wants_amount:
            raise FormulaError(f"公式在“{_as_typed(end)}”之后没有写完。", end.column)
        if self.brackets:
            raise FormulaError("左括号没有对应的右括号。", self.brackets[-1][0])

    def _amount(self, token: Token) -> None:
        if not self.wants_amount:
            raise FormulaError(f"“{_as_typed(token)}”前面缺少运算符。{_meant(token)}", token.column)
        self.wants_amount = False

    _number = _text = _name = _amount

    def _call(self, token: Token) -> None:
        self._amount(token)

    def _open(self, token: Token) -> None:
        is_call = self.before is not None and self.before.kind == "call"
        if not self.wants_amount and not is_call:
            raise FormulaError("“（”前面缺少运算符。", token.column)
        self.brackets.append((token.column, is_call))
        self.wants_amount = True

    def _close(self, token: Token) -> None:
        if not self.brackets:
            raise FormulaError("右括号没有对应的左括号。", token.column)
        if self.wants_amount:
            raise FormulaError("右括号之前缺少一个数或名称。", token.column)
        self.brackets.pop()

    def _comma(self, token: Token) -> None:
        if not self.brackets or not self.brackets[-1][1]:
            raise FormulaError("逗号只能用在函数的括号里。", token.column)
        if self.wants_amount:
            raise FormulaError("逗号之前缺少一个数或名称。", token.column)
        self.wants_amount = True

    def _operator(self, token: Token) -> None:
        if token.text == "not":
            self._check_not(token)
        elif not self.wants_amount:
            self.wants_amount = True
        elif token.text not in PREFIX_OPERATORS or self._repeats_sign():
            raise FormulaError(f"“{_as_typed(token)}”之前缺少一个数或名称。", token.column)

    def _check_not(self, token: Token) -> None:
        if not self.wants_amount:
            raise FormulaError("“非”前面缺少“且”或“或”。", token.column)
        if self.before is not None and self.before.kind == "operator" and self.before.text not in {"and", "or"}:
            raise FormulaError("“非”要写在括号里，例如 甲 =（非 乙）。", token.column)

    def _repeats_sign(self) -> bool:
        return self.before is not None and self.before.text in {"-", "+"} and self.before.kind == "operator"


def _meant(token: Token) -> str:
    """What to write instead where a letter stands for ×, or a unit behind a number."""
    if token.text.lower() == "x":
        return "乘号请写 × 或 *。"
    return "数后面不写单位。" if token.text in UNITS_AS_TYPED else ""


def _as_typed(token: Token) -> str:
    return _TYPED.get(token.text, token.text)
