"""Worked example: the statement for answers in words, with the values of a day, and where to change the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from calculators.definition import UNKNOWN_ANSWER, Definition, Question
from calculators.publishing.availability import UnexplainedRates
from calculators.question_answering.short_working import short_working
from calculators.values.units import show
from calculators.worked_examples.answers_in_words import UnreadableAnswers, read_words
from calculators.worksheet import Statement, WorksheetError, compute
from calculators.worksheet.answers import Answers
from calculators.worksheet.rates import Rates


@dataclass(frozen=True)
class WorkedExample:
    """`typed` is what the calculator's address needs, `given` the answers in words."""

    definition: Definition
    area_name: str
    typed: Mapping[str, str]
    given: tuple[tuple[str, str], ...]
    statement: Statement

    @property
    def line(self) -> str:
        return short_working(self.statement)

    @property
    def url(self) -> str:
        return f"{reverse('calculators:calculator', args=[self.definition.code])}?{urlencode(self.typed)}"


def worked_example(
    definition: Definition,
    area: tuple[str, str],
    words: Iterable[str],
    rates: Rates,
    on: date,
    *,
    day: date | None = None,
    answers: Mapping[str, str] | None = None,
) -> WorkedExample:
    """Compute the example for the area (code and name), with the values of `day`, or of the reader's day `on`.

    `answers` are those of a worked case, to which the words add. Raises UnreadableAnswers, ParameterNotInForce.
    """
    fixed = definition.place_and_day("", day)
    given = dict(answers or {}) | definition.place_and_day(area[0], None) | fixed
    typed, read = read_words(definition, words, given, on, UnexplainedRates(rates))
    try:
        statement = compute(definition, read, rates)
    except WorksheetError as error:
        raise UnreadableAnswers(error.for_visitors()) from error
    return WorkedExample(definition, area[1], typed, _in_words(definition, read, area[1], fixed), statement)


def _in_words(
    definition: Definition, read: Answers, area_name: str, fixed: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """The questions that were answered, and the answers as a reader sees them; the day only where it is not today's."""
    asked = [question for question in read.questions if read.raw[question.code] and question.name in read.values]
    area, day = definition.area_question, definition.day_question
    shown = [question for question in asked if question != day or fixed]
    return tuple((question.words, area_name if question == area else _word(question, read)) for question in shown)


def _word(question: Question, read: Answers) -> str:
    if question.code in read.unknown:
        return UNKNOWN_ANSWER
    answer = read.values[question.name]
    return read.raw[question.code] if isinstance(answer, tuple) else show(answer, question.answer_unit)
