"""The coverage grid: for every area and every parameter of a family, how its value stands on a day.

A cell takes the state of the row that most needs somebody: past review, then about to end, then
unverified. An area without rows of its own shows those it inherits, where the parameter lets it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from calculators.models import Parameter, PolicyValue, PoolingArea
from calculators.values.series import by_series

SOON = timedelta(days=60)
STATES = {
    "late": "已过复核",
    "expiring": "即将到期",
    "unverified": "待核实",
    "in_force": "在用",
    "missing": "缺",
}
URGENCY = list(STATES)


@dataclass(frozen=True)
class Cell:
    """`owner` is where the rows stand: the area itself, one above it, or None where nothing is in force."""

    parameter: Parameter
    area: PoolingArea
    state: str
    owner: PoolingArea | None = None
    rows: int = 0

    @property
    def label(self):
        return STATES[self.state]

    @property
    def is_inherited(self):
        return self.owner is not None and self.owner != self.area


@dataclass(frozen=True)
class Grid:
    parameters: Sequence[Parameter]
    lines: Sequence[tuple[PoolingArea, Sequence[Cell]]]

    def narrowed(self, state: str) -> "Grid":
        """Only the areas and parameters with a cell in this state."""
        kept = {cell.parameter for _, cells in self.lines for cell in cells if cell.state == state}
        lines = [
            (area, [cell for cell in cells if cell.parameter in kept])
            for area, cells in self.lines
            if any(cell.state == state for cell in cells)
        ]
        return Grid([parameter for parameter in self.parameters if parameter in kept], lines)

    def counts(self) -> dict[str, int]:
        """How many cells are in each state."""
        found = [cell.state for _, cells in self.lines for cell in cells]
        return {state: found.count(state) for state in STATES}


def grid(family: str, areas: Iterable[PoolingArea], on: date) -> Grid:
    """The states on the day `on`; `areas` come with their parents selected. Two queries."""
    areas = list(areas)
    parameters = list(Parameter.objects.filter(family=family).order_by("name"))
    current = _current(parameters, {owner for area in areas for owner in area.chain()}, on)
    lines = [(area, [_cell(parameter, area, current, on) for parameter in parameters]) for area in areas]
    return Grid(parameters, lines)


@dataclass(frozen=True)
class RowInForce:
    """What the grid needs to know of a row in force: its status, its day of review and the day it ends without successor."""

    status: str
    review_by: date | None
    ends: date | None


def _current(parameters, areas, on):
    """The rows in force on the day by parameter and area."""
    columns = ("parameter_id", "area_id", "conditions_key", "effective_from", "kind", "status", "review_by")
    rows = PolicyValue.objects.filter(parameter__in=parameters, area__in=areas).order_by()
    current = defaultdict(list)
    for (parameter, area, _), series in by_series(rows.values_list(*columns, named=True)).items():
        if span := series.at(on):
            ends = span.until if span.until and series.at(span.until) is None else None
            current[parameter, area].append(RowInForce(span.row.status, span.row.review_by, ends))
    return current


def _cell(parameter, area, current, on):
    for owner in area.chain():
        if owner != area and not parameter.inherits_from(owner):
            continue
        if rows := current.get((parameter.pk, owner.pk)):
            state = min((_state(row, on) for row in rows), key=URGENCY.index)
            return Cell(parameter, area, state, owner, len(rows))
    return Cell(parameter, area, "missing")


def _state(row, on):
    if row.review_by and row.review_by < on:
        return "late"
    if any(day and day <= on + SOON for day in (row.review_by, row.ends)):
        return "expiring"
    return "unverified" if row.status == PolicyValue.Status.RECALLED else "in_force"
