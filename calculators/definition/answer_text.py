"""Answers as text: reading what was typed, and writing a bound into a sentence. No Django.

Full-width digits, thousands separators, 1.2万, 10%, 2026年3月 and 2026/3 are all understood. Lists are
set apart by 、；， or spaces; 200×3 stands for three times 200. Which function serves which kind of
question is said in calculators.definition.question_kinds.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from calculators.values.money import NotANumber, grouped, parse_number, plain
from calculators.values.units import RESULT_UNITS, is_money, unit_of_elements
from calculators.values.width import narrow

MAX_ANSWER_ITEMS = 60
YES_TEXTS = {"是", "1", "true", "yes", "on"}
NO_TEXTS = {"否", "0", "false", "no", "off"}
_AREA = re.compile(r"CN|[0-9]{6}")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})|(\d{2}))月?")
_YEARS_AND_MONTHS = re.compile(r"(\d{1,3}) ?年(?:(半)| ?(?:零|又)?(\d{1,2}) ?个?月?)?")
_YEARS = re.compile(r"(\d{4})年?(?:[-~至到](\d{4})年?)?")
_TIMES = re.compile(r"(.+?)[×*xX](\d{1,2})")
_COUNTED = ("个月", "个", "天", "次", "人", "岁")
_AMBIGUOUS = re.compile(r"(?<![\d,.])[1-9]\d?(,\d{3})+(?![\d,])")

Code = str | int | None
Answer = TypeVar("Answer")
Read = tuple[Answer, Code]


class WrongAnswer(ValueError):
    """The answer cannot be used; the message is the sentence for its field."""


class AskedOption(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...


class AskedQuestion(Protocol):
    """What a kind may ask of a question."""

    @property
    def words(self) -> str: ...
    @property
    def options(self) -> Sequence[AskedOption]: ...
    @property
    def dimension(self) -> str: ...
    @property
    def answer_unit(self) -> str: ...


AnswerReader = Callable[[AskedQuestion, str], Read[Answer]]
OtherAnswers = list[tuple[str, str]]

# Reading: the answer as formulas see it, and for a choice or a whole number that answers a dimension its code.


def read_area(question: AskedQuestion, text: str) -> Read[str]:
    if question.options:
        return read_choice(question, text)
    if not _AREA.fullmatch(text):
        raise WrongAnswer(f"“{text}”不是地区代码，请从列出的{question.words}中选择。")
    return text, text


def read_choice(question: AskedQuestion, text: str) -> Read[str]:
    """By its code or its word. Without options to choose from, any code may turn out to be right."""
    if not question.options:
        return text, text
    for option in question.options:
        if text in {option.code, option.label}:
            return option.label, option.code
    labels = "、".join(option.label for option in question.options[:12])
    raise WrongAnswer(f"“{text}”不在可选的答案里，可选的有：{labels}。")


def read_yes_no(question: AskedQuestion, text: str) -> Read[bool]:
    if text.lower() in YES_TEXTS | NO_TEXTS:
        return text.lower() in YES_TEXTS, None
    raise WrongAnswer(f"“{question.words}”请回答“是”或“否”。")


def read_money(question: AskedQuestion, text: str) -> Read[Decimal]:
    amount = _number(text)
    if amount != round(amount, 2):
        raise WrongAnswer("金额最多两位小数（精确到分）。")
    return amount, None


def read_count(question: AskedQuestion, text: str) -> Read[Decimal]:
    """A whole number; months also as years and months: 20年6个月, 12年半."""
    span = _YEARS_AND_MONTHS.fullmatch(narrow(text)) if question.answer_unit == "months" else None
    number = Decimal(_months(span)) if span else _number(_without_unit(text, question.answer_unit))
    if number != number.to_integral_value():
        raise WrongAnswer("请填写整数。")
    return Decimal(int(number)), int(number) if question.dimension else None


def _without_unit(text: str, unit: str) -> str:
    """98天 of a number of days is 98; of another unit it is no number."""
    words = {"count": _COUNTED, "days": ("天", "日"), "months": ("个月",), "age": ("周岁", "岁")}
    for word in words.get(unit, (RESULT_UNITS.get(unit, ""),)):
        if word and text.endswith(word):
            return text.removesuffix(word).rstrip()
    return text


def _months(span: re.Match[str]) -> int:
    years, half, months = span.groups()
    return int(years) * 12 + (6 if half else int(months or 0))


def read_ratio(question: AskedQuestion, text: str) -> Read[Decimal]:
    typed = narrow(text)
    ratio = _number(typed.rstrip("% ")) / 100 if typed.endswith("%") else _number(typed)
    if not 0 <= ratio <= 1:
        raise WrongAnswer("请填写 0 到 1 之间的比例，或 0% 到 100% 的百分数。")
    if ratio != round(ratio, 6):
        raise WrongAnswer("比例的小数位数太多。")
    return ratio, None


def _number(text: str) -> Decimal:
    try:
        return parse_number(text)
    except NotANumber as error:
        raise WrongAnswer(str(error)) from error


def read_date(question: AskedQuestion, text: str) -> Read[date]:
    match = _DAY.fullmatch(narrow(text))
    day = _calendar_day(*match.groups()) if match else None
    if day is None:
        raise WrongAnswer(f"“{text}”不是日期，请写成 2026-01-31 这样。")
    return day, None


def read_month(question: AskedQuestion, text: str) -> Read[date]:
    match = _MONTH.fullmatch(narrow(text))
    month = _calendar_day(match[1], match[2] or match[3], "1") if match else None
    if month is None:
        raise WrongAnswer(f"“{text}”不是月份，请写成 2026-03 这样。")
    return month, None


def _calendar_day(year: str, month: str, day: str) -> date | None:
    """None where the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def list_reader(read: AnswerReader[Answer]) -> AnswerReader[tuple[Answer, ...]]:
    """Reads a list, each of its items by `read`."""

    def read_list(question: AskedQuestion, text: str) -> Read[tuple[Answer, ...]]:
        items = tuple(item for part in _parts(text) for item in _repeated(question, part, read))
        if len(items) > MAX_ANSWER_ITEMS:
            raise WrongAnswer(f"最多填写 {MAX_ANSWER_ITEMS} 项。")
        return items, None

    return read_list


