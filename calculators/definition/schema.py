"""The parts of a calculator: what is asked, what is computed, what comes out, and what must come out.

All texts are Chinese; formulas speak the names of questions, steps and parameters. An empty text
or tuple means the part does not say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from calculators.definition.question_kinds import AREA_KIND, DAY_KIND, QUESTION_KINDS, UNKNOWN_KIND, QuestionKind
from calculators.formulas import Formula, FormulaError, compile_formula

ROUND_NAMES = {"本期": "date", "期数": "count"}
CHART_PLACES = {
    "fund": "统筹基金支付",
    "account": "个人账户支付",
    "supplement": "大病、补充支付",
    "self": "个人自付",
    "self_funded": "个人自费",
}
BOUND_FORMULA = ("=", "＝")  # what a bound begins with that is a formula
RESERVED_CODES = {"seen"}  # names that an address of a calculator needs for itself


@dataclass(frozen=True)
class Option:
    code: str
    label: str


@dataclass(frozen=True)
class Question:
    """What is asked. `code` is its name in addresses, `name` its name in formulas, `label` the words of the form.

    `kind` is a key of QUESTION_KINDS, `question_kind` its row there. `dimension`: the answer narrows
    every lookup of a policy value (参保身份, 医院等级, 年龄 …), or, where steps ask by its name, theirs
    alone; without `options` of its own it offers those that the area's values distinguish. `default`,
    `minimum` and `maximum` are written as they would be typed, the bounds also, with = before it, as a
    formula over earlier answers. `optional`: left blank, money
    counts as 0 and a list as empty; anything else is simply not known. `shown_if`: a formula over
    earlier answers and policy values; a question not shown is not asked. `synonyms` (words by answer) and
    `cues` (words around its number) say how it is answered in a sentence: calculators.definition.phrasing.
    """

    code: str
    name: str
    kind: str
    label: str = ""
    help: str = ""
    unit: str = ""
    dimension: str = ""
    options: tuple[Option, ...] = ()
    default: str = ""
    minimum: str = ""
    maximum: str = ""
    optional: bool = False
    shown_if: str = ""
    synonyms: Mapping[str, str] = field(default_factory=dict)
    cues: str = ""

    @property
    def words(self) -> str:
        """What the form and its error sentences call the question."""
        return self.label or self.name

    @property
    def question_kind(self) -> QuestionKind[Any]:
        return QUESTION_KINDS.get(self.kind, UNKNOWN_KIND)

    @property
    def answer_unit(self) -> str:
        return self.unit or self.question_kind.unit

    @property
    def bound_formulas(self) -> dict[str, str]:
        """The bounds that earlier answers decide, as formulas: of `minimum` and `maximum`, those that have one."""
        written = {name: getattr(self, name).strip() for name in ("minimum", "maximum")}
        return {name: text[1:].strip() for name, text in written.items() if text.startswith(BOUND_FORMULA)}

    @property
    def is_open_dimension(self) -> bool:
        """Whether the area decides what can be answered, and whether it is asked at all."""
        return bool(self.dimension) and self.question_kind.has_options and not self.options


@dataclass(frozen=True)
class Step:
    """What is computed. `unit` is a unit code, "list:" before it for a list.

    `each`: the step is computed once a round, for every element of that list; in it 本期 is the
    element and 上期(步骤, 初值) the round before. In a round whose element is a month or year, policy
    values are read as of its first day; otherwise as of `day` (the name of a question or step), or
    the day the visitor asked about. `dimension`: the result is itself the answer to a dimension, by
    way of `options` where it is a word. `asks`: dimensions answered otherwise for this step alone,
    by a code or by the name of a question or step; one that has no answer narrows nothing.
    """

    name: str
    formula: str
    unit: str
    label: str = ""
    explanation: str = ""
    shown: bool = True
    each: str = ""
    day: str = ""
    dimension: str = ""
    options: tuple[Option, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return self.label or self.name

    @property
    def result_unit(self) -> str:
        """The unit of the whole result: a list where the step is computed round by round."""
        return f"list:{self.unit}" if self.each else self.unit

    @property
    def compiled(self) -> Formula:
        return compile_formula(self.formula)

    @cached_property
    def mentions(self) -> tuple[str, ...]:
        """Every name the step depends on; empty where its formula cannot be read."""
        return (*_names_in(self.formula), *filter(None, (self.each, self.day)), *self.asks.values())


@dataclass(frozen=True)
class Output:
    """What comes out: the result of a step under an identifier. Money is rounded to the fen, once, here.

    `part`: its place in the chart of who pays, one of CHART_PLACES.
    `shown_if`: a formula; where it does not hold, there is no such output.
    """

    code: str
    step: str
    label: str = ""
    headline: bool = False
    part: str = ""
    help: str = ""
    shown_if: str = ""

    @property
    def words(self) -> str:
        return self.label or self.step


@dataclass(frozen=True)
class Note:
    """A sentence beside the result, where `shown_if` holds."""

    text: str
    shown_if: str = ""


@dataclass(frozen=True)
class Case:
    """A worked case. `name` says which edge it stands on, `source` where its figures come from.

    `answers` and `expected` map codes to texts as a visitor types them; 没有 expects that there is no
    such output. Instead of outputs, `expected` may hold one entry `refused`: words of the sentence
    that says why there is no result.
    """

    name: str
    on: date
    area: str
    answers: Mapping[str, str] = field(default_factory=dict)
    expected: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


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
    def by_name(self) -> dict[str, Question | Step]:
        """Questions and steps by the names formulas use."""
        parts: tuple[Question | Step, ...] = (*self.questions, *self.steps)
        return {part.name: part for part in parts}

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
    def reads(self) -> frozenset[str]:
        """The policy values it may read: every name that is no question and no step."""
        formulas = (*(step.formula for step in self.steps), *self.conditions)
        names = {name for formula in formulas for name in _names_in(formula)}
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


def _names_in(formula: str) -> tuple[str, ...]:
    try:
        return compile_formula(formula).names
    except FormulaError:
        return ()
