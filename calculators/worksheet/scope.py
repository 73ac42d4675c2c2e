"""The names a step's formula sees: answers, other steps, the round it is in, and policy values.

A name that is neither a question nor a step is a policy value, looked up for the day and the
dimensions of the step that reads it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from calculators.definition import Definition, Step
from calculators.formulas import FormulaError, Value, unknown
from calculators.values.types import InForce
from calculators.values.units import show_in_formula
from calculators.worksheet.answers import Answers, NotAnswered
from calculators.worksheet.errors import WorksheetError
from calculators.worksheet.rates import Dimensions, Reader, unit_word
from calculators.worksheet.statement import Line


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
    reader: Reader
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
        if name in self.definition.step_names:
            return self._step_value(name)
        if name in self.definition.by_name:
            return self._answer(name)
        return self._figure(name).value

    def _answer(self, name):
        if name not in self.answers.values:
            raise NotAnswered(name)
        return self.answers.values[name]

    def _step_value(self, name):
        step = self.definition.by_name[name]
        if not self._goes_along(step):
            return self.sheet.result(step)
        return self.sheet.line_in_round(step, self.current).amount

    def _goes_along(self, step):
        """Whether the step is computed in the same rounds as this one."""
        return self.current is not None and step.each == self.current.each

    def previous(self, name, otherwise):
        step = self.definition.by_name.get(name)
        if not isinstance(step, Step) or not self._goes_along(step):
            raise FormulaError("“上期”里要写同一列里逐期计算的步骤。")
        if not self.current.place:
            return otherwise()
        return self.sheet.round_lines[name][self.current.place - 1].amount

    def unit(self, name):
        return unit_word(self._figure(name))

    def is_set(self, name):
        if name in self.definition.by_name:
            return name in self.answers.values or name in self.definition.step_names
        return self.sheet.reader.has(name, self.day, self.dimensions)

    def _figure(self, name):
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
            return self._day_of_step()
        return self.answers.on

    def _day_of_step(self):
        day = self.value(self.step.day)
        if not isinstance(day, date):
            raise FormulaError(f"取数日期“{self.step.day}”不是日期。")
        return day

    @property
    def dimensions(self) -> Dimensions:
        answers = {**self.answers.dimensions, **self._answered_by_steps(), **self._asked()}
        return {dimension: code for dimension, code in answers.items() if code is not None}

    def _answered_by_steps(self):
        steps = (step for step in self.definition.steps if step.dimension and self._can_ask(step))
        return {step.dimension: self._code_of(step.name) for step in steps}

    def _can_ask(self, step):
        """Whether the step's result can narrow this lookup: it goes along with it, and is not waiting for it."""
        if step.each and not self._goes_along(step):
            return False
        return (step.name, self.current.place if step.each else None) not in self.sheet.doing

    def _asked(self):
        asks = self.step.asks if self.step is not None else {}
        return {dimension: self._code_of(answer) for dimension, answer in asks.items()}

    def _code_of(self, answer):
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

    def _unit_of(self, name):
        part = self.definition.by_name.get(name)
        if isinstance(part, Step):
            return part.unit if self._goes_along(part) else part.result_unit
        if part is not None:
            return part.answer_unit
        return next(
            (figure.unit for figure in self.figures if figure.name == name), "month" if name == "本期" else "text"
        )


def _code(part, answer):
    """The code of an answer: of its option, of a whole number, or the word itself."""
    if isinstance(answer, Decimal):
        return int(answer)
    if not isinstance(answer, str):
        raise FormulaError(f"“{part.name}”不是一个选项或整数，不能作适用条件。")
    return next((option.code for option in part.options if answer == option.label), answer)