def _parts(text: str) -> list[str]:
    typed = narrow(text)
    if _AMBIGUOUS.search(typed):
        raise WrongAnswer("各项之间请用顿号或空格隔开，千位不要写逗号。")
    return [part for part in re.split(r"[,、;\s]+", typed) if part]


def _repeated(question: AskedQuestion, part: str, read: AnswerReader[Answer]) -> list[Answer]:
    if times := _TIMES.fullmatch(part):
        return [read(question, times[1])[0]] * int(times[2])
    return [read(question, part)[0]]


def read_years(question: AskedQuestion, text: str) -> Read[tuple[Decimal, ...]]:
    years: list[int] = []
    for part in _parts(text):
        span = _YEARS.fullmatch(part)
        if span is None:
            raise WrongAnswer(f"“{part}”不是年份，请写成 2026 或 2025-2028。")
        first, last = int(span[1]), int(span[2] or span[1])
        if last - first > MAX_ANSWER_ITEMS:
            raise WrongAnswer(f"最多填写 {MAX_ANSWER_ITEMS} 项。")
        years += range(first, last + 1)
    return tuple(Decimal(year) for year in sorted(set(years))), None


# Bounds, as a sentence names them.


def spell_amount(question: AskedQuestion, bound: Decimal) -> str:
    unit = unit_of_elements(question.answer_unit)
    word = "元" if is_money(unit) else RESULT_UNITS[unit]
    return f"{grouped(bound)} {'' if unit in {'count', 'ratio'} else word}".strip()


def spell_year(question: AskedQuestion, bound: Decimal) -> str:
    return plain(bound)


def spell_date(question: AskedQuestion, bound: date) -> str:
    return bound.isoformat()


def spell_month(question: AskedQuestion, bound: date) -> str:
    return f"{bound:%Y-%m}"
