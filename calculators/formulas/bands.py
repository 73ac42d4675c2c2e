"""Arithmetic on tables of bands (分段): the slices of an amount, and look-up of a band."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from calculators.formulas.errors import FormulaError
from calculators.values.types import Band, Bands

ZERO = Decimal(0)


class Slice(NamedTuple):
    """`amount` of expense paid at `ratio` gives `paid`."""

    amount: Decimal
    ratio: Decimal
    paid: Decimal


def marginal(bands: Bands, start: Decimal, end: Decimal, less: Decimal = ZERO) -> Iterator[Slice]:
    """The slices of (start, end]; a band without a lower bound begins at `start`.

    Every ratio is lowered by `less`, though not below 0. What lies above the last band is in no
    slice: nothing is paid on it.
    """
    for band in bands:
        low = start if band.lower is None else max(start, band.lower)
        high = end if band.upper is None else min(end, band.upper)
        if high > low:
            ratio = max(ZERO, _settled(band) - less)
            yield Slice(high - low, ratio, (high - low) * ratio)


def by_payment(bands: Bands, already_paid: Decimal, expense: Decimal) -> Iterator[Slice]:
    """The slices of `expense` where the table counts what the fund has paid, not what was spent.

    A band from 0 to 20,000 at 90 % is used up by 20000 ÷ 90 % of expense.
    """
    for band in bands:
        if expense <= 0:
            return
        if band.upper is not None and already_paid >= band.upper:
            continue
        ratio = _settled(band)
        paid = expense * ratio
        if band.upper is not None and paid > band.upper - already_paid:
            paid = band.upper - already_paid
        used = paid / ratio if ratio else expense
        yield Slice(used, ratio, paid)
        already_paid += paid
        expense -= used


def looked_up(bands: Bands, place: Decimal) -> Decimal:
    """The figure of the band with lower ≤ place < upper (50 is in 50–60, 60 in the next); 0 outside."""
    for band in bands:
        if (band.lower is None or band.lower <= place) and (band.upper is None or place < band.upper):
            return _settled(band)
    return ZERO


def total(slices: Iterator[Slice]) -> Decimal:
    return sum((piece.paid for piece in slices), ZERO)


def _settled(band: Band) -> Decimal:
    if band.ratio_max is not None:
        raise FormulaError("分段表只公布了比例区间，不能计算。")
    return band.ratio
