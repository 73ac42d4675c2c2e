"""Scope of a step's formula: the values of answers, other steps, the current round, and policy values.

A name that is neither a question nor a step is a policy value, looked up for the day and the
dimensions of the step that reads it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from calculators.definition import Definition, Question, Step
from calculators.formulas import FormulaError, Value, unknown
from calculators.values.types import InForce
from calculators.values.units import show_in_formula
from calculators.worksheet.answers import Answers, NotAnswered
from calculators.worksheet.errors import WorksheetError
from calculators.worksheet.rates import CachedRates, Dimensions, unit_word
from calculators.worksheet.statement import Line

Codes = dict[str, str | int | None]


@dataclass(frozen=True)
class Round:
    """One round of the steps computed for each element of the list `each`; `place` counts from 0."""

    each: str
    element: Value
    place: int
    label: str


class Sheet(Protocol):
    """What a formula may ask of the worksheet it is computed on."""

    definition: Definition
    answers: Answers
    reader: CachedRates
    round_lines: dict[str, dict[int, Line]]
    doing: list[tuple[str, int | None]]

    def result(self, step: Step) -> Value:
        """The amount of a step, computed if it has not been yet."""

    def line_in_round(self, step: Step, current: Round) -> Line:
        """The line of a step in one round, computed if it has not been yet."""


class StepScope:
    """What `step` sees in round `current`; `figures` collects the policy values it reads."""

    def __init__(self, sheet: Sheet, step: Step | None = None, current: Round | None = None):
        self.sheet = sheet
        self.definition = sheet.definition
        self.answers = sheet.answers
        self.step = step
        self.current = current
        self.figures: list[InForce] = []

    def value(self, name: str) -> Value:
        if self.current is not None and name in {"本期", "期数"}:
            return self.current.element if name == "本期" else Decimal(self.current.place + 1)
        if step := self.definition.steps_by_name.get(name):
            return self._step_value(step)
        if name in self.definition.by_name:
            return self._answer(name)
        return self._figure(name).value

    def _answer(self, name: str) -> Value:
        if name not in self.answers.values:
            raise NotAnswered(name)
        return self.answers.values[name]

    def _step_value(self, step: Step) -> Value:
        current = self._round_of(step)
        return self.sheet.line_in_round(step, current).amount if current else self.sheet.result(step)

    def _round_of(self, step: Step) -> Round | None:
        """This round where the step is computed in the same rounds as this one."""
        return self.current if self.current is not None and step.each == self.current.each else None

    def previous(self, name: str, otherwise: Callable[[], Value]) -> Value:
        step = self.definition.steps_by_name.get(name)
        current = self._round_of(step) if step else None
        if current is None:
            raise FormulaError("“上期”里要写同一列里逐期计算的步骤。")
        return self.sheet.round_lines[name][current.place - 1].amount if current.place else otherwise()

    def unit(self, name: str) -> str:
        return unit_word(self._figure(name))

    def is_set(self, name: str) -> bool:
        if name in self.definition.by_name:
            return name in self.answers.values or name in self.definition.steps_by_name
        return self.sheet.reader.is_set(name, self.day, self.dimensions)

    def is_filled_in(self, name: str) -> bool:
        question = next((question for question in self.answers.questions if question.name == name), None)
        return question is not None and self.answers.raw.get(question.code, "") != ""

    def _figure(self, name: str) -> InForce:
        if name not in self.definition.reads:
            raise unknown("量", name, {*self.definition.by_name, *self.definition.reads})
        figure = self.sheet.reader.figure(name, self.day, self.dimensions)
        self.figures.append(figure)
        return figure

    @property
    def day(self) -> date:
        """The day as of which policy values are read: the round's, the step's own, or the visitor's."""
        if self.current is not None and isinstance(self.current.element, date):
            return self.current.element
        if self.step is not None and self.step.day:
            return self._day_called(self.step.day)
        if self.answers.on is None:
            raise FormulaError("没有日期，取不到数值。")
        return self.answers.on

    def _day_called(self, name: str) -> date:
        day = self.value(name)
        if not isinstance(day, date):
            raise FormulaError(f"取数日期“{name}”不是日期。")
        return day

    @property
    def dimensions(self) -> Dimensions:
        answers = {**self.answers.dimensions, **self._answered_by_steps(), **self._asked()}
        return {dimension: code for dimension, code in answers.items() if code is not None}

    def _answered_by_steps(self) -> Codes:
        steps = (step for step in self.definition.steps if step.dimension and self._can_ask(step))
        return {step.dimension: self._code_of(step.name) for step in steps}

    def _can_ask(self, step: Step) -> bool:
        """Whether the step's result can narrow this lookup: it goes along with it, and is not waiting for it."""
        current = self._round_of(step)
        if step.each and current is None:
            return False
        return (step.name, current.place if current else None) not in self.sheet.doing

    def _asked(self) -> Codes:
        asks = self.step.asks if self.step is not None else {}
        return {dimension: self._code_of(answer) for dimension, answer in asks.items()}

    def _code_of(self, answer: str) -> str | int | None:
        """A code as written, or what the question or step of that name answers; None without an answer."""
        if answer in self.answers.codes:
            return self.answers.codes[answer]
        if answer not in self.definition.by_name:
            return answer
        try:
            return _code(self.definition.by_name[answer], self.value(answer))
        except NotAnswered:
            return None
        except WorksheetError as failure:
            if isinstance(failure.error, NotAnswered):
                return None
            raise

    def show(self, name: str, value: Value) -> str:
        """A value as it stands in a formula with the numbers put in."""
        return show_in_formula(value, self._unit_of(name))

    def _unit_of(self, name: str) -> str:
        part = self.definition.by_name.get(name)
        if isinstance(part, Step):
            return part.unit if self._round_of(part) else part.result_unit
        if part is not None:
            return part.answer_unit
        return next(
            (figure.unit for figure in self.figures if figure.name == name), "month" if name == "本期" else "text"
        )


def _code(part: Question | Step, answer: Value) -> str | int:
    """The code of an answer: of its option, of a whole number, or the word itself."""
    if isinstance(answer, Decimal):
        return int(answer)
    if not isinstance(answer, str):
        raise FormulaError(f"“{part.name}”不是一个选项或整数，不能作适用条件。")
    return next((option.code for option in part.options if answer == option.label), answer)
