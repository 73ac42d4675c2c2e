"""Missing values by place and calculator: which parameter stops a calculator where it gives no result.

Found by computing its worked cases there, as availability does; each try ends at the first value that is not in force.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from calculators.definition import Definition, offering
from calculators.models import Calculator, PoolingArea
from calculators.policies.in_force import values_by_area
from calculators.publishing.availability import UnexplainedRates, availability, has_main_result, rows_begun, tries
from calculators.values.types import ParameterNotInForce
from calculators.worksheet import WorksheetError, compute
from calculators.worksheet.answers import parse_answers
from calculators.worksheet.rates import Rates

MAX_NAMED = 3


@dataclass(frozen=True)
class MissingCell:
    """`missing`: the parameters at which tries end, the most frequent first; `works` where one of them gives a result."""

    calculator: Calculator
    area: PoolingArea
    works: bool
    missing: tuple[str, ...] = ()


def missing_values(
    areas: Iterable[PoolingArea], calculators: Sequence[Calculator], on: date
) -> list[tuple[PoolingArea, list[MissingCell]]]:
    """A line for each area, whose parents are selected, a cell for each calculator. Two queries."""
    areas = list(areas)
    definitions = {calculator: calculator.published() for calculator in calculators}
    reads = {name for definition in definitions.values() for name in definition.reads}
    owners = {owner for area in areas for owner in area.chain()}
    rows = rows_begun(reads, on, owners)
    rates: Mapping[str, Rates] | None = None

    def found(definition: Definition, area: PoolingArea) -> tuple[bool, tuple[str, ...]]:
        nonlocal rates
        rates = rates or values_by_area(reads, areas, on=on)
        return _stopped_at(definition, area, UnexplainedRates(rates[area.code]), on)

    def cell(calculator, area):
        definition, above = definitions[calculator], {owner.pk for owner in area.chain()}
        own = frozenset(row for row in rows if row[0] in definition.reads and row[2] in above)
        named = area.code if any(area.code in step.formula for step in definition.steps) else ""
        key = ("missing", definition.fingerprint, own, named, on)  # places with the same rows miss the same
        return MissingCell(calculator, area, *availability.remembered(key, lambda: found(definition, area)))

    return [(area, [cell(calculator, area) for calculator in calculators]) for area in areas]


def _stopped_at(definition: Definition, area: PoolingArea, rates: Rates, on: date) -> tuple[bool, tuple[str, ...]]:
    offered = offering(definition, rates.choices())
    missing: Counter[str] = Counter()
    for raw in tries(definition, offered, area.code, on):
        answers = parse_answers(definition, raw, rates=rates, on=on)
        if answers.errors:
            continue
        try:
            if has_main_result(definition, compute(definition, answers, rates)):
                return True, ()
        except ParameterNotInForce as error:
            missing[error.code] += 1
        except WorksheetError:
            continue
    return False, tuple(name for name, _ in missing.most_common(MAX_NAMED) if name in definition.reads)
