"""Definition of a calculator as a whole: its parts by name, the policy values it reads, the questions it must ask.

All texts are Chinese; formulas speak the names of questions, steps and parameters. An empty text
or tuple means the part does not say.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from calculators.definition.parts import ROUND_NAMES, Case, Note, Output, Question, Step, names_in
from calculators.definition.question_kinds import AREA_KIND, DAY_KIND
from calculators.values.conditions import PERSON_DIMENSION


@dataclass(frozen=True)
class Definition:
    """`triggers` and `excluded_by` say which sentences ask for it: calculators.definition.phrasing."""

    code: str
    name: str
    summary: str
    description: str = ""
    triggers: str = ""
    excluded_by: str = ""
    questions: tuple[Question, ...] = ()
    steps: tuple[Step, ...] = ()
    outputs: tuple[Output, ...] = ()
    notes: tuple[Note, ...] = ()
    cases: tuple[Case, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """A text that only equal definitions have in common; made once, as it is long."""
        return repr(self)

    @cached_property
    def by_name(self) -> dict[str, Question | Step]:
        """Questions and steps by the names formulas use; a part of a draft may have none yet."""
        parts: tuple[Question | Step, ...] = (*self.questions, *self.steps)
        return {part.name: part for part in parts if part.name}

    @cached_property
    def steps_by_name(self) -> dict[str, Step]:
        return {step.name: step for step in self.steps}

    @cached_property
    def output_steps(self) -> frozenset[str]:
        return frozenset(output.step for output in self.outputs)

    @cached_property
    def conditions(self) -> tuple[str, ...]:
        """The formulas that decide what is shown, and which answers are taken."""
        parts: tuple[Question | Output | Note, ...] = (*self.questions, *self.outputs, *self.notes)
        bounds = (formula for question in self.questions for formula in question.bound_formulas.values())
        return (*(part.shown_if for part in parts if part.shown_if), *bounds)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The texts in which {步骤} is replaced by what it gives."""
        return (*(output.sentence for output in self.outputs), *(note.text for note in self.notes))

    @cached_property
    def reads(self) -> frozenset[str]:
        """The policy values it may read: every name that is no question and no step."""
        formulas = (*(step.formula for step in self.steps), *self.conditions)
        names = {name for formula in formulas for name in names_in(formula)}
        return frozenset(names - self.by_name.keys() - ROUND_NAMES.keys())

    @cached_property
    def asked_apart(self) -> dict[str, list[dict[str, str]]]:
        """The questions that answer a dimension only for the steps that ask by their name.

        Each with what those steps ask besides: it says for whom its choices are.
        """
        apart: dict[str, list[dict[str, str]]] = {}
        for step in self.steps:
            besides = {dimension: code for dimension, code in step.asks.items() if code not in self.by_name}
            for name in set(step.asks.values()) & self.by_name.keys():
                apart.setdefault(name, []).append(besides)
        return apart

    @cached_property
    def area_question(self) -> Question | None:
        return next((question for question in self.questions if question.kind == AREA_KIND), None)

    @cached_property
    def day_question(self) -> Question | None:
        """The question for the day: the first one for a date."""
        return next((question for question in self.questions if question.kind == DAY_KIND), None)

    @cached_property
    def person_question(self) -> Question | None:
        """The question for the 身份; one without a dimension asks what one would become."""
        return next((question for question in self.questions if question.code == PERSON_DIMENSION), None)

    def kinds_lacking(self, parameters: Collection[str]) -> tuple[str, ...]:
        """The kinds of questions that reading one of these policy values needs, and that it does not ask; else none."""
        asked = {question.kind for question in self.questions}
        needed = () if self.reads.isdisjoint(parameters) else (AREA_KIND, DAY_KIND)
        return tuple(kind for kind in needed if kind not in asked)

    def place_and_day(self, area: str, on: date | None) -> dict[str, str]:
        """The answers to the questions for the place and the day, of those it asks; only policy values need them."""
        given = ((self.area_question, area), (self.day_question, on.isoformat() if on else ""))
        return {question.code: text for question, text in given if question is not None and text}
