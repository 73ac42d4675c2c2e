"""试算: what every step of a working copy computes on one case, and what is still in the way of publishing."""

from dataclasses import dataclass
from functools import cached_property

from calculators.definition import Case, Definition
from calculators.publishing.cases import Outcome, TriedStep, agrees, rates_by_area, try_steps, written
from calculators.publishing.gate import Report, inspect
from calculators.worksheet.rates import NoRates


@dataclass(frozen=True)
class Expectation:
    """One output of the case: what came out, what should have, and whether they agree."""

    label: str
    code: str
    got: str
    wanted: str
    agrees: bool


class Trial:
    """`asked` is the name of the case to show; without it the first."""

    def __init__(self, definition: Definition, asked: str = ""):
        self.definition = definition
        self.asked = asked

    @cached_property
    def case(self) -> Case | None:
        cases = self.definition.cases
        return next((case for case in cases if case.name == self.asked), cases[0] if cases else None)

    @cached_property
    def rates(self):
        return rates_by_area(self.definition.reads, {case.area for case in self.definition.cases})

    @cached_property
    def report(self) -> Report:
        return inspect(self.definition, self.rates)

    @cached_property
    def outcome(self) -> Outcome | None:
        return next((outcome for outcome in self.report.outcomes if outcome.case is self.case), None)

    @cached_property
    def steps(self) -> list[TriedStep]:
        return try_steps(self.definition, self.case, self.rates.get(self.case.area, NoRates())) if self.case else []

    @property
    def expectations(self) -> list[Expectation]:
        statement = self.outcome and self.outcome.statement
        if not statement:
            return []
        wanted = self.case.expected
        return [
            Expectation(
                result.label,
                result.code,
                written(result),
                wanted.get(result.code, ""),
                result.code not in wanted or agrees(result, wanted[result.code]),
            )
            for result in statement.outputs.values()
        ]
