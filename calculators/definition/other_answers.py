"""Other answers that the what-if tries: as they are typed, and as a reader sees them. A list is not empty here. No Django."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from calculators.definition.answer_text import AskedQuestion, OtherAnswers
from calculators.formulas import FormulaError, Value
from calculators.formulas.dates import add_months
from calculators.values.money import plain
from calculators.values.rounding import to_fen
from calculators.values.units import show, show_output

ONE, A_TENTH_MORE, A_POINT = Decimal(1), Decimal("1.1"), Decimal("0.01")


def no_others(question: AskedQuestion, answer: Value) -> OtherAnswers:
    return []


def other_options(question: AskedQuestion, label: str) -> OtherAnswers:
    return [(option.code, option.label) for option in question.options if option.label != label]


def opposite(question: AskedQuestion, answer: bool) -> OtherAnswers:
    return [("否", "否") if answer else ("是", "是")]


def a_tenth_more(question: AskedQuestion, amount: Decimal) -> OtherAnswers:
    higher = to_fen(amount * A_TENTH_MORE)
    return [(plain(higher), f"{show_output(higher, 'CNY')}（多一成）")]


def a_tenth_more_each(question: AskedQuestion, amounts: Sequence[Decimal]) -> OtherAnswers:
    return [("、".join(plain(to_fen(amount * A_TENTH_MORE)) for amount in amounts), "各多一成")]


def one_more(question: AskedQuestion, count: Decimal) -> OtherAnswers:
    return [(plain(count + ONE), show(count + ONE, question.answer_unit))]


def a_point_more(question: AskedQuestion, ratio: Decimal) -> OtherAnswers:
    return [(plain(ratio + A_POINT), show(ratio + A_POINT, "ratio"))]


def a_month_later(question: AskedQuestion, month: date) -> OtherAnswers:
    """Nothing after the last month of which formulas know."""
    try:
        following = add_months(month, ONE)
    except FormulaError:
        return []
    return [(f"{following:%Y-%m}", show(following, "month"))]


def a_year_longer(question: AskedQuestion, years: Sequence[Decimal]) -> OtherAnswers:
    return [("、".join(map(plain, [*years, years[-1] + ONE])), f"加上 {plain(years[-1] + ONE)} 年")]
