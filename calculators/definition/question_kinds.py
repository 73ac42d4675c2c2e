"""The kinds of question: one row a kind, with everything that reading, checking, showing and describing it need.

A new kind is a row here and, where no function of answer_text serves it, its functions there:

    "weeks": QuestionKind(label="周数", unit="count", read=read_weeks, bounds=COUNT_BOUNDS, …)

The office, the form, the API, its description and the what-if all follow from the row. A row whose
`control` is new needs it in CONTROLS of calculators.widgets; a new unit belongs into calculators.values.units.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from calculators.definition import answer_text, other_answers
from calculators.definition.answer_text import AnswerReader, AskedQuestion, OtherAnswers, Read, WrongAnswer
from calculators.formulas import Value

AREA_KIND, DAY_KIND = "area", "date"  # policy values are those of a place and a day: whatever reads one asks both
MAX_MONEY = Decimal(10_000_000)
Bound = TypeVar("Bound", Decimal, date)
Answer = TypeVar("Answer", bound=Value)


@dataclass(frozen=True)
class Bounds(Generic[Bound]):
    """How the least and the greatest answer are read and spelled, and what they are where the question names none."""

    read: AnswerReader[Bound]
    spell: Callable[[AskedQuestion, Bound], str]
    lowest: Bound | None = None
    highest: Bound | None = None
    follows_today: bool = False  # 今日 and 明年今日 are bounds too


@dataclass(frozen=True, kw_only=True)
class QuestionKind(Generic[Answer]):
    """What all questions of a kind have in common; what is not given of the flags does not hold.

    `label`: its name in the office. `unit`: that of an answer where the question names none; the type
    in formulas and how an answer is shown follow from it. `read`: the answer in a text as typed.
    `bounds`: None where answers have no order. `empty`: what counts as the answer where an optional
    question is left blank; None is not known. `others`: other answers that the what-if tries.
    `control`: what is filled in, of CONTROLS in calculators.widgets. `json_schema`: what the API
    says of the text beyond that it is one.

    `is_selected`: taken from a list rather than typed; only such answers decide whether there is a
    result. `has_options`: from its own options or those the area distinguishes. `answers_range`:
    can answer a dimension that has ranges, such as age. `shows_unit`: the unit stands beside the box. `quantity`: what in
    a sentence can answer it, of calculators.typed_questions.quantities; a "number" is told by the unit.
    """

    label: str
    unit: str
    read: AnswerReader[Answer]
    bounds: Bounds[Any] | None
    empty: Answer | None
    others: Callable[[AskedQuestion, Answer], OtherAnswers]
    control: str
    json_schema: Mapping[str, object]
    is_selected: bool = False
    has_options: bool = False
    answers_range: bool = False
    shows_unit: bool = False
    quantity: str = ""


MONEY_BOUNDS = Bounds(answer_text.read_money, answer_text.spell_amount, lowest=Decimal(0), highest=MAX_MONEY)
COUNT_BOUNDS = Bounds(answer_text.read_count, answer_text.spell_amount, lowest=Decimal(0))
RATIO_BOUNDS = Bounds(answer_text.read_ratio, answer_text.spell_amount)
YEAR_BOUNDS = Bounds(answer_text.read_count, answer_text.spell_year)
DATE_BOUNDS = Bounds(answer_text.read_date, answer_text.spell_date, follows_today=True)
MONTH_BOUNDS = Bounds(answer_text.read_month, answer_text.spell_month, follows_today=True)

# Any: what is true of questions of every kind. Each row names the type of its own answers.
QUESTION_KINDS: Mapping[str, QuestionKind[Any]] = {
    AREA_KIND: QuestionKind[str](
        label="参保地",
        unit="text",
        read=answer_text.read_area,
        bounds=None,
        empty=None,
        others=other_answers.no_others,
        control="areas",
        json_schema={"pattern": r"^\d{6}$"},
        is_selected=True,
    ),
    DAY_KIND: QuestionKind[date](
        label="日期",
        unit="date",
        read=answer_text.read_date,
        bounds=DATE_BOUNDS,
        empty=None,
        others=other_answers.no_others,
        control="date",
        json_schema={"format": "date"},
    ),
    "month": QuestionKind[date](
        label="月份",
        unit="month",
        read=answer_text.read_month,
        bounds=MONTH_BOUNDS,
        empty=None,
        others=other_answers.a_month_later,
        control="month",
        json_schema={"pattern": r"^\d{4}-\d{2}$"},
        quantity="month",
    ),
    "money": QuestionKind[Decimal](
        label="金额",
        unit="CNY",
        read=answer_text.read_money,
        bounds=MONEY_BOUNDS,
        empty=Decimal(0),
        others=other_answers.a_tenth_more,
        control="decimal",
        json_schema={},
        shows_unit=True,
        quantity="money",
    ),
    "count": QuestionKind[Decimal](
        label="整数",
        unit="count",
        read=answer_text.read_count,
        bounds=COUNT_BOUNDS,
        empty=None,
        others=other_answers.one_more,
        control="numeric",
        json_schema={},
        answers_range=True,
        shows_unit=True,
        quantity="number",
    ),
    "ratio": QuestionKind[Decimal](
        label="比例",
        unit="ratio",
        read=answer_text.read_ratio,
        bounds=RATIO_BOUNDS,
        empty=None,
        others=other_answers.a_point_more,
        control="decimal",
        json_schema={},
        quantity="ratio",
    ),
    "choice": QuestionKind[str](
        label="单选",
        unit="text",
        read=answer_text.read_choice,
        bounds=None,
        empty=None,
        others=other_answers.other_options,
        control="options",
        json_schema={},
        is_selected=True,
        has_options=True,
    ),
    "yes_no": QuestionKind[bool](
        label="是或否",
        unit="boolean",
        read=answer_text.read_yes_no,
        bounds=None,
        empty=None,
        others=other_answers.opposite,
        control="yes_no",
        json_schema={"enum": ["true", "false"]},
        is_selected=True,
    ),
    "moneys": QuestionKind[tuple[Decimal, ...]](
        label="一列金额",
        unit="list:CNY",
        read=answer_text.list_reader(answer_text.read_money),
        bounds=MONEY_BOUNDS,
        empty=(),
        others=other_answers.a_tenth_more_each,
        control="text",
        json_schema={},
        shows_unit=True,
    ),
    "ratios": QuestionKind[tuple[Decimal, ...]](
        label="一列比例",
        unit="list:ratio",
        read=answer_text.list_reader(answer_text.read_ratio),
        bounds=RATIO_BOUNDS,
        empty=(),
        others=other_answers.no_others,
        control="text",
        json_schema={},
    ),
    "years": QuestionKind[tuple[Decimal, ...]](
        label="一列年份",
        unit="list:years",
        read=answer_text.read_years,
        bounds=YEAR_BOUNDS,
        empty=(),
        others=other_answers.a_year_longer,
        control="years",
        json_schema={},
        quantity="years",
    ),
}


def _refuse(question: AskedQuestion, text: str) -> Read[str]:
    raise WrongAnswer(f"“{question.words}”问的是什么，没有说清楚。")


# What a question is taken for while its kind is wrong; it is not published, but is looked at and checked.
UNKNOWN_KIND = QuestionKind[str](
    label="别的",
    unit="text",
    read=_refuse,
    bounds=None,
    empty=None,
    others=other_answers.no_others,
    control="text",
    json_schema={},
)
