"""Amounts in yuan as Decimal: parsing of typed numbers, rounding to the fen, formatting.

A worksheet computes unrounded; each output is rounded once, to the fen, half up
(the rule by which contributions and settlements are billed).
"""

import re
from decimal import Decimal

from calculators.values.rounding import to_fen
from calculators.values.width import narrow

WAN = Decimal(10_000)
MAX_NUMBER_DIGITS = 20  # ten thousand times as much, to the fen, still fits into Decimal's 28 digits
_TYPED_NUMBER = re.compile(r"(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+))(?P<wan>万?)元?")
_MISPLACED = re.compile(r",(?!\d{3}(?!\d))|(?<!\d)\d{4,},|\.\d*,")  # 12,00 could be twelve or twelve hundred


class NotANumber(ValueError):
    """The typed text is not a number; the message is a sentence for the field."""


def parse_number(text: str) -> Decimal:
    """Read a number as people type it: 12000, １２０００, 12,000, 1.2万, ¥1,800元.

    Raises NotANumber with a Chinese sentence that quotes what was typed.
    """
    typed = narrow(text).strip()
    if _MISPLACED.search(typed):
        raise NotANumber(f"“{text.strip()}”的逗号位置不对，千位写成 1,200，小数写成 12.00。")
    compact = re.sub(r"[,\s_¥￥，]", "", typed)
    match = _TYPED_NUMBER.fullmatch(compact)
    if match is None:
        raise NotANumber(f"“{text.strip()}”不是数字，请填写数字，例如 12000 或 1.2万。")
    if len(match["number"]) > MAX_NUMBER_DIGITS:
        raise NotANumber(f"“{text.strip()[:MAX_NUMBER_DIGITS]}…”太长，请检查。")
    number = Decimal(match["number"])
    return number * WAN if match["wan"] else number


def plain(number: Decimal) -> str:
    """The number without exponent or trailing zeros: 1800, 0.7, 12.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(number: Decimal) -> str:
    """The number with thousands separated and no needless zeros: 1,800, 10,478.4."""
    return f"{Decimal(plain(number)):,f}"


def yuan(amount: Decimal) -> str:
    """An amount to the fen as it is shown: 1,080.50 元; whole yuan without fen: 1,080 元."""
    return f"{to_fen(amount):,.2f}".removesuffix(".00") + " 元"


def percent(ratio: Decimal) -> str:
    """A ratio as a percentage: 0.985 becomes 98.5%."""
    return f"{plain(ratio * 100)}%"
