"""The answer to a typed question: the calculator it asks, filled in with what its words say, and the result.

Nothing of it is stored or logged.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.forms import BoundField
from django.urls import reverse
from django.utils.http import urlencode

from calculators.definition import Definition
from calculators.forms import CalculatorForm
from calculators.question_answering import lookups
from calculators.typed_questions.interpretation import Interpretation, Reading, interpret
from calculators.typed_questions.places import Place
from calculators.values.types import Citation
from calculators.worksheet import Statement
from calculators.worksheet.working import working_sentences

MAX_QUESTIONS, MAX_SOURCES = 2, 3


@dataclass(frozen=True)
class QuestionAnswer:
    """`form` is that of the calculator asked for, with the answers the words say; None where none is asked for."""

    interpretation: Interpretation
    form: CalculatorForm | None = None

    @property
    def reading(self) -> Reading | None:
        return self.interpretation.reading

    @property
    def place(self) -> Place | None:
        return self.interpretation.place

    @property
    def is_uncovered(self) -> bool:
        """Whether the place is one that no values are held for."""
        return self.place is not None and not self.interpretation.is_covered

    @cached_property
    def answers(self) -> dict[str, str]:
        """What the words say, by input; of a question that no calculator answers the place alone."""
        if self.form is None:
            return {"region": self.place.code} if self.place else {}
        said = self.reading.answers
        return {
            code: text
            for code, text in self.form.typed.items()
            if text and (code in said or code not in _prefilled(self.form.definition))
        }

    @cached_property
    def missing(self) -> list[str]:
        """The inputs without which there is no result, and those that the words left open."""
        if self.form is None:
            return []
        needed = {field.name for field in self.form.missing}
        asked = [question.code for question in self.form.answers.questions]
        return [code for code in asked if code in needed or code in self.reading.unclear]

    @property
    def statement(self) -> Statement | None:
        return None if self.form is None or self.missing else self.form.statement

    # What the search page shows.

    @property
    def is_shown(self) -> bool:
        return bool(self.form or self.is_uncovered or self.which)

    @property
    def url(self) -> str:
        """The calculator with everything that the words say filled in."""
        return _address(self.reading.definition, {**_prefilled(self.reading.definition), **self.answers})

    @property
    def which(self) -> list[tuple[str, str]]:
        """Name and address of each calculator, where the sentence asks two of them."""
        readings = self.interpretation.readings if self.reading is None and not self.is_uncovered else ()
        return [(reading.definition.name, _address(reading.definition, reading.answers)) for reading in readings]

    @cached_property
    def remaining(self) -> list[BoundField]:
        """The one or two questions to answer next; what is wrong comes first."""
        wrong = [code for code in self.form.errors if code in self.form.fields]
        codes = list(dict.fromkeys([*wrong, *self.missing]))
        return [self.form[code] for code in codes[:MAX_QUESTIONS]]

    @property
    def known(self) -> dict[str, str]:
        """What goes along unasked."""
        asked = {field.name for field in self.remaining}
        answers = {**_prefilled(self.form.definition), **self.answers}
        return {code: text for code, text in answers.items() if code not in asked}

    @property
    def working(self) -> list[str]:
        return working_sentences(self.statement)

    @property
    def sources(self) -> list[Citation]:
        return list(dict.fromkeys(figure.citation for figure in self.statement.figures))[:MAX_SOURCES]

    @property
    def hotline(self) -> str:
        return self.place.hotline


def _prefilled(definition: Definition) -> dict[str, str]:
    """What a form has filled in where an address alone would imply more: people tell what they paid, not what counts."""
    return {
        question.code: question.default for question in definition.questions if question.implied and question.default
    }


def _address(definition: Definition, answers: dict[str, str]) -> str:
    address = reverse("calculators:calculator", args=[definition.code])
    return f"{address}?{urlencode(answers)}" if answers else address


def answer_question(text: str, today: date) -> QuestionAnswer:
    """`today` is the day that is asked for, and that decides which August 8月 is."""
    definitions = [calculator.published() for calculator in lookups.calculators()]
    covered = {area.code for area in lookups.areas_with_values()}
    found = interpret(text, definitions, lookups.place_index(), covered, today)
    return QuestionAnswer(found, _filled_form(found.reading, today) if found.reading else None)


def _filled_form(reading: Reading, today: date) -> CalculatorForm:
    """A word that may mean two options means the one that the area distinguishes: 卫生院 is 社区 or 一级."""
    prefilled = _prefilled(reading.definition)
    form = CalculatorForm(reading.definition, prefilled | reading.answers, today)
    other = {code: option for code in reading.options if (option := _offered(form, reading, code))}
    return CalculatorForm(reading.definition, prefilled | reading.answers | other, today) if other else form


def _offered(form, reading, code) -> str:
    """The first meaning that the area offers, where it is not the likeliest one."""
    question = next((question for question in form.answers.questions if question.code == code), None)
    offered = [option.code for option in question.options] if question else []
    if code not in reading.answers or reading.answers[code] in offered:
        return ""
    return next((option for option in reading.options[code] if option in offered), "")
