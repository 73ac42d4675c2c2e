"""Days, months and years in formulas. A month or a year in a list is the date of its first day."""

from datetime import date
from decimal import Decimal

from calculators.formulas.errors import FormulaError
from calculators.formulas.guards import moment, whole
from calculators.formulas.lists import MAX_ITEMS

FIRST_YEAR, LAST_YEAR = 1900, 2200


def day(year, month, day_of_month):
    try:
        return date(whole(year), whole(month), whole(day_of_month))
    except FormulaError:
        raise
    except (ValueError, OverflowError) as error:
        raise FormulaError("没有这一天。") from error


def month_of(given):
    return moment(given).replace(day=1)


def year(given):
    return Decimal(moment(given).year)


def month(given):
    return Decimal(moment(given).month)


def months_between(start, end):
    start, end = moment(start), moment(end)
    return Decimal((end.year - start.year) * 12 + end.month - start.month)


def add_months(month, number):
    return _month_at(moment(month), whole(number))


def age(born, on):
    """Whole years: the birthday counts, the day before does not."""
    born, on = moment(born), moment(on)
    return Decimal(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def months(start, number):
    start = moment(start)
    return tuple(_month_at(start, offset) for offset in range(_length(whole(number))))


def years(first, last):
    first, last = whole(first), whole(last)
    return tuple(
        _month_at(date(FIRST_YEAR, 1, 1), (first + offset - FIRST_YEAR) * 12)
        for offset in range(_length(last - first + 1))
    )


def _month_at(month, offset):
    index = month.year * 12 + month.month - 1 + offset
    if not FIRST_YEAR <= index // 12 <= LAST_YEAR:
        raise FormulaError(f"日期超出了 {FIRST_YEAR} 到 {LAST_YEAR} 年。")
    return date(index // 12, index % 12 + 1, 1)


def _length(length):
    if length > MAX_ITEMS:
        raise FormulaError(f"一列最多 {MAX_ITEMS} 项，这里有 {length} 项。")
    return max(0, length)
