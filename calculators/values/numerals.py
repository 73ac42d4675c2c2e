"""Numbers inside a sentence as people write them: 两千五, 六万五, 二百五, 1万2, 1.2万, 12,000, 2w. No Django.

`NUMBER` finds one in text that went through `normalised`; `read_number_word` reads what it found. A typed
field is stricter: see calculators.values.money.
"""

import re
from decimal import Decimal

from calculators.values.money import MAX_NUMBER_DIGITS
from calculators.values.spellings import CHINESE_DIGITS

DIGIT_VALUES = {digit: value for value, digit in enumerate(CHINESE_DIGITS)} | {"〇": 0, "两": 2, "俩": 2}
UNITS = {"十": 10, "百": 100, "千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
WAN, YI = 10_000, 100_000_000
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DIGIT = "".join(DIGIT_VALUES)
_MULTIPLIER = r"[百千万亿]|[wk](?![a-z])"
# A Chinese number starts with a digit or 十, never with 百, 千 or 万: 老百姓, 千万别 and 万一 are no numbers.
NUMBER = rf"(?:(?:{ARABIC})(?:(?:{_MULTIPLIER})(?:(?:{ARABIC}|[{_DIGIT}])[百千]?)*)*|[{_DIGIT}十][{_DIGIT}十百千万亿]*)"
_TOKEN = re.compile(rf"(?P<arabic>{ARABIC})|(?P<digit>[{_DIGIT}])|(?P<unit>[十百千万亿wk])")
_ROUGH = re.compile(r"(?<![一二三四五六七八九两])[一二三四五六七八九两]{2}(?=[十百千万亿])")


class UnusableNumber(ValueError):
    """From which nothing is computed: a guess such as 两三万 and 七八百, or more digits than can be reckoned with."""


def read_number_word(text: str) -> Decimal:
    """The number: 二百五 is 250, 一万二 is 12000, 1万2 too; 二零三二 is 2032. Raises UnusableNumber."""
    if _ROUGH.search(text) or len(text) > MAX_NUMBER_DIGITS:
        raise UnusableNumber(text)
    number = _read(text)
    if number.adjusted() >= MAX_NUMBER_DIGITS:
        raise UnusableNumber(text)
    return number


def _read(text: str) -> Decimal:
    if len(text) > 1 and all(character in DIGIT_VALUES for character in text):
        return Decimal("".join(str(DIGIT_VALUES[character]) for character in text))
    return _Sum().read(text)


class _Sum:
    """Digits and units from left to right: below 万 in `section`, a digit that waits for its unit in `waiting`."""

    def __init__(self) -> None:
        self.total = self.section = Decimal(0)
        self.waiting: Decimal | None = None
        self.last_unit = 1  # what a last digit without a unit counts a tenth of

    def read(self, text: str) -> Decimal:
        for token in _TOKEN.finditer(text):
            getattr(self, f"_{token.lastgroup}")(token[0])
        return self.total + self.section + self._tail()

    def _tail(self) -> Decimal | int:
        if self.waiting is None:
            return 0
        is_short_for_a_unit = self.waiting < 10 and self.last_unit > 10 and self.waiting == int(self.waiting)
        return self.waiting * (self.last_unit // 10) if is_short_for_a_unit else self.waiting

    def _arabic(self, text: str) -> None:
        self.waiting = Decimal(text.replace(",", ""))

    def _digit(self, digit: str) -> None:
        self.waiting = Decimal(DIGIT_VALUES[digit])
        if digit in "零〇":
            self.last_unit = 1

    def _unit(self, unit: str) -> None:
        size = UNITS[unit]
        if size < WAN:
            self.section += (self.waiting or 1) * size  # 十 alone is ten, behind 零 too
        else:
            self._close_section(size)
        self.waiting, self.last_unit = None, size

    def _close_section(self, size: int) -> None:
        whole = self.section + (self.waiting or 0)
        if size == YI:
            self.total = (self.total + whole) * YI
        else:
            self.total += whole * WAN
        self.section = Decimal(0)
