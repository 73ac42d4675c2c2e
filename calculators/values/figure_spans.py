"""Several figures in a few words: from the least to the most, on what they depend, and what holds from an amount on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.values.money import grouped, percent
from calculators.values.types import Band, Bands, InForce
from calculators.values.units import show

BY_LEVEL, BY_AMOUNT = "看医院等级", "看金额"
NO_BREAK = "\u2060"  # word joiner: a span stays on one line
# From which amount on another share is paid, by what the bands slice.
FROM_AMOUNT = {"fund_paid": "基金付满 {} 元后报 {}", "eligible_expense": "{} 元以上的部分报 {}"}


@dataclass(frozen=True)
class TwoBands:
    """Shares that all change at the same amount: `first` below it, `then` a phrase with the amount and what is paid from there."""

    first: str
    then: str
    brief: str
    varies: bool  # whether the first shares differ


def span(figures: Sequence[InForce]) -> str:
    """From the least to the most: 85%–90%, 405–795 元."""
    return _span([number for one in figures for number in _numbers(one)], figures[0].unit) if figures else ""


def cell(figures: Sequence[InForce]) -> tuple[str, str]:
    """The same for a cell of a table, and what holds from an amount on."""
    if steps := two_bands(figures):
        return steps.first, steps.brief
    return span(figures), BY_AMOUNT if _are_banded(figures) else ""


def depends_on(figures: Sequence[InForce]) -> str:
    """On what it depends which of them holds."""
    varies = len({tuple(_numbers(one)) for one in figures}) > 1
    if varies and _are_banded(figures):
        return f"{BY_LEVEL}和金额"
    return BY_LEVEL if varies else BY_AMOUNT


def two_bands(figures: Sequence[InForce]) -> TwoBands | None:
    """None where there are more bands, or they begin at different amounts."""
    tables = [one.value for one in figures if isinstance(one.value, Bands)]
    if not tables or len(tables) < len(figures) or any(len(table.bands) != 2 for table in tables):
        return None
    starts = {(table.axis, table.bands[1].lower) for table in tables}
    axis, start = starts.pop()
    if starts or start is None or axis not in FROM_AMOUNT:
        return None
    unit = figures[0].unit
    below = [share for table in tables for share in _shares(table.bands[0])]
    first, above = _span(below, unit), _span([share for table in tables for share in _shares(table.bands[1])], unit)
    return TwoBands(
        first, FROM_AMOUNT[axis].format(grouped(start), above), f"满 {grouped(start)} 元后 {above}", len(set(below)) > 1
    )


def plain(written: str) -> str:
    """Without the time and the person that the sentence has said already: 1,300 元."""
    return re.sub(r"(元)/.*", r"\1", written)


def _span(numbers: Sequence[Decimal], unit: str) -> str:
    if not numbers:
        return ""
    low, high = min(numbers), max(numbers)
    if low == high:
        return plain(show(low, unit))
    least, most = (percent(low), percent(high)) if unit == "ratio" else (grouped(low), plain(show(high, unit)))
    return f"{least}–{NO_BREAK}{most}"


def _numbers(figure: InForce) -> list[Decimal]:
    if isinstance(figure.value, Bands):
        return [share for band in figure.value for share in _shares(band)]
    return [figure.value] if isinstance(figure.value, Decimal) else []


def _shares(band: Band) -> list[Decimal]:
    return [share for share in (band.ratio, band.ratio_max) if share is not None]


def _are_banded(figures: Sequence[InForce]) -> bool:
    return any(isinstance(one.value, Bands) and len(one.value.bands) > 1 for one in figures)
