"""Comparison of a result with that of the minute its link was made: which outputs and policy values differ. No Django.

The minute is in the link, and the values of that minute are in the history. Nothing a visitor typed
is stored anywhere but in the link.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from calculators.values.types import InForce
from calculators.values.units import show
from calculators.worksheet import Result, Statement

STAMP_CODE = "seen"  # query parameter of the minute; no question has this code
_STAMP = re.compile(r"[0-9a-z]{1,8}")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
ABSENT_TEXT = "没有"


@dataclass(frozen=True)
class StatementDifference:
    name: str
    then: str
    now: str


@dataclass(frozen=True)
class StatementChanges:
    """Differences of two statements. `formulas` is whether the steps themselves were different."""

    at: datetime
    outputs: tuple[StatementDifference, ...] = ()
    figures: tuple[StatementDifference, ...] = ()
    formulas: bool = False


def encode_stamp(at: datetime) -> str:
    """The minute of `at` in base 36."""
    minutes, text = int(at.timestamp()) // 60, ""
    while minutes:
        minutes, digit = divmod(minutes, 36)
        text = _DIGITS[digit] + text
    return text or "0"


def read_stamp(text: str) -> datetime | None:
    """The end of the minute that was stamped; None for anything else."""
    if not _STAMP.fullmatch(text):
        return None
    try:
        return datetime.fromtimestamp((int(text, 36) + 1) * 60, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def compare_statements(then: Statement | None, now: Statement | None, at: datetime) -> StatementChanges:
    """Differences of two statements; either may be missing."""
    return StatementChanges(at, tuple(_outputs(then, now)), tuple(_figures(then, now)), _steps(then) != _steps(now))


def _outputs(then: Statement | None, now: Statement | None) -> Iterator[StatementDifference]:
    before, after = _outputs_of(then), _outputs_of(now)
    for code in dict.fromkeys((*before, *after)):
        texts = [each[code].text if code in each else ABSENT_TEXT for each in (before, after)]
        if texts[0] != texts[1]:
            yield StatementDifference((after.get(code) or before[code]).label, *texts)


def _outputs_of(statement: Statement | None) -> Mapping[str, Result]:
    return statement.outputs if statement else {}


def _figures(then: Statement | None, now: Statement | None) -> Iterator[StatementDifference]:
    before, after = (_by_name(statement.figures if statement else ()) for statement in (then, now))
    for name in dict.fromkeys((*before, *after)):
        texts = [each.get(name, ABSENT_TEXT) for each in (before, after)]
        if texts[0] != texts[1]:
            yield StatementDifference(name, *texts)


def _by_name(figures: Iterable[InForce]) -> dict[str, str]:
    values: dict[str, dict[str, None]] = {}
    for figure in figures:
        values.setdefault(figure.name, {})[show(figure.value, figure.unit)] = None
    return {name: "、".join(texts) for name, texts in values.items()}


def _steps(statement: Statement | None) -> dict[str, str]:
    return {line.name: line.formula for line in statement.lines} if statement else {}
