"""The answer to a typed question: the calculator it asks, filled in with what its words say, and the result.

Where the words say no 参保地 or 身份, those that the visitor chose for every page stand in for them. 在职 and 退休 are
never told apart by a default: where nobody says which, it is asked.

Nothing of it is stored or logged.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.forms import BoundField

from calculators.definition import AREA_KIND, Definition, Question
from calculators.forms import CalculatorForm
from calculators.question_answering import lookups
from calculators.question_answering.option_results import OptionResult, filled_in_address, option_results
from calculators.typed_questions.interpretation import Interpretation, Reading, interpret
from calculators.typed_questions.places import Place
from calculators.values.conditions import PERSON_DIMENSION
from calculators.values.types import Citation
from calculators.values.units import is_money
from calculators.worksheet import Statement
from calculators.worksheet.statement import Result
from calculators.worksheet.working import working_sentences

NUMBER_WORDS = {1: "一", 2: "两", 3: "三", 4: "四", 5: "五"}
MAX_QUESTIONS, MAX_SOURCES, MAX_ASSUMED, MAX_OTHER_RESULTS = 2, 3, 4, 3
COUNTED_UNITS = ("times", "months")
RETIRED = "retired"  # where 身份 may be this one, it decides what is paid


@dataclass(frozen=True)
class QuestionAnswer:
    """`form` is that of the calculator asked for, with the answers the words say; None where none is asked for.
    `chosen` are answers of the visitor's choice, which the words leave open; `place` is where somebody is insured."""

    interpretation: Interpretation
    form: CalculatorForm | None = None
    place: Place | None = None
    is_covered: bool = False
    chosen: dict[str, str] = field(default_factory=dict)

    @property
    def reading(self) -> Reading | None:
        return self.interpretation.reading

    @property
    def is_uncovered(self) -> bool:
        """Whether the place is one that no values are held for."""
        return self.place is not None and not self.is_covered

    @cached_property
    def answers(self) -> dict[str, str]:
        """What the words say, by input; of a question that no calculator answers the place alone."""
        if self.form is None:
            return {"region": self.interpretation.place.code} if self.interpretation.place else {}
        said = self.reading.answers
        return {
            code: text
            for code, text in self.form.typed.items()
            if text and (code in said or not (code in self.chosen or code in _prefilled(self.form.definition)))
        }

    @cached_property
    def missing(self) -> list[str]:
        """The inputs without which there is no result, and those that the words left open."""
        if self.form is None:
            return []
        needed = {field.name for field in self.form.missing} | set(self.reading.unclear)
        return [
            question.code
            for question in self.form.answers.questions
            if question.code in needed or self._must_be_said(question)
        ]

    def _must_be_said(self, question: Question) -> bool:
        """Whether a default would tell 在职 from 退休."""
        is_decisive = question.code == PERSON_DIMENSION and any(option.code == RETIRED for option in question.options)
        return is_decisive and len(question.options) > 1 and not self.form.typed.get(question.code)

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
        return filled_in_address(self.reading.definition, self._filled_in)

    @property
    def which(self) -> list[tuple[str, str]]:
        """Name and address of each calculator, where the sentence asks two of them."""
        readings = self.interpretation.readings if self.reading is None and not self.is_uncovered else ()
        return [
            (reading.definition.name, filled_in_address(reading.definition, reading.answers)) for reading in readings
        ]

    @cached_property
    def remaining(self) -> list[BoundField]:
        """The one or two questions to answer next; what is wrong comes first."""
        wrong = [code for code in self.form.errors if code in self.form.fields]
        codes = list(dict.fromkeys([*wrong, *self.missing]))
        return [self.form[code] for code in codes[:MAX_QUESTIONS]]

    @property
    def open_count(self) -> str:
        """In words, how many questions are still to be answered before there is a result."""
        return NUMBER_WORDS.get(len(self.missing), str(len(self.missing)))

    @cached_property
    def option_results(self) -> list[OptionResult]:
        return option_results(self.form, self.missing, self._filled_in)

    @property
    def known(self) -> dict[str, str]:
        """What goes along unasked."""
        asked = {field.name for field in self.remaining}
        return {code: text for code, text in self._filled_in.items() if code not in asked}

    @property
    def _filled_in(self) -> dict[str, str]:
        return {**_prefilled(self.reading.definition), **self.chosen, **self.answers}

    @property
    def assumed(self) -> list[tuple[str, str]]:
        """What is preset, was not said and decides what the rules give, in words: the question and the answer."""
        return [
            (question.words, self.form.in_words(question))
            for question in self.form.answers.questions
            if self._is_assumed(question)
        ][:MAX_ASSUMED]

    def _is_assumed(self, question: Question) -> bool:
        code, answers = question.code, self.form.answers
        is_preset = question.kind != AREA_KIND and question.default and code not in answers.unknown
        is_told = code in self._filled_in or answers.raw[code] in {"", "0", "否"}
        is_choice = (question.dimension or code == PERSON_DIMENSION) and len(question.options) > 1
        return bool(is_preset and not is_told and (is_choice or question.answer_unit in COUNTED_UNITS))

    @property
    def working(self) -> list[str]:
        return working_sentences(self.statement)

    @property
    def other_results(self) -> list[Result]:
        """Amounts that neither the headline nor the bar shows."""
        shown = {self.statement.headline.label, *(part.label for part in self.statement.parts)}
        others = [result for result in self.statement.outputs.values() if result.label not in shown]
        return [result for result in others if _is_telling(result)][:MAX_OTHER_RESULTS]

    @property
    def sources(self) -> list[Citation]:
        return list(dict.fromkeys(figure.citation for figure in self.statement.figures))[:MAX_SOURCES]

    @property
    def hotline(self) -> str:
        return self.place.hotline


