"""Parsing of one answer: the text as typed to its value within the question's bounds, or a Chinese error sentence.

The question's kind decides how a text is read: see calculators.definition.question_kinds.
"""

import calendar
from datetime import date
from decimal import Decimal

from calculators.definition import BOUND_FORMULA, Question, WrongAnswer
from calculators.formulas import Value
from calculators.formulas.evaluate import compare

AnswerBound = Decimal | date


def read_answer(question: Question, text: str, today: date | None = None) -> tuple[Value | None, str | int | None]:
    """The answer as formulas see it, and for a choice or whole-number dimension its code.

    Blank gives (None, None) where the question may be left open, and raises WrongAnswer otherwise.
    """
    if not text:
        return _blank(question), None
    answer, code = question.question_kind.read(question, text)
    check_bounds(question, answer, *bounds(question, today))
    return answer, code


def _blank(question: Question) -> Value | None:
    if question.optional or question.is_open_dimension:
        empty: Value | None = question.question_kind.empty
        return empty
    verb = "请选择" if question.question_kind.is_selected else "请填写"
    raise WrongAnswer(f"{verb}{question.words}。")


def default_text(question: Question, today: date | None) -> str:
    """The default as it would be typed; 今日 is today."""
    if question.default == "今日":
        return today.isoformat() if today else ""
    return question.default


def check_bounds(
    question: Question, answer: Value, lowest: AnswerBound | None, highest: AnswerBound | None, why: str = ""
) -> None:
    """Raises WrongAnswer, whose sentence ends with `why`."""
    for value in answer if isinstance(answer, tuple) else (answer,):
        if isinstance(value, Decimal) and value < 0 and lowest == 0:
            raise WrongAnswer("不能是负数。")
        if lowest is not None and compare("<", value, lowest):
            raise WrongAnswer(f"不能{'早' if isinstance(value, date) else '小'}于 {_spell(question, lowest)}{why}。")
        if highest is not None and compare(">", value, highest):
            raise WrongAnswer(f"不能{'晚' if isinstance(value, date) else '大'}于 {_spell(question, highest)}{why}。")


def bounds(question: Question, today: date | None) -> tuple[AnswerBound | None, AnswerBound | None]:
    """The lowest and highest answer, None where there is no bound; those of its kind where the question has none."""
    of_kind = question.question_kind.bounds
    if of_kind is None:
        return None, None
    lowest, highest = read_bound(question, question.minimum, today), read_bound(question, question.maximum, today)
    return of_kind.lowest if lowest is None else lowest, of_kind.highest if highest is None else highest


def read_bound(question: Question, written: str, today: date | None) -> AnswerBound | None:
    """今日 and 明年今日 move with the day; anything else is written as it would be typed. None for a formula over answers."""
    of_kind = question.question_kind.bounds
    if not written or of_kind is None or written.strip().startswith(BOUND_FORMULA):
        return None
    if of_kind.follows_today and written in {"今日", "明年今日"}:
        return _in_a_year(today) if today and written == "明年今日" else today
    bound: AnswerBound = of_kind.read(question, written)[0]
    return bound


def _in_a_year(day: date) -> date:
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return day.replace(year=day.year + 1, day=min(day.day, last))


def _spell(question: Question, bound: AnswerBound) -> str:
    of_kind = question.question_kind.bounds
    return of_kind.spell(question, bound) if of_kind else ""
