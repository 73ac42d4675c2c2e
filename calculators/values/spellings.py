"""Spellings of a figure in prose, as a regular expression: 1800元, 1,800 元, 一千八百元, 1.2万元, 70%, 七成. No Django.

They find figures that were typed by hand and so do not change when the policy value does.
"""

import re
from decimal import Decimal

from calculators.values.money import grouped, plain
from calculators.values.types import PolicyAmount
from calculators.values.width import narrow

CHINESE_DIGITS = "零一二三四五六七八九"
CHINESE_PLACES = ("", "十", "百", "千")
WAN, YI = 10_000, 100_000_000
UNIT_PATTERNS = {
    "percentage_point": r"\s*个?百分点",
    "months": r"\s*个月",
    "years": r"\s*年",
    "count": "",
    "multiple": r"\s*倍",
}
NOT_INSIDE_A_NUMBER_PATTERN = rf"(?<![\d.,{CHINESE_DIGITS}十百千万亿两点])"


def typed_pattern(value: PolicyAmount, unit: str) -> re.Pattern[str] | None:
    """What to look for in text that went through `normalised`; None where the figure is not a number."""
    if isinstance(value, bool) or not isinstance(value, Decimal):
        return None
    spellings = _ratio(value) if unit == "ratio" else _number(value, unit)
    return re.compile(NOT_INSIDE_A_NUMBER_PATTERN + f"(?:{'|'.join(spellings)})")


def normalised(text: str) -> str:
    """Full-width digits and signs as ordinary ones."""
    return narrow(text)


def _number(value: Decimal, unit: str) -> list[str]:
    tail = r"\s*(?:元|块)" if unit.startswith("CNY") else UNIT_PATTERNS.get(unit, "")
    arabic = "|".join(re.escape(spelling) for spelling in {plain(value), grouped(value)})
    spellings = [rf"(?:{arabic})(?:\.0+)?{tail}"]
    if value >= WAN and len(plain(value / WAN)) <= 6:
        spellings.append(rf"{re.escape(plain(value / WAN))}\s*万{tail}")
    if value == value.to_integral_value():
        spellings.append(f"(?:{'|'.join(chinese_spellings(int(value)))}){tail}")
    return spellings


def _ratio(value: Decimal) -> list[str]:
    hundredth = value * 100
    spellings = [rf"{re.escape(plain(hundredth))}(?:\.0+)?\s*%"]
    if hundredth == hundredth.to_integral_value():
        spellings.append(f"百分之(?:{'|'.join(chinese_spellings(int(hundredth)))})(?![{CHINESE_DIGITS}十百点])")
        tenths, rest = divmod(int(hundredth), 10)
        if 0 < tenths < 10:
            spellings.append(
                f"{CHINESE_DIGITS[tenths]}成{CHINESE_DIGITS[rest] if rest else f'(?![{CHINESE_DIGITS}半])'}"
            )
    return spellings


def chinese_spellings(number: int) -> set[str]:
    """一千八百 and 一千八; 二千 and 两千; 十五 for 一十五."""
    written = chinese_number(number)
    spellings = {written, re.sub(r"二(?=[千百万亿])", "两", written)}
    if number % 1000 and not number % 100 and number > 1000 and "零" not in written:
        spellings |= {spelling.removesuffix("百") + "(?!百)" for spelling in spellings}
    return spellings


def chinese_number(number: int) -> str:
    """A whole number in Chinese numerals: 1800 is 一千八百, 20400 is 二万零四百."""
    if number == 0:
        return "零"
    for size, mark in ((YI, "亿"), (WAN, "万")):
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if low and low < size // 10 else ""
            return f"{chinese_number(high)}{mark}{gap}{_within_wan(low) if size == WAN else chinese_number(low) if low else ''}"
    return re.sub("^一十", "十", _within_wan(number))


def _within_wan(number: int) -> str:
    text = ""
    for place, digit in enumerate(reversed(f"{number}" if number else "")):
        text = (CHINESE_DIGITS[int(digit)] + CHINESE_PLACES[place] if digit != "0" else "零") + text
    return re.sub("零+", "零", text).strip("零")