def _is_telling(result: Result) -> bool:
    amounts = result.amounts or (result.amount,)
    return (is_money(result.unit) or result.unit == "months") and any(
        isinstance(amount, Decimal) and amount for amount in amounts
    )


def _prefilled(definition: Definition) -> dict[str, str]:
    """What a form has filled in where an address alone would imply more: people tell what they paid, not what counts."""
    return {
        question.code: question.default for question in definition.questions if question.implied and question.default
    }


def answer_question(text: str, today: date, chosen_area: str = "", chosen_person: str = "") -> QuestionAnswer:
    """`today` is the day that is asked for, and that decides which August 8月 is. The chosen are of the visitor's choice."""
    definitions = [calculator.published() for calculator in lookups.calculators()]
    covered = {area.code for area in lookups.areas_with_values()}
    given = (text, definitions, lookups.place_index(), covered, today)
    found = interpret(*given)
    if not all(_is_open_to(reading, chosen_person) for reading in found.readings):
        for_person = interpret(*given, who=lookups.words().names.get(PERSON_DIMENSION, {}).get(chosen_person, ""))
        if for_person.readings and all(_is_open_to(reading, chosen_person) for reading in for_person.readings):
            found = for_person
    if found.reading is None:
        return QuestionAnswer(found, None, found.place, found.is_covered)
    chosen = _chosen(found, chosen_area, chosen_person)
    asked = found.reading.definition.area_question
    place = (found.place or _place_of(chosen.get(asked.code, ""))) if asked else None
    if place and place.code not in covered:
        return QuestionAnswer(found, None, place)
    return QuestionAnswer(found, _filled_form(found.reading, chosen, today), place, place is not None, chosen)


def _place_of(code: str) -> Place | None:
    return lookups.place(code) if code else None


def _persons(definition: Definition) -> set[str]:
    """Codes of the 身份 that a calculator lets choose between."""
    question = definition.person_question
    return {option.code for option in question.options} if question else set()


def _is_open_to(reading: Reading, person: str) -> bool:
    """Whether the calculator may answer somebody of this 身份, or the words themselves say whose question it is."""
    persons = _persons(reading.definition)
    is_said = PERSON_DIMENSION in {*reading.answers, *reading.unclear}
    return not (person and persons) or person in persons or is_said


def _chosen(found: Interpretation, area: str, person: str) -> dict[str, str]:
    """The visitor's choice as answers, where the words say nothing of them and the calculator has such an answer."""
    reading = found.reading
    chosen = reading.definition.place_and_day("" if found.place else area, None) | {
        PERSON_DIMENSION: person if person in _persons(reading.definition) else ""
    }
    told = {*reading.answers, *reading.unclear}
    return {code: text for code, text in chosen.items() if text and code not in told}


def _filled_form(reading: Reading, chosen: dict[str, str], today: date) -> CalculatorForm:
    """A word that may mean two options means the one that the area distinguishes: 卫生院 is 社区 or 一级."""
    prefilled = _prefilled(reading.definition) | chosen
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
