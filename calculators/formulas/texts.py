"""Text functions of formulas."""

from decimal import Decimal

from calculators.formulas.errors import FormulaError
from calculators.values.money import grouped
from calculators.values.types import Value


def joined(*pieces: Value) -> str:
    """Texts and numbers one after another: “0 到 ”, 6, “ 个月”."""
    return "".join(_spelled(piece) for piece in pieces)


def _spelled(piece: Value) -> str:
    if isinstance(piece, Decimal):
        return grouped(piece)
    if not isinstance(piece, str):
        raise FormulaError("这里要文字或数。")
    return piece.replace(",", "，")  # the lexer narrows punctuation
