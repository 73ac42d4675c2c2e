"""One answer: from the text as typed to its value, or a Chinese sentence that says what is wrong.

Full-width digits, thousands separators, 1.2万, 10%, 2026年3月 and 2026/3 are all understood. Lists are
set apart by 、；， or spaces; 200×3 stands for three times 200.
"""

import calendar
import re
import unicodedata
from datetime import date
from decimal import Decimal

from calculators.definition import LIST_KINDS, Question
from calculators.formulas import Value
from calculators.values.money import NotANumber, grouped, parse_number, plain
from calculators.values.units import RESULT_UNITS, is_money

MOST_MONEY = Decimal(10_000_000)
MAX_ITEMS = 60
UNORDERED = {"area", "choice", "yes_no"}
YES = {"是", "1", "true", "yes", "on"}
NO = {"否", "0", "false", "no", "off"}
_AREA = re.compile(r"CN|[0-9]{6}")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})|(\d{2}))月?")
_YEARS = re.compile(r"(\d{4})年?(?:[-~至到](\d{4})年?)?")
_TIMES = re.compile(r"(.+?)[×*xX](\d{1,2})")
_AMBIGUOUS = re.compile(r"(?<![\d,.])[1-9]\d?(,\d{3})+(?![\d,])")


class WrongAnswer(ValueError):
    """The answer cannot be used; the message is the sentence for its field."""


def read_answer(question: Question, text: str, today: date | None = None) -> tuple[Value | None, str | int | None]:
    """The answer as formulas see it, and for a choice or whole-number dimension its code.

    Blank gives (None, None) where the question may be left open, and raises WrongAnswer otherwise.
    """
    if not text:
        return _blank(question), None
    answer, code = _READERS[question.kind](question, text)
    _check_bounds(question, answer, today)
    return answer, code


def empty_answer(question: Question) -> Value | None:
    """What a question counts as when nobody answers it: no money, an empty list, otherwise unknown."""
    if question.kind in LIST_KINDS:
        return ()
    return Decimal(0) if question.kind == "money" else None


def _blank(question):
    if question.optional or question.is_open_dimension:
        return empty_answer(question)
    verb = "请选择" if question.kind in {"area", "choice", "yes_no"} else "请填写"
    raise WrongAnswer(f"{verb}{question.words}。")


def _area(question, text):
    if question.options:
        return _choice(question, text)
    if not _AREA.fullmatch(text):
        raise WrongAnswer(f"“{text}”不是地区代码，请从列出的{question.words}中选择。")
    return text, text


def _choice(question, text):
    """By its code or its word. Without options to choose from, any code may turn out to be right."""
    if not question.options:
        return text, text
    for option in question.options:
        if text in {option.code, option.label}:
            return option.label, option.code
    labels = "、".join(option.label for option in question.options[:12])
    raise WrongAnswer(f"“{text}”不是可选的{question.words}，可选的有：{labels}。")


def _yes_no(question, text):
    if text.lower() in YES | NO:
        return text.lower() in YES, None
    raise WrongAnswer(f"“{question.words}”请回答“是”或“否”。")


def _money(question, text):
    amount = _number(text)
    if amount != round(amount, 2):
        raise WrongAnswer("金额最多两位小数（精确到分）。")
    return amount, None


def _count(question, text):
    number = _number(text)
    if number != number.to_integral_value():
        raise WrongAnswer("请填写整数。")
    return Decimal(int(number)), int(number) if question.dimension else None


def _ratio(question, text):
    narrow = unicodedata.normalize("NFKC", text)
    ratio = _number(narrow.rstrip("% ")) / 100 if narrow.endswith("%") else _number(narrow)
    if not 0 <= ratio <= 1:
        raise WrongAnswer("请填写 0 到 1 之间的比例，或 0% 到 100% 的百分数。")
    if ratio != round(ratio, 6):
        raise WrongAnswer("比例的小数位数太多。")
    return ratio, None


def _number(text):
    try:
        return parse_number(text)
    except NotANumber as error:
        raise WrongAnswer(str(error)) from error


def _date(question, text):
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text))
    day = match and _calendar_day(*match.groups())
    if day is None:
        raise WrongAnswer(f"“{text}”不是日期，请写成 2026-01-31 这样。")
    return day, None


