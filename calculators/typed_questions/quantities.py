"""Numbers of a sentence by what they count: amounts, durations, months, years, ages and times. No Django.

    北京退休68岁，今年第二次住院花了1.2万  →  68 (age), 2 (ordinal), 12000 (money)

A number that is said roughly (两三万), counts something else (住了10天) or is a telephone number is passed over:
its characters are used up and nothing is answered with it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from calculators.typed_questions.named_months import NAMED_MONTHS, NAMED_YEARS, Months
from calculators.values.numerals import NUMBER, UnusableNumber, read_number_word

MONEY, DURATION, MONTH, YEARS, AGE, TIMES, ORDINAL, RATIO = (
    "money", "duration", "month", "years", "age", "times", "ordinal", "ratio",
)  # fmt: skip
MIN_BARE_AMOUNT = 10
FIRST_BARE_YEAR, LAST_BARE_YEAR = 2018, 2060
FIRST_TIMES = ("首次", "头一次", "头一回", "头次", "初次")
_TO = r"(?:到|至|~|-|—|–|交到|缴到|一直到)"
_YEAR = r"(?:\d{4}|\d{2}(?=年)|[一二两][〇零一二三四五六七八九]{3})"


@dataclass(frozen=True)
class Quantity:
    """`start` and `end` are its place in the sentence. `value`: yuan, months, years of age, times or a ratio;
    a date for a month; a tuple of years. `is_article`: 一个月, 一次, 一年 may count nothing: 一个月交多少."""

    kind: str
    value: Decimal | date | tuple[int, ...]
    start: int
    end: int
    is_article: bool = False


class Shape(NamedTuple):
    """How one kind of mention is written, and how its match is read; None passes it over."""

    pattern: str
    read: Callable[[re.Match, "Months"], tuple[str, object] | None]


def quantities_in(sentence: str, today: date) -> list[Quantity]:
    """Those of a sentence that went through `normalised_sentence`, from left to right."""
    return list(_read_all(sentence, Months(today)))


def _read_all(sentence, months) -> Iterator[Quantity]:
    for match in _MENTION.finditer(sentence):
        name = match.lastgroup
        shape = SHAPES[name]
        try:
            found = shape.read(re.fullmatch(shape.pattern, match[name]), months)
        except UnusableNumber:
            found = None
        if found is not None:
            kind, value = found
            yield Quantity(kind, value, match.start(name), match.end(name), match[name] in ARTICLES)


ARTICLES = {"一个月", "1个月", "一年", "1年", "一次", "1次", "一回"}


def _passed_over(match, months):
    return None


def _number(text: str) -> Decimal:
    return read_number_word(text)


def _month(match, months):
    year = match["year"] or match["named"]
    month = months.resolve(months.year(year) if year else None, int(_number(match["month"])))
    return (MONTH, month) if month else None


def _months_from(match, months):
    """The first month of 3月到5月, and what follows is after the last."""
    found = _month(match, months)
    year = match["last_year"] or match["last_named"]
    return found if found and months.resolve(months.year(year) if year else None, int(_number(match["last"]))) else None


def _named_month(match, months):
    return MONTH, months.shift(NAMED_MONTHS[match[0]])


def _years(match, months):
    first, last = months.year(match["first"]), months.year(match["last"])
    return (YEARS, tuple(range(first, last + 1))) if first <= last <= first + 60 else None


def _listed_years(match, months):
    return YEARS, tuple(int(year) for year in re.findall(r"\d{4}", match[0]))


def _one_year(match, months):
    return YEARS, (months.year(match["year"]),)


def _years_and_months(match, months):
    number = _number(match["years"]) * 12 + _number(match["months"])
    return DURATION, number


def _years_and_a_half(match, months):
    return DURATION, _number(match["years"]) * 12 + 6


def _half_year(match, months):
    return DURATION, Decimal(6)


def _months_long(match, months):
    return DURATION, _number(match["months"])


def _years_long(match, months):
    return DURATION, _number(match["years"]) * 12


def _age(match, months):
    return AGE, _number(match["age"])


def _first_time(match, months):
    return ORDINAL, Decimal(1)


def _ordinal(match, months):
    return ORDINAL, _number(match["place"])


def _times(match, months):
    return TIMES, _number(match["times"])


def _percent(match, months):
    return RATIO, _number(match["hundredths"]) / 100


def _money(match, months):
    amount = _number(match["amount"])
    return MONEY, -amount if match["sign"] else amount


def _tenths(match, months):
    """三块五."""
    amount = _number(match["amount"]) + _number(match["tenths"]) / 10
    return MONEY, -amount if match["sign"] else amount


def _bare(match, months):
    """A number without a unit is an amount, unless it is too small, a year or a telephone number."""
    amount = _number(match["amount"])
    is_year = FIRST_BARE_YEAR <= amount <= LAST_BARE_YEAR and match["amount"].isdigit()
    if is_year or amount < MIN_BARE_AMOUNT:
        return None
    return MONEY, -amount if match["sign"] else amount


_N = NUMBER
_FEW = r"(?:\d{1,3}(?:\.\d)?|[一二两三四五六七八九十百零]{1,6})"
_SIGN = r"(?P<sign>(?<![\d万千百元年月])[-−]|负)?[¥￥]?"
_CURRENCY = r"(?:块钱|块|元钱|元|圆|人民币|rmb)"
_ROUGHLY = r"(?:多|来|余|几)?"
_DIGIT = "〇零一二两俩三四五六七八九"
# 3万一共 and 3万一个月 are 3万, though 3万一 is 31000, 一万一个人账户 too.
_TAIL = rf"(?:(?:\d+(?:\.\d+)?|[{_DIGIT}])(?![共年月次起直般样下天级档甲些定切岁回度趟]|个(?!人账|账))|[十百千万亿])*"
_LARGE = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?[百千万亿wk]|(?:[{_DIGIT}]十?[{_DIGIT}]?|十[{_DIGIT}]?)[百千万亿]){_TAIL}"
_MONTH_OF_YEAR = rf"(?:(?P<year>{_YEAR})年?(?:的)?|(?P<named>{'|'.join(NAMED_YEARS)})(?:的)?)?"
_MONTH_NUMBER = r"(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])"
_FULL_YEAR = r"(?P<year>(?:19|20)\d{2}|二[〇零][〇零一二三四五六七八九]{2})"
_OTHER_UNITS = r"号线|小时|级|甲|乙|档|号|人|个|天|日|点|楼|层|类|种|家|分|期|代|倍|周|年|月|折|成|险|金|样|起|直|定|些|切|般|下|会|路|g|mb|%"
# In this order where several could begin at one place.
SHAPES = {
    "telephone": Shape(r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8}|123(?:93|33|45)|400-?\d{3}-?\d{4})(?!\d)", _passed_over),
    "power": Shape(r"\d+\^\d+", _passed_over),
    "plain_month": Shape(r"(?P<year>(?:19|20)\d{2})(?P<named>)[-/.](?P<month>0?[1-9]|1[0-2])(?![\d万千])", _month),
    "year_span": Shape(
        rf"(?P<first>{_YEAR}|今年|去年|前年)年?(?:起|开始)?(?:连续|一直)?{_TO}(?P<last>{_YEAR}|今年|明年)年?(?!\d|[底初]?\d*月)",
        _years,
    ),
    "year_list": Shape(r"20\d{2}年?(?:[、,，和]20\d{2}年?)+(?![\d月])", _listed_years),
    "month_span": Shape(
        rf"{_MONTH_OF_YEAR}{_MONTH_NUMBER}月?(?:份)?(?:到|至|~|-|—|–)(?:(?P<last_year>\d{{4}})年|(?P<last_named>{'|'.join(NAMED_YEARS)}))?(?:的)?(?P<last>\d{{1,2}}|十[一二]?|[一二三四五六七八九])月(?:份)?(?!\d)",
        _months_from,
    ),
    "calendar_month": Shape(rf"{_MONTH_OF_YEAR}{_MONTH_NUMBER}月(?:份)?(?:\d{{1,2}}[日号])?", _month),
    "named_month": Shape("|".join(NAMED_MONTHS), _named_month),
    "one_year": Shape(rf"{_FULL_YEAR}年(?!起|开始|以来|以后|后)", _one_year),
    "years_and_months": Shape(rf"(?P<years>{_FEW})年(?:零|又|加)?(?P<months>{_FEW})个月", _years_and_months),
    "years_and_a_half": Shape(rf"(?P<years>{_FEW})年半(?!途|路)", _years_and_a_half),
    "half_year": Shape("(?:大)?半年", _half_year),
    "months_long": Shape(rf"(?P<months>{_FEW})个月", _months_long),
    "years_long": Shape(rf"(?P<years>{_FEW})(?:个)?年(?!级|代|底|初|前|后|以[前后上])", _years_long),
    "rough_age": Shape(rf"{_FEW}(?:多|来|几){{1,2}}(?:周岁|岁)|(?:快|近|将近|不到){_FEW}(?:周岁|岁)?", _passed_over),
    "age": Shape(rf"(?P<age>{_FEW})(?:周岁|岁)", _age),
    "age_alone": Shape(
        rf"(?:今年|现年|年龄|年纪|爸|妈|父亲|母亲|[爷奶公婆]|老伴|老头|老太|老人|妻子|丈夫|爱人|姥姥|我|退休)(?:都|已经|今年)?(?P<age>[1-9]\d|{_FEW})(?=[了的，,。在男女住]|退休|$)",
        _age,
    ),
    "first_time": Shape("|".join(FIRST_TIMES), _first_time),
    "ordinal": Shape(rf"第(?P<place>{_FEW})(?:次|回|趟)", _ordinal),
    "times": Shape(rf"(?P<times>{_FEW})(?:次|回|趟)", _times),
    "percent": Shape(rf"(?P<hundredths>{_N})%", _percent),
    "hundredths": Shape(rf"百分之(?P<hundredths>{_N})", _percent),
    "span_of_money": Shape(rf"{_N}{_CURRENCY}?{_TO}{_N}(?:{_CURRENCY}|(?<=[万千百wk]))", _passed_over),
    "a_day": Shape(rf"{_N}{_CURRENCY}?(?:/|一|每)天", _passed_over),
    "misgrouped": Shape(r"\d{1,3}(?:,\d{3})*,\d{4,}", _passed_over),
    "money_and_tenths": Shape(
        rf"{_SIGN}(?P<amount>{_N})(?:块|元)(?P<tenths>[1-9一二两三四五六七八九])(?:毛|角|(?=$|[,。;?!、能可报医]))",
        _tenths,
    ),
    "money": Shape(rf"{_SIGN}(?P<amount>{_N}){_ROUGHLY}{_CURRENCY}", _money),
    "spoken_amount": Shape(rf"{_SIGN}(?P<amount>{_LARGE}){_ROUGHLY}(?![a-z])", _money),
    "counted": Shape(rf"第?{_N}(?:\+|多|来|几)*(?:{_OTHER_UNITS})", _passed_over),
    "bare": Shape(rf"{_SIGN}(?P<amount>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\da-z])", _bare),
}


def _without_names(pattern):
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


_MENTION = re.compile("|".join(f"(?P<{name}>{_without_names(shape.pattern)})" for name, shape in SHAPES.items()))
