"""Tables and the strip of months beside a result, made from its outputs: compared columns, a row a round, a cell a month. No Django."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from calculators.definition.parts import MONTH_PLACE, MONTH_STATES
from calculators.values.units import is_money, show_output, unit_of_elements
from calculators.worksheet.statement import Line, Result, Statement

MIN_ROUNDS_OF_TABLE = 2
MIN_MONTHS_OF_BARS, BAR_HEIGHT = 3, 40


@dataclass(frozen=True)
class ResultTable:
    """`rows` are a heading and one text a column; the first column of the page holds the headings."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class MonthCell:
    """`number` is its place in the strip, `state` a key of MONTH_STATES, `word` what the calculator calls it."""

    number: int
    month: str
    short: str
    state: str
    word: str


@dataclass(frozen=True)
class MonthBar:
    """A month's bar, `height` of BAR_HEIGHT units; `text` is the amount."""

    month: str
    short: str
    text: str
    height: Decimal

    @property
    def top(self) -> Decimal:
        return BAR_HEIGHT - self.height


@dataclass(frozen=True)
class MonthBars:
    label: str
    bars: tuple[MonthBar, ...]


def comparison_table(statement: Statement) -> ResultTable | None:
    """Outputs side by side, a column each of theirs, a row for each label."""
    compared = [result for result in statement.outputs.values() if result.column]
    columns = tuple(dict.fromkeys(result.column for result in compared))
    if not columns:
        return None
    texts = {(result.label, result.column): result.text for result in compared}
    labels = dict.fromkeys(result.label for result in compared)
    return ResultTable(
        columns, tuple((label, tuple(texts.get((label, column), "—") for column in columns)) for label in labels)
    )


def round_table(statement: Statement) -> ResultTable | None:
    """Outputs that go round by round, a row a month or year."""
    found = list(_by_round(statement))
    if not found:
        return None
    columns = tuple(result.label for result, _ in found)
    periods = (line.period for line in found[0][1].rounds)
    texts = zip(*([line.text for line in lines.rounds] for _, lines in found), strict=True)
    return ResultTable(columns, tuple(zip(periods, texts, strict=True)))


def _by_round(statement: Statement) -> Iterator[tuple[Result, Line]]:
    """Outputs over the same rounds as the first one that has any."""
    lines = {line.name: line for line in statement.lines}
    periods: tuple[str, ...] = ()
    for result in statement.outputs.values():
        line = lines.get(result.step)
        if line is None or len(line.rounds) < MIN_ROUNDS_OF_TABLE or result.part:
            continue
        own = tuple(each.period for each in line.rounds)
        periods = periods or own
        if own == periods:
            yield result, line


def month_strip(statement: Statement) -> list[MonthCell]:
    lines = {line.name: line for line in statement.lines}
    result = next((result for result in statement.outputs.values() if result.part == MONTH_PLACE), None)
    line = lines.get(result.step) if result else None
    if line is None:
        return []
    return [
        MonthCell(number, each.period, _short(each, number), _state(line, each), str(each.amount))
        for number, each in enumerate(line.rounds)
    ]


def month_bars(statement: Statement) -> MonthBars | None:
    """The last shown step that gives an amount for each month, a bar a month; where all are alike, the sum up to then."""
    line = next((line for line in reversed(statement.shown_lines) if _is_by_month(line)), None)
    if line is None or statement.scenarios or month_strip(statement):
        return None
    amounts = [each.amount for each in line.rounds if isinstance(each.amount, Decimal)]
    is_sum = len(set(amounts)) == 1
    shown = list(accumulate(amounts)) if is_sum else amounts
    if len(shown) < len(line.rounds) or min(shown) < 0 or not max(shown):
        return None
    bars = (
        MonthBar(
            each.period,
            _short(each, number),
            show_output(amount, unit_of_elements(line.unit)),
            round(BAR_HEIGHT * amount / max(shown), 1),
        )
        for number, (each, amount) in enumerate(zip(line.rounds, shown, strict=True))
    )
    return MonthBars(f"{line.label}，到那个月为止累计" if is_sum else line.label, tuple(bars))


def _is_by_month(line: Line) -> bool:
    return (
        len(line.rounds) >= MIN_MONTHS_OF_BARS
        and is_money(unit_of_elements(line.unit))
        and all(isinstance(each.element, date) for each in line.rounds)
    )


def _short(each: Line, number: int) -> str:
    """The month's number; the table beside the strip names its year."""
    element = each.element
    return str(element.month) if isinstance(element, date) else str(number + 1)


def _state(line: Line, each: Line) -> str:
    codes = {option.label: option.code for option in line.options}
    return codes.get(str(each.amount), next(iter(MONTH_STATES)))


def payer_spans(statement: Statement) -> list[Result]:
    """Who pays what where it differs by scenario: the results that have a place in the chart and are not nothing in all."""
    if statement.parts or statement.differs_in_words:
        return []
    if not any(scenario.statement.parts for scenario in statement.scenarios):
        return []
    charted = {part.label for scenario in statement.scenarios for part in scenario.statement.parts}
    return [result for result in statement.outputs.values() if result.part and result.label in charted]


def remaining_outputs(statement: Statement) -> list[Result]:
    """Results that stand in no headline, chart or table."""
    spans = payer_spans(statement)
    tabled = {result.code for result, _ in _by_round(statement)} if round_table(statement) else set()
    if comparison_table(statement):
        tabled |= {result.code for result in statement.outputs.values() if result.column}
    return [
        result
        for result in statement.outputs.values()
        if not (result.headline and result.code == statement.headline.code)
        and not (result.part and (statement.parts or result in spans or result.part == MONTH_PLACE))
        and result.code not in tabled
    ]
