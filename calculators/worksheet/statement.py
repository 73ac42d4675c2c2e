"""Statement: the result of a calculation, every line with its formula, numbers, amount and sources."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias
from urllib.parse import urlencode

from calculators.definition import Option, Output, Step
from calculators.formulas import Value
from calculators.values.money import plain
from calculators.values.rounding import to_fen
from calculators.values.types import UNLIMITED, InForce
from calculators.values.units import is_money, rounded, show, show_output, show_span_of_outputs

PlainValue: TypeAlias = str | bool | list["PlainValue"]


@dataclass(frozen=True)
class Line:
    """One step: `substitution` gives its formula with the numbers put in, when asked; `figures` are the policy values read.

    A step computed round by round has one line a round in `rounds`, each with its `period` and `element`.
    """

    name: str
    label: str
    formula: str
    substitution: Callable[[], str] = field(compare=False, repr=False)
    amount: Value
    unit: str
    figures: tuple[InForce, ...] = ()
    explanation: str = ""
    shown: bool = True
    period: str = ""
    rounds: tuple["Line", ...] = ()
    options: tuple[Option, ...] = ()
    element: Value | None = None

    @cached_property
    def substituted(self) -> str:
        """The formula with the numbers put in."""
        return self.substitution()

    @property
    def text(self) -> str:
        """The amount as a reader sees it."""
        return show_output(self.amount, self.unit)

    @classmethod
    def of(
        cls,
        step: Step,
        *,
        substitution: Callable[[], str],
        amount: Value,
        unit: str,
        figures: Iterable[InForce],
        period: str = "",
        rounds: tuple["Line", ...] = (),
        element: Value | None = None,
    ) -> "Line":
        return cls(
            name=step.name,
            label=step.words,
            formula=step.formula,
            substitution=substitution,
            amount=amount,
            unit=unit,
            figures=tuple(dict.fromkeys(figures)),
            explanation=step.explanation,
            shown=step.shown,
            period=period,
            rounds=rounds,
            options=step.options,
            element=element,
        )


@dataclass(frozen=True)
class Result:
    """One output, as people and programs read it. `sentence` is the headline's answer in words, where it has one.

    `amounts` are those of all scenarios, where there are several (calculators.worksheet.scenarios).
    """

    code: str
    label: str
    amount: Value
    unit: str
    headline: bool = False
    part: str = ""
    help: str = ""
    step: str = ""
    better: str = ""
    sentence: str = ""
    column: str = ""
    amounts: tuple[Value, ...] = ()

    @property
    def is_span(self) -> bool:
        """Whether it differs between scenarios."""
        return len(set(self.amounts)) > 1

    @property
    def text(self) -> str:
        return show_span_of_outputs(self.amounts, self.unit) if self.is_span else show_output(self.amount, self.unit)

    @property
    def answer(self) -> str:
        """The result as a sentence, or its label and amount."""
        return self.sentence or f"{self.label} {self.text}"

    @property
    def plain(self) -> PlainValue:
        """For JSON: money as a string with two decimals, months as 2026-03, 不设限额 as "unlimited"."""
        return plain_value(self.amount, self.unit)

    @classmethod
    def of(cls, output: Output, amount: Value, unit: str, sentence: str = "") -> "Result":
        return cls(
            code=output.code,
            label=output.words,
            amount=amount,
            unit=unit,
            headline=output.headline,
            part=output.part,
            help=output.help,
            step=output.step,
            better=output.better,
            sentence=sentence,
            column=output.column,
        )


@dataclass(frozen=True)
class ChartPart:
    """One part of the chart of who pays; `share` is its fraction of the whole, 0 to 1."""

    part: str
    label: str
    amount: Decimal
    share: Decimal

    @property
    def text(self) -> str:
        return show_output(self.amount, "CNY")


@dataclass(frozen=True)
class Scenario:
    """Result for one set of answers to what a visitor does not know: the answers in words, and all of them as typed."""

    given: tuple[tuple[str, str], ...]
    raw: Mapping[str, str]
    statement: "Statement"

    @property
    def condition(self) -> str:
        return "，".join(f"{question}：{answer}" for question, answer in self.given)

    @property
    def query(self) -> str:
        return urlencode(self.raw)


@dataclass(frozen=True)
class Statement:
    """Result of a calculation. `outputs` are by code, `effort` is the number of formula nodes evaluated.

    With `scenarios` the lines are those of the first, the outputs those of all.
    """

    area: str
    on: date
    lines: tuple[Line, ...]
    outputs: Mapping[str, Result]
    notes: tuple[str, ...] = ()
    effort: int = 0
    scenarios: tuple[Scenario, ...] = ()

    @property
    def headline(self) -> Result:
        """The output marked as such, or the first."""
        return next((result for result in self.outputs.values() if result.headline), next(iter(self.outputs.values())))

    @property
    def differs_in_words(self) -> bool:
        """Whether the scenarios answer in different sentences."""
        return len({scenario.statement.headline.sentence for scenario in self.scenarios}) > 1

    @property
    def shown_lines(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.shown)

    @property
    def figures(self) -> tuple[InForce, ...]:
        """Every policy value read, once, in the order of the lines."""
        lines = (*self.lines, *(line for scenario in self.scenarios for line in scenario.statement.lines))
        return tuple(dict.fromkeys(figure for line in lines for figure in line.figures))

    @property
    def cautions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(caution for figure in self.figures for caution in figure.citation.cautions))

    @property
    def warnings(self) -> Mapping[str, str]:
        """Each caution with the values it is about."""
        names: dict[str, dict[str, None]] = {}
        for figure in self.figures:
            for caution in figure.citation.cautions:
                names.setdefault(caution, {})[figure.name] = None
        return {caution: "、".join(about) for caution, about in names.items()}

    @property
    def parts(self) -> tuple[ChartPart, ...]:
        """The chart: the amounts that have a place in it and are above zero; none where they differ by scenario."""
        if any(result.part and is_money(result.unit) and result.is_span for result in self.outputs.values()):
            return ()
        charted = [result for result in self.outputs.values() if result.part and is_money(result.unit)]
        amounts = [(result, result.amount) for result in charted if isinstance(result.amount, Decimal)]
        paid = [(result, amount) for result, amount in amounts if amount > 0]
        whole = sum((amount for _, amount in paid), Decimal(0))
        return tuple(ChartPart(result.part, result.label, amount, amount / whole) for result, amount in paid)


def plain_value(value: Value, unit: str) -> PlainValue:
    """A value for programs; see Result.plain."""
    if isinstance(value, tuple):
        return [plain_value(element, unit.removeprefix("list:")) for element in value]
    if value is UNLIMITED:
        return "unlimited"
    if isinstance(value, Decimal):
        return f"{to_fen(value):.2f}" if is_money(unit) else plain(rounded(value))
    if isinstance(value, date):
        return {"month": f"{value:%Y-%m}", "year": str(value.year)}.get(unit, value.isoformat())
    return value if isinstance(value, bool) else str(value)


def period_text(element: Value, place: int, unit: str) -> str:
    """What a round is called: 2026年3月, 2027年, or 第 2 期."""
    return show(element, unit) if isinstance(element, date) else f"第 {place + 1} 期"


def unique(figures: Iterable[InForce]) -> tuple[InForce, ...]:
    return tuple(dict.fromkeys(figures))
