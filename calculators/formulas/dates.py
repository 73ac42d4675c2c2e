"""Date functions of formulas. A month or a year in a list is the date of its first day."""

from datetime import date
from decimal import Decimal

from calculators.formulas.errors import FormulaError
from calculators.formulas.guards import moment, whole
from calculators.formulas.lists import MAX_LIST_ITEMS
from calculators.values.types import Value

FIRST_YEAR, LAST_YEAR = 1900, 2200


def day(year: Value, month: Value, day_of_month: Value) -> date:
    try:
        return date(whole(year), whole(month), whole(day_of_month))
    except FormulaError:
        raise
    except (ValueError, OverflowError) as error:
        raise FormulaError("没有这一天。") from error


def month_of(given: Value) -> date:
    return moment(given).replace(day=1)


def year(given: Value) -> Decimal:
    return Decimal(moment(given).year)


def month(given: Value) -> Decimal:
    return Decimal(moment(given).month)


def months_between(start: Value, end: Value) -> Decimal:
    start, end = moment(start), moment(end)
    return Decimal((end.year - start.year) * 12 + end.month - start.month)


def add_months(month: Value, number: Value) -> date:
    return _month_at(moment(month), whole(number))


def age(born: Value, on: Value) -> Decimal:
    """Whole years: the birthday counts, the day before does not."""
    born, on = moment(born), moment(on)
    return Decimal(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def months(start: Value, number: Value) -> tuple[date, ...]:
    begins = moment(start)
    return tuple(_month_at(begins, offset) for offset in range(_length(whole(number))))


def years(first: Value, last: Value) -> tuple[date, ...]:
    earliest, latest = whole(first), whole(last)
    return tuple(
        _month_at(date(FIRST_YEAR, 1, 1), (earliest + offset - FIRST_YEAR) * 12)
        for offset in range(_length(latest - earliest + 1))
    )


def _month_at(month: date, offset: int) -> date:
    index = month.year * 12 + month.month - 1 + offset
    if not FIRST_YEAR <= index // 12 <= LAST_YEAR:
        raise FormulaError(f"日期超出了 {FIRST_YEAR} 到 {LAST_YEAR} 年。")
    return date(index // 12, index % 12 + 1, 1)


def _length(length: int) -> int:
    if length > MAX_LIST_ITEMS:
        raise FormulaError(f"一列最多 {MAX_LIST_ITEMS} 项，这里有 {length} 项。")
    return max(0, length)
