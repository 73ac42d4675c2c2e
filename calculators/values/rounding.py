"""Rounding of results: money to the fen, half up, once, at an output. No Django.

A worksheet computes unrounded (calculators.worksheet.compute); what is only shown is rounded by calculators.values.units.
"""

from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")


def to_fen(amount: Decimal) -> Decimal:
    """Round `amount` (yuan) to 0.01, half up: 0.005 becomes 0.01, −0.005 becomes −0.01."""
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)
