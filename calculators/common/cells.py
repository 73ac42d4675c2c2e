"""Spreadsheet cells as text: the text an editor sees in one, dates, and escaping of formulas. No Django."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
MIDNIGHT = time(0)
_IN_QUOTES = re.compile(r'"[^"]*"')
SERIAL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone; day 0 of Excel's serial numbers
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?")  # 1927 to 2173; a year has four digits, 20260131 eight
_MOMENT = re.compile(
    r"(?P<year>\d{4})[-/.年] ?(?P<month>\d{1,2})[-/.月] ?(?P<day>\d{1,2})日?"
    r"(?:[T ]?(?P<half>上午|下午|AM|PM)? ?(?P<hour>\d{1,2})(?:[:时点](?P<minute>\d{1,2})?分?)"
    r"(?::?(?P<second>\d{1,2})(?:\.\d+)?秒?)?(?: ?(?P<half_behind>AM|PM))?)?"
    r"(?: ?(?P<zone>Z|[-+]\d\d:?\d\d))?",
    re.IGNORECASE,
)


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


def read_moment(text: str) -> datetime:
    """A day, or a day and time, as people and programs write it; naive where no zone is told. Raises ValueError.

    2027/1/1 9:05, 2027年1月1日 下午3点, 2027-01-01 09:05:00 +0800, and 46388.38, which Excel calls a moment by.
    """
    written = " ".join(unicodedata.normalize("NFKC", text).split())
    if _SERIAL.fullmatch(written):
        return SERIAL_EPOCH + timedelta(seconds=round(float(written) * 86_400))
    match = _MOMENT.fullmatch(written)
    return _moment(match.groupdict()) if match else datetime.fromisoformat(written)


def _moment(parts: dict[str, str | None]) -> datetime:
    hour = int(parts["hour"] or 0)
    half = (parts["half"] or parts["half_behind"] or "").upper()
    if half in {"下午", "PM"} and hour < 12:
        hour += 12
    elif half in {"上午", "AM"} and hour == 12:
        hour = 0
    day = f"{parts['year']}-{int(parts['month'] or 0):02}-{int(parts['day'] or 0):02}"
    clock = f"{hour:02}:{int(parts['minute'] or 0):02}:{int(parts['second'] or 0):02}"
    return datetime.fromisoformat(f"{day}T{clock}{(parts['zone'] or '').upper()}")


def read_day(text: str) -> date:
    """A day as people and programs write it. Raises ValueError, also where a time of day is told."""
    moment = read_moment(text)
    if moment.time() != MIDNIGHT:
        raise ValueError(f"{text} is a moment, not a day")
    return moment.date()


def escape_formula(text: str) -> str:
    """Text that no spreadsheet runs as a formula: an apostrophe is put before it. `unescape_formula` is the inverse."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def unescape_formula(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text
