"""What a result was when its link was made, and what it is now: which outputs and values moved. No Django.

A link carries the minute it was made. What the site knew then is in the history; nothing a visitor
typed is kept anywhere but in the link.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from calculators.values.types import InForce
from calculators.values.units import show
from calculators.worksheet import Result, Statement

CODE = "seen"  # the name of the minute in an address; no question has this code
_STAMP = re.compile(r"[0-9a-z]{1,8}")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
NOTHING = "没有"


@dataclass(frozen=True)
class Moved:
    name: str
    then: str
    now: str


@dataclass(frozen=True)
class Changes:
    """`formulas` is whether the steps themselves were written otherwise then."""

    at: datetime
    outputs: tuple[Moved, ...] = ()
    figures: tuple[Moved, ...] = ()
    formulas: bool = False


def stamp(at: datetime) -> str:
    """The minute `at` lies in, as a few letters and digits."""
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


def compare(then: Statement | None, now: Statement | None, at: datetime) -> Changes:
    """What differs between the two; either may have had no result."""
    return Changes(at, tuple(_outputs(then, now)), tuple(_figures(then, now)), _steps(then) != _steps(now))


def _outputs(then: Statement | None, now: Statement | None) -> Iterator[Moved]:
    before, after = _outputs_of(then), _outputs_of(now)
    for code in dict.fromkeys((*before, *after)):
        texts = [each[code].text if code in each else NOTHING for each in (before, after)]
        if texts[0] != texts[1]:
            yield Moved((after.get(code) or before[code]).label, *texts)


def _outputs_of(statement: Statement | None) -> Mapping[str, Result]:
    return statement.outputs if statement else {}


def _figures(then: Statement | None, now: Statement | None) -> Iterator[Moved]:
    before, after = (_by_name(statement.figures if statement else ()) for statement in (then, now))
    for name in dict.fromkeys((*before, *after)):
        texts = [each.get(name, NOTHING) for each in (before, after)]
        if texts[0] != texts[1]:
            yield Moved(name, *texts)


def _by_name(figures: Iterable[InForce]) -> dict[str, str]:
    values: dict[str, dict[str, None]] = {}
    for figure in figures:
        values.setdefault(figure.name, {})[show(figure.value, figure.unit)] = None
    return {name: "、".join(texts) for name, texts in values.items()}


def _steps(statement: Statement | None) -> dict[str, str]:
    return {line.name: line.formula for line in statement.lines} if statement else {}