def _month(question, text):
    match = _MONTH.fullmatch(unicodedata.normalize("NFKC", text))
    month = match and _calendar_day(match[1], match[2] or match[3], "1")
    if month is None:
        raise WrongAnswer(f"“{text}”不是月份，请写成 2026-03 这样。")
    return month, None


def _calendar_day(year, month, day):
    """None where the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _list_of(read):
    def read_list(question, text):
        items = tuple(item for part in _parts(text) for item in _repeated(question, part, read))
        if len(items) > MAX_ITEMS:
            raise WrongAnswer(f"最多填写 {MAX_ITEMS} 项。")
        return items, None

    return read_list


def _parts(text):
    narrow = unicodedata.normalize("NFKC", text)
    if _AMBIGUOUS.search(narrow):
        raise WrongAnswer("各项之间请用顿号或空格隔开，千位不要写逗号。")
    return [part for part in re.split(r"[,、;\s]+", narrow) if part]


def _repeated(question, part, read):
    if times := _TIMES.fullmatch(part):
        return [read(question, times[1])[0]] * int(times[2])
    return [read(question, part)[0]]


def _years(question, text):
    years = []
    for part in _parts(text):
        span = _YEARS.fullmatch(part)
        if span is None:
            raise WrongAnswer(f"“{part}”不是年份，请写成 2026 或 2025-2028。")
        first, last = int(span[1]), int(span[2] or span[1])
        if last - first > MAX_ITEMS:
            raise WrongAnswer(f"最多填写 {MAX_ITEMS} 项。")
        years += range(first, last + 1)
    return tuple(Decimal(year) for year in sorted(set(years))), None


_READERS = {
    "area": _area,
    "choice": _choice,
    "yes_no": _yes_no,
    "money": _money,
    "count": _count,
    "ratio": _ratio,
    "date": _date,
    "month": _month,
    "moneys": _list_of(_money),
    "ratios": _list_of(_ratio),
    "years": _years,
}


def default_text(question: Question, today: date | None) -> str:
    """The default as it would be typed; 今日 is today."""
    if question.default == "今日":
        return today.isoformat() if today else ""
    return question.default


def _check_bounds(question, answer, today):
    lowest, highest = bounds(question, today)
    for value in answer if isinstance(answer, tuple) else (answer,):
        if isinstance(value, Decimal) and value < 0 and lowest == 0:
            raise WrongAnswer("不能是负数。")
        if lowest is not None and value < lowest:
            raise WrongAnswer(f"不能{'早' if isinstance(value, date) else '小'}于 {_spell(question, lowest)}。")
        if highest is not None and value > highest:
            raise WrongAnswer(f"不能{'晚' if isinstance(value, date) else '大'}于 {_spell(question, highest)}。")


def bounds(question: Question, today: date | None) -> tuple[Decimal | date | None, Decimal | date | None]:
    """The lowest and highest answer, None where there is no bound. Money is at most 10,000,000."""
    if question.kind in UNORDERED:
        return None, None
    lowest, highest = read_bound(question, question.minimum, today), read_bound(question, question.maximum, today)
    if question.kind in {"money", "moneys"}:
        return lowest or Decimal(0), MOST_MONEY if highest is None else highest
    return (Decimal(0) if lowest is None and question.kind == "count" else lowest), highest


def read_bound(question: Question, written: str, today: date | None) -> Decimal | date | None:
    """今日 and 明年今日 move with the day; anything else is written as it would be typed."""
    moves = written in {"今日", "明年今日"} and question.kind in {"date", "month"}
    if not written or (moves and today is None):
        return None
    if moves:
        return today if written == "今日" else _in_a_year(today)
    kind = "count" if question.kind == "years" else question.kind.removesuffix("s")
    return _READERS[kind](question, written)[0]


def _in_a_year(day):
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return day.replace(year=day.year + 1, day=min(day.day, last))


def _spell(question, bound):
    if isinstance(bound, date):
        return f"{bound:%Y-%m}" if question.kind == "month" else bound.isoformat()
    if question.kind == "years":
        return plain(bound)
    unit = question.answer_unit.removeprefix("list:")
    word = "元" if is_money(unit) else RESULT_UNITS[unit]
    return f"{grouped(bound)} {'' if unit in {'count', 'ratio'} else word}".strip()
