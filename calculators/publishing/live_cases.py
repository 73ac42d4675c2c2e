"""Worked cases of published calculators, run with policy values as stored and as they would be after a change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from calculators.definition import Case, Definition
from calculators.models import Calculator, PolicyValue
from calculators.publishing.cases import CaseOutcome, rates_for_each, run_case
from calculators.values.series import first_day

MAX_LATER_DAYS = 4  # a table of many first days is tried on the first few


@dataclass(frozen=True)
class MovedOutput:
    """An output of a worked case, on the case's day or on the day a change begins, that a change of values moves."""

    calculator: Calculator
    case: Case
    output: str
    before: str
    after: str
    breaks: bool

    def __str__(self):
        verdict = "，算例不再成立" if self.breaks else ""
        return f"{self.calculator}“{self.case.name}”：{self.output}从 {self.before} 变为 {self.after}{verdict}。"


def failing_cases() -> list[tuple[Calculator, CaseOutcome]]:
    """Cases that do not hold with the stored values."""
    live = _live()
    pairs = zip(live, _rates(live), strict=True)
    outcomes = (
        (calculator, run_case(known, case, rates)) for (calculator, known), rates in pairs for case in known.cases
    )
    return [(calculator, outcome) for calculator, outcome in outcomes if outcome.failures]


def moved_outputs(rows: Sequence[PolicyValue]) -> Iterator[MovedOutput]:
    """Outputs that differ if `rows`, saved or not, are stored. Each case is run twice a day on which it is tried."""
    names = {name for row in rows for name in (row.parameter.name, row.parameter.code)}
    live = [(calculator, known) for calculator, known in _live() if known.reads & names]
    begins = _first_days(rows)
    for (calculator, known), before, after in zip(live, _rates(live), _rates(live, rows), strict=True):
        for case in known.cases:
            for asked in _asked(known, case, begins):
                was, now = run_case(known, asked, before), run_case(known, asked, after)
                yield from _differences(calculator, known, was, now)


def _live():
    return [(calculator, calculator.published()) for calculator in Calculator.objects.live()]


def _rates(live, changed=()):
    areas = {case.area for _, known in live for case in known.cases}
    return rates_for_each([known.reads for _, known in live], areas, changed)


def _first_days(rows):
    """The first days of these rows, and those of the stored rows that they stand in for."""
    replaced = PolicyValue.objects.filter(pk__in=[row.pk for row in rows if row.pk]).order_by()
    return sorted({first_day(row) for row in [*rows, *replaced.only("effective_from")]})


def _asked(known: Definition, case: Case, begins: Sequence[date]) -> Iterator[Case]:
    """The case as written, where the change can reach it, and on the later days on which the change begins."""
    if begins[0] <= case.on or _reads_other_days(known, case):
        yield case
    for day in [day for day in begins if day > case.on][:MAX_LATER_DAYS]:
        yield _on(known, case, day)


def _reads_other_days(known, case):
    """Whether the case may read values as of another day than its own."""
    day = known.day_question
    return day is None or day.code in case.answers or any(step.each or step.day for step in known.steps)


def _on(known, case, day):
    """The same case asked about another day; what it should give then nobody has written down."""
    asked = known.day_question.code if known.day_question else ""
    answers = {code: answer for code, answer in case.answers.items() if code != asked}
    return replace(case, on=day, answers=answers, expected={})


def _differences(calculator, known, was, now):
    breaks = bool(now.failures) and not was.failures
    for output in known.outputs:
        before, after = was.output(output.code), now.output(output.code)
        if before != after:
            yield MovedOutput(calculator, now.case, output.words, before, after, breaks)
