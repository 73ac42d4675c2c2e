"""Parts of a calculator: what is asked, what is computed, what comes out, and what must come out.

All texts are Chinese; formulas speak the names of questions, steps and parameters. An empty text
or tuple means the part does not say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from calculators.definition.question_kinds import QUESTION_KINDS, UNKNOWN_KIND, QuestionKind
from calculators.formulas import Formula, FormulaError, compile_formula

ROUND_NAMES = {"本期": "date", "期数": "count"}
PAYER_PLACES = {
    "fund": "统筹基金支付",
    "account": "个人账户支付",
    "supplement": "大病、补充支付",
    "self": "个人自付",
    "self_funded": "个人自费",
}
MONTH_PLACE = "months"  # a strip: a step that goes through months and says of each, by its options, how it is
CHART_PLACES = PAYER_PLACES | {MONTH_PLACE: "逐月的状态"}
MONTH_STATES = {"covered": "能报销", "waiting": "等待期", "uncovered": "不能报销"}
BETTER_DIRECTIONS = {"higher": "越多越好", "lower": "越少越好"}
PICTURES = {"settlement_slip": "结算单"}
UNKNOWN_ANSWER = "不知道"
ANY_ANSWER = "*"
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
    `tips`: how a person can come to another answer, by answer or for any (*); in one {回答} stands for it. What nobody
    can change has none.
    `unknown`: answers apart by ；, at both ends of what is plausible: all are computed for whoever does not know
    (calculators.worksheet.scenarios). `implied`: its answer where the address answers another question, by that one's
    code, but not this one. `picture`: what is drawn beside it, one of PICTURES.
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
    tips: Mapping[str, str] = field(default_factory=dict)
    unknown: str = ""
    implied: Mapping[str, str] = field(default_factory=dict)
    picture: str = ""

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
    def unknown_answers(self) -> tuple[str, ...]:
        """What is computed for whoever does not know, as it would be typed."""
        return tuple(text.strip() for text in self.unknown.replace(";", "；").split("；") if text.strip())

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
        return (*names_in(self.formula), *filter(None, (self.each, self.day)), *self.asks.values())


@dataclass(frozen=True)
class Output:
    """What comes out: the result of a step under an identifier. Money is rounded to the fen, once, here.

    `part`: its place in the chart, one of CHART_PLACES. `shown_if`: a formula; where it does not hold, there is no
    such output. `better`: whether people want it "higher" or "lower", where a tip may tell them how.
    `sentence`: how the headline answers, with {步骤} for what a step gives; empty, it is the label and the amount.
    `column`: with outputs of other columns it makes one table, a row for each label.
    """

    code: str
    step: str
    label: str = ""
    headline: bool = False
    part: str = ""
    help: str = ""
    shown_if: str = ""
    better: str = ""
    sentence: str = ""
    column: str = ""

    @property
    def words(self) -> str:
        return self.label or self.step


@dataclass(frozen=True)
class Note:
    """A sentence beside the result, with {步骤} for what a step gives, where `shown_if` holds."""

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


def names_in(formula: str) -> tuple[str, ...]:
    try:
        return compile_formula(formula).names
    except FormulaError:
        return ()
