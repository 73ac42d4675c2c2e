"""The answer to a typed question: the calculator it asks, filled in with what its words say, and the result.

Nothing of it is stored or logged.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from calculators.forms import CalculatorForm
from calculators.question_answering import lookups
from calculators.typed_questions.interpretation import Interpretation, Reading, interpret
from calculators.typed_questions.places import Place
from calculators.worksheet import Statement


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
        return {code: text for code, text in self.form.typed.items() if text}

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


def answer_question(text: str, today: date) -> QuestionAnswer:
    """`today` is the day that is asked for, and that decides which August 8月 is."""
    definitions = [calculator.published() for calculator in lookups.calculators()]
    covered = {area.code for area in lookups.areas_with_values()}
    found = interpret(text, definitions, lookups.place_index(), covered, today)
    return QuestionAnswer(found, _filled_form(found.reading, today) if found.reading else None)


def _filled_form(reading: Reading, today: date) -> CalculatorForm:
    """A word that may mean two options means the one that the area distinguishes: 卫生院 is 社区 or 一级."""
    form = CalculatorForm(reading.definition, reading.answers, today)
    other = {code: option for code in reading.options if (option := _offered(form, reading, code))}
    return CalculatorForm(reading.definition, reading.answers | other, today) if other else form


def _offered(form, reading, code) -> str:
    """The first meaning that the area offers, where it is not the likeliest one."""
    question = next((question for question in form.answers.questions if question.code == code), None)
    offered = [option.code for option in question.options] if question else []
    if code not in reading.answers or reading.answers[code] in offered:
        return ""
    return next((option for option in reading.options[code] if option in offered), "")
