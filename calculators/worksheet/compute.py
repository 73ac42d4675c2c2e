"""Computation of a calculator's steps on given answers. Each step is computed once, when something needs it.

An output in money is rounded to the fen where it is computed, and whatever reads it reads the
rounded amount: the parts of a bill add up to the bill.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial

from calculators.definition import Definition, Note, Output, Step
from calculators.definition.placeholders import fill
from calculators.formulas import FormulaError, Value, compile_formula, unknown
from calculators.values.rounding import to_fen
from calculators.values.types import UNLIMITED
from calculators.values.units import is_money, show_in_sentence
from calculators.worksheet.answers import Answers
from calculators.worksheet.errors import WorksheetError
from calculators.worksheet.rates import CachedRates, Rates
from calculators.worksheet.scope import Round, StepScope
from calculators.worksheet.statement import Line, Result, Statement, period_text, unique

MAX_EFFORT = 20_000  # nodes of formulas: some 30 ms


class Worksheet:
    def __init__(self, definition: Definition, answers: Answers, rates: Rates):
        self.definition = definition
        self.answers = answers
        self.reader = CachedRates.of(rates)
        self.results: dict[str, Value] = {}
        self.round_lines: dict[str, dict[int, Line]] = {}
        self.lines: dict[str, Line] = {}
        self.doing: list[tuple[str, int | None]] = []
        self._effort = 0

    def statement(self) -> Statement:
        if self.answers.on is None:
            raise WorksheetError("日期", FormulaError("没有日期，取不到数值。"))
        outputs = {output.code: self._output(output) for output in self.definition.outputs if self._holds(output)}
        if not outputs:
            raise WorksheetError("结果", FormulaError("按这些回答，没有一项结果。"))
        notes = tuple(self._filled(note.text) for note in self.definition.notes if self._holds(note))
        return Statement(
            area=self.answers.area,
            on=self.answers.on,
            lines=tuple(self.lines[step.name] for step in self.definition.steps if step.name in self.lines),
            outputs=outputs,
            notes=notes,
            effort=self._effort,
        )

    def _holds(self, part: Output | Note) -> bool:
        """Whether an output or note is to be shown."""
        if not part.shown_if:
            return True
        where = part.code if isinstance(part, Output) else "说明"
        return self._evaluate(where, part.shown_if, StepScope(self)) is True

    def _output(self, output: Output) -> Result:
        step = self.definition.steps_by_name.get(output.step)
        if step is None:
            raise WorksheetError(output.code, unknown("步骤", output.step, self.definition.steps_by_name))
        amount = self.result(step)
        if amount is UNLIMITED and (output.headline or output.part):
            raise WorksheetError(step.name, FormulaError("结果是“不设限额”，不是一个金额。"))
        return Result.of(output, amount, step.result_unit, self._filled(output.sentence))

    def _filled(self, text: str) -> str:
        """The text with {步骤} replaced by what it gives."""
        return fill(text, self._in_words)

    def _in_words(self, name: str) -> str:
        part = self.definition.by_name[name]
        unit = part.result_unit if isinstance(part, Step) else part.answer_unit
        try:
            return show_in_sentence(StepScope(self).value(name), unit, self.answers.on)
        except FormulaError as error:
            raise WorksheetError(name, error) from error

    def result(self, step: Step) -> Value:
        """The result of a step: computed now if it was not before, a tuple where it goes round by round."""
        if step.name not in self.results:
            with self._at_work_on(step.name):
                self._compute_rounds(step) if step.each else self._compute(step)
        return self.results[step.name]

    @contextmanager
    def _at_work_on(self, name: str, place: int | None = None) -> Iterator[None]:
        """While a step is being computed, for a round or as a whole, nothing it needs may need it."""
        if (name, place) in self.doing:
            circle = [other for other, _ in self.doing[self.doing.index((name, place)) :]]
            shown = " → ".join([*dict.fromkeys(circle), name])
            raise WorksheetError(name, FormulaError(f"步骤互相依赖，绕成了圈：{shown}。"))
        self.doing.append((name, place))
        try:
            yield
        finally:
            self.doing.pop()

    def _compute(self, step: Step) -> None:
        self.lines[step.name] = line = self._line(step, None)
        self.results[step.name] = line.amount

    def _compute_rounds(self, step: Step) -> None:
        """Round by round; a step that others carry on from the round before is computed in every round.

        So a long row of rounds never becomes a deep call. Other steps of a round are computed when needed.
        """
        elements, unit = self._rounds(step)
        carried = self._carried(step)
        for place, element in enumerate(elements):
            current = Round(step.each, element, place, period_text(element, place, unit))
            for name in carried:
                self.line_in_round(self.definition.steps_by_name[name], current)
        self.round_lines.setdefault(step.name, {})
        for other in self.definition.steps:
            if other.each == step.each and other.name in self.round_lines:
                self._gather(other, len(elements))

    def _rounds(self, step: Step) -> tuple[tuple[Value, ...], str]:
        """The elements of the list a step goes through, and their unit."""
        source = self.definition.by_name[step.each]
        elements = StepScope(self, step).value(step.each)
        if not isinstance(elements, tuple):
            raise WorksheetError(step.name, FormulaError(f"“{step.each}”不是一列，不能逐期计算。"))
        unit = source.result_unit if isinstance(source, Step) else source.answer_unit
        return elements, unit.removeprefix("list:")

    def _carried(self, step: Step) -> list[str]:
        """The step, and of the steps it may need in the same rounds those that are read a round later."""
        along = {other.name: other for other in self.definition.steps if other.each == step.each}
        seen: set[str] = set()
        carried, waiting = {step.name}, [step.name]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += [other for other in self._needed(along[name]) if other in along]
                carried.update(along[name].compiled.firsts("上期"))
        return [name for name in along if name in carried & seen]

    def _needed(self, step: Step) -> Iterator[str]:
        """What the step mentions; and where it reads a policy value, the steps that answer for whom it is."""
        yield from step.mentions
        if not self.definition.reads.isdisjoint(step.mentions):
            yield from (other.name for other in self.definition.steps if other.dimension)

    def line_in_round(self, step: Step, current: Round) -> Line:
        """The line of a step in one round, computed now if it was not before."""
        lines = self.round_lines.setdefault(step.name, {})
        if current.place not in lines:
            with self._at_work_on(step.name, current.place):
                lines[current.place] = self._line(step, current)
        return lines[current.place]

    def _gather(self, step: Step, number: int) -> None:
        """One line for all rounds so far; the result only once there is one for each."""
        rounds = tuple(line for _, line in sorted(self.round_lines[step.name].items()))
        amounts = tuple(line.amount for line in rounds)
        if len(rounds) == number:
            self.results[step.name] = amounts
        self.lines[step.name] = Line.of(
            step,
            substitution=str,
            amount=amounts,
            unit=step.result_unit,
            figures=unique(figure for line in rounds for figure in line.figures),
            rounds=rounds,
        )

    def _line(self, step: Step, current: Round | None) -> Line:
        scope = StepScope(self, step, current)
        amount = self._evaluate(step.name, step.formula, scope)
        if step.name in self.definition.output_steps and is_money(step.unit.removeprefix("list:")):
            amount = _to_fen(amount)
        return Line.of(
            step,
            substitution=partial(self._substituted, scope, tuple(self.doing)),
            amount=amount,
            unit=step.unit,
            figures=scope.figures,
            period=current.label if current else "",
            element=current.element if current else None,
        )

    def _substituted(self, scope: StepScope, doing: tuple[tuple[str, int | None], ...]) -> str:
        """A step's formula with the numbers put in, for whoever was being computed then."""
        if scope.step is None:
            return ""
        before, self.doing = self.doing, list(doing)
        try:
            return compile_formula(scope.step.formula).substituted(scope, scope.show)
        finally:
            self.doing = before

    def _evaluate(self, where: str, text: str, scope: StepScope) -> Value:
        try:
            formula = compile_formula(text)
            self._spend(formula.effort)
            return formula.evaluate(scope)
        except FormulaError as error:
            raise WorksheetError(where, error) from error

    def _spend(self, effort: int) -> None:
        self._effort += effort
        if self._effort > MAX_EFFORT:
            raise FormulaError("计算量太大，请减少期数或步骤。")


def _to_fen(amount: Value) -> Value:
    if isinstance(amount, tuple):
        return tuple(_to_fen(element) for element in amount)
    return to_fen(amount) if isinstance(amount, Decimal) else amount
