"""Coverage grid: for every area and every parameter of a family, the state of its value on a day.

A cell has the state of its most urgent row: past review, then about to end, then unverified, then restated. An area
without rows of its own shows those it inherits, if the parameter declares it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from calculators.models import Parameter, PolicyValue, PoolingArea
from calculators.policies.inheritance import is_inherited
from calculators.values.series import by_series

CELL_STATES = {
    "late": "已过复核",
    "expiring": "即将到期",
    "unverified": "待核实",
    "restated": "据转述",
    "in_force": "在用",
    "missing": "缺",
}
STATES_BY_URGENCY = list(CELL_STATES)
EXPIRING_WITHIN = timedelta(days=60)  # before its review day, or its end, a value is on the worklist as due


@dataclass(frozen=True)
class CoverageCell:
    """State of one parameter in one area. `owner` is the area of the rows: itself, one above it, or None without rows."""

    parameter: Parameter
    area: PoolingArea
    state: str
    owner: PoolingArea | None = None
    rows: int = 0

    @property
    def label(self) -> str:
        return CELL_STATES[self.state]

    @property
    def is_inherited(self) -> bool:
        return self.owner is not None and self.owner != self.area


@dataclass(frozen=True)
class CoverageGrid:
    parameters: Sequence[Parameter]
    lines: Sequence[tuple[PoolingArea, Sequence[CoverageCell]]]

    def narrowed(self, state: str) -> "CoverageGrid":
        """Only the areas and parameters with a cell in this state."""
        kept = {cell.parameter for _, cells in self.lines for cell in cells if cell.state == state}
        lines = [
            (area, [cell for cell in cells if cell.parameter in kept])
            for area, cells in self.lines
            if any(cell.state == state for cell in cells)
        ]
        return CoverageGrid([parameter for parameter in self.parameters if parameter in kept], lines)

    def counts(self) -> dict[str, int]:
        """How many cells are in each state."""
        found = [cell.state for _, cells in self.lines for cell in cells]
        return {state: found.count(state) for state in CELL_STATES}


def coverage_grid(family: str, areas: Iterable[PoolingArea], on: date) -> CoverageGrid:
    """The states on the day `on`; `areas` come with their parents selected. Two queries."""
    areas = list(areas)
    parameters = list(Parameter.objects.filter(family=family).order_by("name"))
    current = _current(parameters, {owner for area in areas for owner in area.chain()}, on)
    lines = [(area, [_cell(parameter, area, current, on) for parameter in parameters]) for area in areas]
    return CoverageGrid(parameters, lines)


@dataclass(frozen=True)
class RowInForce:
    """Columns of a row in force that decide its state; `ends` is the day it ends without successor."""

    status: str
    review_by: date | None
    ends: date | None


Current = dict[tuple[int, int], list[RowInForce]]


def _current(parameters: Collection[Parameter], areas: Collection[PoolingArea], on: date) -> Current:
    """The rows in force on the day by parameter and area."""
    columns = ("parameter_id", "area_id", "conditions_key", "effective_from", "kind", "status", "review_by")
    rows = PolicyValue.objects.adopted().filter(parameter__in=parameters, area__in=areas).order_by()
    current: Current = defaultdict(list)
    for (parameter, area, _), series in by_series(rows.values_list(*columns, named=True)).items():
        if span := series.at(on):
            ends = span.until if span.until and series.at(span.until) is None else None
            current[parameter, area].append(RowInForce(span.row.status, span.row.review_by, ends))
    return current


def _cell(parameter: Parameter, area: PoolingArea, current: Current, on: date) -> CoverageCell:
    for owner in area.chain():
        if owner != area and not is_inherited(parameter, owner):
            continue
        if rows := current.get((parameter.pk, owner.pk)):
            state = min((_state(row, on) for row in rows), key=STATES_BY_URGENCY.index)
            return CoverageCell(parameter, area, state, owner, len(rows))
    return CoverageCell(parameter, area, "missing")


def _state(row: RowInForce, on: date) -> str:
    if row.review_by and row.review_by < on:
        return "late"
    if any(day and day <= on + EXPIRING_WITHIN for day in (row.review_by, row.ends)):
        return "expiring"
    states: dict[str, str] = {PolicyValue.Status.RECALLED: "unverified", PolicyValue.Status.RESTATED: "restated"}
    return states.get(row.status, "in_force")
