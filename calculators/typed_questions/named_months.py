"""Months of a sentence that name no year, or none in digits: 8月, 去年, 上个月. No Django."""

from datetime import date
from decimal import Decimal

from calculators.formulas.dates import add_months
from calculators.values.numerals import read_number_word

NAMED_YEARS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
NAMED_MONTHS = {"上个月": -1, "上月": -1, "这个月": 0, "本月": 0, "当月": 0, "下个月": 1, "下月": 1}


class Months:
    """Months without a year: the latest up to the day that was asked; one that follows another is after it."""

    def __init__(self, today: date):
        self.today = today.replace(day=1)
        self.last: date | None = None

    def resolve(self, year: int | None, number: int) -> date | None:
        if not 1 <= number <= 12 or (year is not None and not 1900 <= year <= 2100):
            return None
        self.last = self._unnamed(number) if year is None else date(year, number, 1)
        return self.last

    def _unnamed(self, number):
        if self.last is not None:
            following = self.last.replace(month=number)
            return following if following >= self.last else following.replace(year=following.year + 1)
        latest = self.today.replace(month=number)
        return latest if latest <= self.today else latest.replace(year=latest.year - 1)

    def shift(self, by: int) -> date:
        self.last = add_months(self.today, Decimal(by))
        return self.last

    def year(self, text: str) -> int:
        """去年 and 25年 as the four digits of the year."""
        if text in NAMED_YEARS:
            return self.today.year + NAMED_YEARS[text]
        number = int(read_number_word(text))
        return number + 2000 if number < 100 else number
