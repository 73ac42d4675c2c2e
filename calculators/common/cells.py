"""Spreadsheet cells as text: the text an editor sees in one, dates, and escaping of formulas. No Django."""

import re
from datetime import date, datetime, time
from decimal import Decimal

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
MIDNIGHT = time(0)
_IN_QUOTES = re.compile(r'"[^"]*"')
_LONE_DIGIT = re.compile(r"(?<!\d)\d(?!\d)")
_DAY = re.compile(r"(\d{4})[-/.年](\d\d)[-/.月](\d\d)日?")


def cell_text(cell: object, number_format: str = "") -> str:
    """Text of a cell as an editor sees it: 2027-01-01, 70%, TRUE, a number without trailing zeros."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return _number(cell, "%" in _IN_QUOTES.sub("", number_format))
    if isinstance(cell, datetime):
        return str(cell.date() if cell.time() == MIDNIGHT else cell.replace(microsecond=0))
    return unescape_formula(str(cell).strip())


def _number(number: float, is_percentage: bool) -> str:
    exact = Decimal(str(number)) * (100 if is_percentage else 1)
    digits = f"{exact:.10f}".rstrip("0").rstrip(".")
    return f"{digits}%" if is_percentage else digits


def iso_moment(text: str) -> str:
    """A date or time in ISO 8601: 2027/1/1 9:00 is 2027-01-01 09:00. Any other text unchanged."""
    padded = _LONE_DIGIT.sub(r"0\g<0>", text.strip())
    day = _DAY.match(padded)
    return f"{'-'.join(day.groups())}{padded[day.end() :]}" if day else text


def read_day(text: str) -> date:
    """Parse a date. Raises ValueError."""
    return date.fromisoformat(iso_moment(text))


def escape_formula(text: str) -> str:
    """Text that no spreadsheet runs as a formula: an apostrophe is put before it. `unescape_formula` is the inverse."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def unescape_formula(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text
