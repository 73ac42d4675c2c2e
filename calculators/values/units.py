"""Units of policy values, questions and steps, and formatting of values in them for Chinese readers."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import overload

from calculators.values.money import grouped, percent, plain, yuan
from calculators.values.types import Band, Bands, Unlimited, Value

UNITS = {
    "CNY": "元",
    "CNY/year": "元/年",
    "CNY/month": "元/月",
    "CNY/visit": "元/次",
    "CNY/admission": "元/次住院",
    "CNY/person/year": "元/人/年",
    "ratio": "比例",
    "percentage_point": "个百分点",
    "multiple": "倍",
    "years": "年",
    "months": "个月",
    "months/year": "个月/年",
    "days": "天",
    "count": "个",
    "boolean": "是或否",
    "date": "日期",
    "text": "文字",
}
MONTH_AND_DAY = re.compile(r"(\d{2})-(\d{2})")  # a day of every year: 07-01
HUNDREDTH_OF_A_PERCENT = Decimal("0.0001")
MIN_MONTHS_OF_SPAN, MONTHS_OF_YEAR = 3, 12
FIRST_CALENDAR_YEAR = 1000  # from here on a number of years is a year of the calendar: nobody pays that long
UNIT_CHOICES = tuple(UNITS.items())
# Units of questions and steps besides: no policy value is measured in these.
RESULT_UNITS = UNITS | {"times": "次", "age": "岁", "month": "月份", "year": "年度"}


def is_money(unit: str) -> bool:
    return unit.startswith("CNY")


def unit_of_elements(unit: str) -> str:
    """The unit of the elements of a list: list:CNY holds CNY."""
    return unit.removeprefix("list:")


def show(value: Value, unit: str) -> str:
    """A value as a reader sees it: 1,800 元, 70%, 3 个月, 是, 不设限额, 2026年3月."""
    if isinstance(value, tuple):
        return "、".join(show(element, unit_of_elements(unit)) for element in value) or "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return _show_date(value, unit)
    if isinstance(value, Bands):
        return "；".join(f"{show_span(band, value.axis)}：{show_share(band, unit)}" for band in value)
    if isinstance(value, str) and unit == "date" and (day := MONTH_AND_DAY.fullmatch(value)):
        return f"{int(day[1])}月{int(day[2])}日"
    return str(value) if isinstance(value, str | Unlimited) else _show_number(value, unit_of_elements(unit))


def show_span(band: Band, axis: str) -> str:
    """What a band of a table covers: 起付线–30,000, 100,000 以上; by whole years of age 50–59 岁, 100 岁以上."""
    if axis == "age":
        return f"{grouped(band.lower or Decimal(0))}{'' if band.upper is None else f'–{grouped(band.upper - 1)}'} 岁{'以上' if band.upper is None else ''}"
    start = "起付线" if band.lower is None else grouped(band.lower)
    return f"{start} 以上" if band.upper is None else f"{start}–{grouped(band.upper)}"


def show_share(band: Band, unit: str) -> str:
    """What a band of a table gives, in the unit of its parameter: 85%, 80%–90%, 2 个百分点."""
    shares = [band.ratio] if band.ratio_max is None else [band.ratio, band.ratio_max]
    return "–".join(show(share, unit) for share in shares)


def _show_date(day: date, unit: str) -> str:
    if unit == "year":
        return f"{day.year}年"
    return f"{day.year}年{day.month}月" if unit == "month" else f"{day.year}年{day.month}月{day.day}日"


def _show_number(number: Decimal, unit: str) -> str:
    if unit == "ratio":
        return percent(number)
    if is_money(unit):
        return f"{grouped(number)} 元"
    if unit == "months" and number >= MONTHS_OF_YEAR and number == int(number):
        return _show_years_and_months(int(number))
    if unit == "years" and number >= FIRST_CALENDAR_YEAR:
        return f"{plain(number)} 年"
    words = RESULT_UNITS.get(unit, "")  # a draft's step may have none yet
    return f"{grouped(number)} {words.removesuffix('/年') if unit == 'months/year' else words}".rstrip()


def _show_years_and_months(months: int) -> str:
    """2 年 6 个月; 5 年."""
    years, rest = divmod(months, MONTHS_OF_YEAR)
    return f"{years} 年{f' {rest} 个月' if rest else ''}"


def show_output(value: Value, unit: str) -> str:
    """A computed result as a reader sees it: money always to the fen, a quotient to a hundredth of a percent."""
    if isinstance(value, tuple):
        return "、".join(show_output(element, unit_of_elements(unit)) for element in value) or "无"
    if isinstance(value, Decimal) and is_money(unit):
        return yuan(value)
    if isinstance(value, Decimal) and unit == "ratio" and value != rounded(value):
        return percent(value.quantize(HUNDREDTH_OF_A_PERCENT, rounding=ROUND_HALF_UP))
    return show(rounded(value), unit)


def show_span_of_outputs(values: Sequence[Value], unit: str) -> str:
    """Results of several scenarios: 大约 2,100–2,500 元, in whole yuan that hold all of them; others one after another."""
    numbers = [value for value in values if isinstance(value, Decimal)]
    if len(numbers) < len(values) or isinstance(values[0], bool):
        return " 或 ".join(dict.fromkeys(show_output(value, unit) for value in values))
    lowest, highest = min(numbers), max(numbers)
    if is_money(unit):
        low, high = lowest.to_integral_value(ROUND_FLOOR), highest.to_integral_value(ROUND_CEILING)
        return f"大约 {grouped(low)}–{yuan(high)}"
    if unit == "months" or unit == "ratio":
        return f"{show_output(lowest, unit)}–{show_output(highest, unit)}"
    return f"{grouped(rounded(lowest))}–{show_output(highest, unit)}"


def show_in_sentence(value: Value, unit: str, on: date | None = None) -> str:
    """A result within a sentence: months of the year of `on` without the year, in a row as a span: 9 月、10 月, 9 月至 12 月."""
    if unit == "list:month" and isinstance(value, tuple) and value:
        spans = _runs([month for month in value if isinstance(month, date)])
        return "、".join(text for run in spans for text in _show_run(run, on))
    if unit == "month" and isinstance(value, date):
        return _show_month(value, on)
    return show_output(value, unit)


def _runs(months: list[date]) -> list[list[date]]:
    """The months in runs without a gap."""
    runs: list[list[date]] = []
    for month in months:
        if runs and (month.year * 12 + month.month) - (runs[-1][-1].year * 12 + runs[-1][-1].month) == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def _show_run(run: list[date], on: date | None) -> list[str]:
    if len(run) < MIN_MONTHS_OF_SPAN:
        return [_show_month(month, on) for month in run]
    first, last = _show_month(run[0], on), _show_month(run[-1], on)
    return [f"{first}至{'' if '年' in last else ' '}{last}"]


def _show_month(month: date, on: date | None) -> str:
    return f"{month.month} 月" if on and month.year == on.year else _show_date(month, "month")


def show_in_formula(value: Value, unit: str) -> str:
    """A value inside a formula, where the unit would only be in the way: 1,800, 70%, 3."""
    if isinstance(value, tuple):
        return "、".join(show_in_formula(element, unit_of_elements(unit)) for element in value) or "无"
    if not isinstance(value, Decimal):
        return show(value, unit)
    return percent(rounded(value)) if unit == "ratio" else grouped(rounded(value))


@overload
def rounded(value: Decimal) -> Decimal: ...


@overload
def rounded(value: Value) -> Value: ...


def rounded(value: Value) -> Value:
    """A number with at most six decimals, for reading only; anything else as it is."""
    return round(value, 6) if isinstance(value, Decimal) else value
