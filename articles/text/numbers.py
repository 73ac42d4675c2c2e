"""Numbers in a text, however they are written: 1800, 1,800, １８００ and 0.18万 are one number. No Django."""

import re
from decimal import Decimal

from calculators.values.money import grouped, plain

_NUMBER = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,6})?(?![\d,]*\d)\s*([万亿]?)")
_SIZES = {"": 1, "万": 10_000, "亿": 100_000_000}


def plain_numbers(normalised: str) -> list[str]:
    """Each number of a normalised text once, in digits alone."""
    return list(dict.fromkeys(map(_plain, _NUMBER.finditer(normalised))))


def with_plain_numbers(normalised: str) -> str:
    """The text with each number in digits alone: 1.2万元 becomes 12000元."""
    return _NUMBER.sub(_plain, normalised)


def grouped_number(digits: str) -> str:
    """1800 as a figure shows it: 1,800."""
    return grouped(Decimal(digits))


def _plain(match: re.Match[str]) -> str:
    whole, part, size = match.groups()
    if whole.isdigit() and not part and not size:
        return whole  # an area code keeps its 0
    return plain(Decimal(whole.replace(",", "") + (part or "")) * _SIZES[size])
