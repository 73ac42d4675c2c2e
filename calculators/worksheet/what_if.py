"""Alternatives (what if): results with one answer changed that a person can change, told as tips. No Django.

Which answers can be changed is said by the tips of a question. The answers tried are those that its kind proposes
(definition.question_kinds), and the day from which a figure in the result is known to change. An answer that shows
further questions is left out, and one with which the result is worse than it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from calculators.definition import ANY_ANSWER, Definition, Question
from calculators.definition.placeholders import fill
from calculators.values.units import show, show_output
from calculators.worksheet import MAX_EFFORT, Result, Statement, compute_or_none
from calculators.worksheet.answers import Answers, parse_answers
from calculators.worksheet.rates import CachedRates, Rates

MAX_ALTERNATIVES = 5  # shown
ANSWER_PLACEHOLDER = "回答"


@dataclass(frozen=True)
class Alternative:
    """Result with one answer changed. `difference` is None if another output has become the headline."""

    tip: str
    query: str
    result: Result
    difference: Decimal | None

    @property
    def change(self) -> str:
        if self.difference is None:
            return self.result.label
        word = "多" if self.difference > 0 else "少"
        return f"{word} {show_output(abs(self.difference), self.result.unit)}"

    @property
    def weight(self) -> tuple[bool, Decimal]:
        """Another headline weighs most, then the larger difference."""
        measured = self.result.amount if self.difference is None else self.difference
        return self.difference is None, abs(measured) if isinstance(measured, Decimal) else Decimal(0)


def alternatives(
    definition: Definition, answers: Answers, statement: Statement, rates: Rates, today: date
) -> tuple[Alternative, ...]:
    """For each of the answers that can be changed, what betters the headline most; the strongest first."""
    strongest: dict[str, Alternative] = {}
    for question, tip, other, computed in _tried(definition, answers, statement, rates, today):
        found = _compared(tip, other, computed.headline, statement.headline)
        if found and (question.code not in strongest or found.weight > strongest[question.code].weight):
            strongest[question.code] = found
    return tuple(sorted(strongest.values(), key=lambda found: found.weight, reverse=True)[:MAX_ALTERNATIVES])


def _tried(
    definition: Definition, answers: Answers, statement: Statement, rates: Rates, today: date
) -> Iterator[tuple[Question, str, Answers, Statement]]:
    """Each other answer by its tip, with the answers and the statement it leads to; as many as one calculation may cost."""
    left, rates = MAX_EFFORT, CachedRates.of(rates)
    for question in answers.questions:
        for text, shown in _others(definition, question, answers, statement):
            tip = question.tips.get(text, question.tips.get(ANY_ANSWER, ""))
            if not tip:
                continue
            other = parse_answers(definition, {**answers.raw, question.code: text}, today=today, rates=rates)
            if other.errors or not other.raw.keys() <= answers.raw.keys() or left < statement.effort:
                continue
            computed = compute_or_none(definition, other, rates)
            if computed is None:
                continue
            left -= computed.effort
            if question != definition.day_question or _names(statement) <= _names(computed):
                yield question, _with_answer(tip, shown), other, computed


def _with_answer(tip: str, shown: str) -> str:
    return fill(tip, lambda name: shown if name == ANSWER_PLACEHOLDER else f"{{{name}}}")


def _names(statement: Statement) -> set[str]:
    """The values read. A day on which one of them has ended without a successor is not like today."""
    return {figure.name for figure in statement.figures}


def _compared(tip: str, other: Answers, then: Result, now: Result) -> Alternative | None:
    """The alternative, or None where it is no better in a way that can be measured, or the main result goes missing."""
    if not isinstance(then.amount, Decimal) or not isinstance(now.amount, Decimal) or then.headline != now.headline:
        return None
    if then.is_span or now.is_span:
        return _compared_spans(tip, other, then, now)
    difference = then.amount - now.amount if then.code == now.code else None
    if difference is not None and (difference == 0 or (now.better and (difference < 0) is (now.better == "higher"))):
        return None
    query = urlencode({code: text for code, text in other.raw.items() if text})
    return Alternative(tip, query, then, difference)


def _compared_spans(tip: str, other: Answers, then: Result, now: Result) -> Alternative | None:
    """What one does not know is the same in both: better in some of its scenarios and worse in none."""
    pairs = [
        (a, b)
        for a, b in zip(then.amounts, now.amounts, strict=False)
        if isinstance(a, Decimal) and isinstance(b, Decimal)
    ]
    differences = [a - b if now.better != "lower" else b - a for a, b in pairs]
    if then.code != now.code or not any(differences) or min(differences) < 0:
        return None
    query = urlencode({code: text for code, text in other.raw.items() if text})
    return Alternative(tip, query, then, None)


def _others(
    definition: Definition, question: Question, answers: Answers, statement: Statement
) -> Iterable[tuple[str, str]]:
    """Other answers to a question that was answered: as they are typed, and as a reader sees them."""
    value = answers.values.get(question.name)
    if value is None or not answers.raw[question.code]:
        return ()
    if question == definition.day_question:
        return _days_of_change(statement)
    return question.question_kind.others(question, value) if value != () else ()


def _days_of_change(statement: Statement) -> Iterator[tuple[str, str]]:
    days = sorted({figure.until for figure in statement.figures if figure.until and figure.until > statement.on})
    return ((day.isoformat(), f"{show(day, 'date')}起") for day in days[:1])
