"""Parsing of all answers to a calculator: the texts of a form or URL to typed answers, or an error sentence each.

The form, the API and the case runner all parse answers here, so their sentences are the same. A
question that is not shown is not asked: it has no error, and text typed for it is ignored.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from calculators.definition import UNKNOWN_ANSWER, Choices, Definition, Question, WrongAnswer, offered
from calculators.formulas import FormulaError, Value, compile_formula
from calculators.values.types import InForce, ParameterNotInForce
from calculators.worksheet.parsing import check_bounds, default_text, read_answer
from calculators.worksheet.rates import CachedRates, EmptyRates, Rates, unit_word


class NotAnswered(FormulaError):
    """Error of a formula that reads a question without an answer; `name` is the question's."""

    def __init__(self, name: str):
        super().__init__(f"“{name}”没有填写。")
        self.name = name


@dataclass(frozen=True)
class Answers:
    """`values` are by the questions' names, as formulas see them; `errors` and `raw` are by code.

    `questions` are those to be shown, with the choices the area offers; `raw` is what was typed for
    them, defaults filled in. `codes` are the choices taken, by name; `dimensions` what every lookup
    of a policy value is narrowed by. `unknown` are the questions answered by 不知道, which has the value of the first
    answer that is computed for it (calculators.worksheet.scenarios).
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str | int] = field(default_factory=dict)
    dimensions: Mapping[str, str | int] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    area: str = ""
    on: date | None = None
    unknown: tuple[str, ...] = ()


def parse_answers(
    definition: Definition,
    raw: Mapping[str, str],
    *,
    today: date | None = None,
    rates: Rates | None = None,
    on: date | None = None,
) -> Answers:
    """Read the answers to `definition`'s questions from texts by code.

    `today` bounds and defaults the questions that say 今日; without it they have no such bound. `on` is the day of a
    calculator that asks for none; without it, today.
    `rates` decide which choices the area offers, and questions shown only where a policy value says so.
    """
    rates = rates or EmptyRates()
    reading = _Reading(definition, today, CachedRates.of(rates), on or today)
    asked_on = _day_asked(definition, raw, today)
    for question in definition.questions:
        asked = offered(question, reading.choices(question, rates, asked_on)) if question.dimension else question
        if asked is not None:
            reading.ask(asked, typed(raw, asked) or _implied(raw, asked))
    return reading.answers()


def typed(raw: Mapping[str, str], question: Question) -> str:
    return str(raw.get(question.code) or "").strip()


def _implied(raw: Mapping[str, str], question: Question) -> str:
    """The answer that goes without saying where another question was answered and this one not even sent blank."""
    others = question.implied.items() if question.code not in raw else ()
    return next((answer for code, answer in others if str(raw.get(code) or "").strip()), "")


def _day_asked(definition: Definition, raw: Mapping[str, str], today: date | None) -> date | None:
    """The day the choices are for; an unreadable one is refused later, at its question."""
    question = definition.day_question
    if question is None:
        return None
    try:
        answer, _ = read_answer(question, typed(raw, question) or default_text(question, today), today)
    except WrongAnswer:
        return None
    return answer if isinstance(answer, date) else None


class _Reading:
    """Parser state: the answers so far; also the scope in which conditions of later questions are evaluated."""

    def __init__(self, definition: Definition, today: date | None, reader: CachedRates, unasked_day: date | None):
        self.definition = definition
        self.today = today
        self.unasked_day = unasked_day
        self.reader = reader
        self.values: dict[str, Value] = {}
        self.errors: dict[str, str] = {}
        self.raw: dict[str, str] = {}
        self.codes: dict[str, str | int] = {}
        self.dimensions: dict[str, str | int] = {}
        self.questions: list[Question] = []
        self.unknown: list[str] = []

    def ask(self, question: Question, text: str) -> None:
        if not self._is_shown(question):
            self._leave(question)
            return
        self.questions.append(question)
        self.raw[question.code] = text or self._default(question)
        try:
            self._take(question, self.raw[question.code])
        except WrongAnswer as wrong:
            self.errors[question.code] = str(wrong)

    def choices(self, question: Question, rates: Rates, on: date | None) -> Choices:
        """What the area distinguishes for whom the question is: those its steps ask for, or who has answered so far."""
        found: dict[str, dict[str, str]] = {}
        apart = self.definition.asked_apart.get(question.name)
        for dimensions in [self.dimensions] if apart is None else apart:
            for dimension, words in rates.choices(on, dimensions).items():
                found.setdefault(dimension, {}).update(words)
        return found

    def _default(self, question: Question) -> str:
        only_choice = question.dimension and len(question.options) == 1
        return question.options[0].code if only_choice else default_text(question, self.today)

    def _is_shown(self, question: Question) -> bool:
        if not question.shown_if:
            return True
        try:
            return compile_formula(question.shown_if).evaluate(self) is True
        except (FormulaError, ParameterNotInForce):
            return False

    def _leave(self, question: Question) -> None:
        """Not asked: as if left blank, and no word about it. An unasked dimension narrows nothing."""
        empty = question.question_kind.empty
        if question.default == UNKNOWN_ANSWER:
            return
        if question.default and not question.dimension:
            with suppress(WrongAnswer):  # 今日 without a day
                self._take(question, default_text(question, self.today))
        elif question.optional and empty is not None:
            self.values[question.name] = empty

    def _take(self, question: Question, text: str) -> None:
        if text == UNKNOWN_ANSWER and question.unknown_answers:
            self.unknown.append(question.code)
            text = question.unknown_answers[0]
        answer, code = read_answer(question, text, self.today)
        if answer is None:
            return
        self._check_against_others(question, answer)
        self.values[question.name] = answer
        if code is not None:
            self.codes[question.name] = code
            if question.dimension and question.name not in self.definition.asked_apart:
                self.dimensions[question.dimension] = code

    def _check_against_others(self, question: Question, answer: Value) -> None:
        """Within the bounds that earlier answers set; one that is missing sets none."""
        for entry, formula in question.bound_formulas.items():
            with suppress(FormulaError, ParameterNotInForce):
                bound = compile_formula(formula).evaluate(self)
                if not isinstance(bound, Decimal | date):
                    continue
                others = [self.definition.by_name[name].words for name in compile_formula(formula).names]
                why = f"，要和“{'”“'.join(others)}”对得上" if others else ""
                lowest, highest = (bound, None) if entry == "minimum" else (None, bound)
                check_bounds(question, answer, lowest, highest, why)

    # The scope of shown_if and of bounds: earlier answers and policy values.

    def value(self, name: str) -> Value:
        if name in self.values:
            return self.values[name]
        if name in self.definition.by_name:
            raise NotAnswered(name)
        return self._figure(name).value

    def unit(self, name: str) -> str:
        return unit_word(self._figure(name))

    def is_set(self, name: str) -> bool:
        return self.on is not None and self.reader.is_set(name, self.on, self.dimensions)

    def is_filled_in(self, name: str) -> bool:
        question = next((question for question in self.questions if question.name == name), None)
        return question is not None and self.raw[question.code] != ""

    def previous(self, name: str, otherwise: Callable[[], Value]) -> Value:
        return otherwise()

    def _figure(self, name: str) -> InForce:
        if self.on is None:
            raise NotAnswered("日期")
        if not self.is_set(name):
            raise ParameterNotInForce("", code=name)  # nobody is told why a question is not shown
        return self.reader.figure(name, self.on, self.dimensions)

    @property
    def on(self) -> date | None:
        question = self.definition.day_question
        day = self.values.get(question.name) if question else self.unasked_day
        return day if isinstance(day, date) else None

    def answers(self) -> Answers:
        area = self.definition.area_question
        return Answers(
            values=self.values,
            errors=self.errors,
            codes=self.codes,
            dimensions=self.dimensions,
            raw=self.raw,
            questions=tuple(self.questions),
            area=str(self.codes.get(area.name, "")) if area else "",
            on=self.on,
            unknown=tuple(self.unknown),
        )
