"""Page of an area: its own figures family by family as tables, what it takes over from above, and what is not recorded.

Parameters that differ by the same conditions stand in one table, a column each; one that has a single figure is a line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from calculators.common import page_keys
from calculators.models import Parameter, PoolingArea
from calculators.policies.glance import INPATIENT_RATIOS, OUTPATIENT_RATIOS
from calculators.policies.in_force import ValuesInForce, values_by_area
from calculators.policies.matrices import Matrix, MatrixRow, matrix
from calculators.values.types import InForce, ParameterNotInForce

FOR_ALL = "一律适用"
MAX_ROWS_AS_LINES = 2  # fewer than make a table worth its heading
KEY_PARAMETERS = {
    "职工门诊": OUTPATIENT_RATIOS,
    "居民门诊": ("resident.outpatient.ratio",),
    "职工住院": INPATIENT_RATIOS,
    "居民住院": ("resident.inpatient.ratio",),
    "大病保险": ("catastrophic.deductible",),
    "居民一年交多少": ("resident.personal_contribution",),
    "灵活就业交多少": ("flexible.medical.rate", "flexible.medical.fixed_monthly", "flexible.medical.fixed_annual"),
    "退休要交满几年": ("retirement.min_total_years",),
    "异地就医少报多少": ("offsite.transfer.reduction_pp", "offsite.unreferred.reduction_pp"),
}


@dataclass(frozen=True)
class AreaLine:
    """A parameter with few figures, each with whom it is for; `whom` are the conditions that they share."""

    name: str
    whom: str
    figures: tuple[tuple[str, InForce], ...]


@dataclass(frozen=True)
class AreaTable:
    """`whom` are the conditions that all figures share."""

    name: str
    whom: str
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class AreaFamily:
    """`figures` are all of the family, also those that lines and tables leave out because others go before them."""

    name: str
    lines: tuple[AreaLine, ...]
    tables: tuple[AreaTable, ...]
    figures: tuple[InForce, ...]


@dataclass(frozen=True)
class AreaFigures:
    """`above` are the families of figures taken over from the province or the nation; `missing` what is not recorded."""

    own: tuple[AreaFamily, ...]
    above: tuple[tuple[str, list[InForce]], ...]
    missing: tuple[str, ...]

    @property
    def above_count(self) -> int:
        return len({figure.code for _, figures in self.above for figure in figures})

    @property
    def contents(self) -> tuple[tuple[int, str], ...]:
        """Number and words of each own family for a list of contents; 职工门诊 and 居民门诊 are one entry, 门诊."""
        numbers: dict[str, list[int]] = {}
        for number, family in enumerate(self.own, 1):
            numbers.setdefault(family.name.removeprefix("职工").removeprefix("居民") or family.name, []).append(number)
        return tuple(
            (alike[0], subject if len(alike) > 1 else self.own[alike[0] - 1].name) for subject, alike in numbers.items()
        )


def area_figures(area: PoolingArea, on: date, today: date | None = None) -> AreaFigures:
    """Everything in force on `on`; `area` comes with its parents selected. Three queries."""
    page_keys.depends_on(page_keys.ALL_PARAMETERS, page_keys.ALL_DIMENSIONS)
    parameters = list(Parameter.objects.order_by("pk"))
    values = values_by_area([parameter.code for parameter in parameters], [area], on=on, today=today)[area.code]
    own: dict[str, dict[str, list[InForce]]] = {}
    above: dict[str, list[InForce]] = {}
    for parameter in parameters:
        figures = values.nearest_figures(parameter.code, on)
        if figures and figures[0].inherited:
            above.setdefault(parameter.family, []).extend(figures)
        elif figures:
            own.setdefault(parameter.family, {})[parameter.code] = figures
    families = tuple(_family(name, by_code, values, on) for name, by_code in own.items())
    recorded = {code for by_code in own.values() for code in by_code} | {
        one.code for figures in above.values() for one in figures if not one.bound
    }
    missing = tuple(name for name, codes in KEY_PARAMETERS.items() if recorded.isdisjoint(codes))
    return AreaFigures(families, tuple(above.items()), () if area.is_nation else missing)


def _family(name: str, by_code: dict[str, list[InForce]], values: ValuesInForce, on: date) -> AreaFamily:
    lines: list[AreaLine] = []
    made: list[Matrix] = []
    for code, figures in by_code.items():
        if len(figures) == 1:
            lines.append(AreaLine(figures[0].name, figures[0].dimensions, (("", figures[0]),)))
        else:
            made.append(_matrix(code, figures, values, on))
    tables: list[AreaTable] = []
    for table in _tables(made):
        if len(table.columns) < 2 and len(table.rows) <= MAX_ROWS_AS_LINES:
            found = tuple((row.label, figure) for row in table.rows for figure in row.cells if figure)
            lines.append(AreaLine(table.name, table.whom, found))
        else:
            tables.append(table)
    everything = tuple(figure for figures in by_code.values() for figure in figures)
    return AreaFamily(name, tuple(lines), tuple(tables), everything)


def _matrix(code: str, figures: Sequence[InForce], values: ValuesInForce, on: date) -> Matrix:
    """As a table of two directions, or where that is too much, a list of whom each figure is for."""
    try:
        return matrix(values, code, on)
    except ParameterNotInForce:
        rows = tuple(MatrixRow(figure.dimensions or FOR_ALL, (figure,)) for figure in figures)
        return Matrix(figures[0].name, figures[0].area_name, "", (), rows)


def _tables(made: Sequence[Matrix]) -> Iterator[AreaTable]:
    """Those that differ by rows alone, and by the same ones, side by side."""
    waiting = list(made)
    while waiting:
        first = waiting.pop(0)
        alike = [one for one in waiting if not (first.columns or one.columns) and _headings(one) == _headings(first)]
        waiting = [one for one in waiting if one not in alike]
        if not alike:
            yield AreaTable(first.name, first.of, first.columns, first.rows)
            continue
        beside = [first, *alike]
        rows = tuple(
            MatrixRow(row.label, tuple(one.rows[place].cells[0] for one in beside))
            for place, row in enumerate(first.rows)
        )
        columns = _without_common_beginning([one.name for one in beside])
        yield AreaTable("、".join(one.name for one in beside), first.of, columns, rows)


def _without_common_beginning(names: Sequence[str]) -> tuple[str, ...]:
    """个人缴费 and 财政补助 of 居民医保个人缴费 and 居民医保财政补助."""
    common = 0
    while len({name[: common + 1] for name in names}) == 1 and common < min(map(len, names)) - 1:
        common += 1
    return tuple(name[common:] for name in names)


def _headings(one: Matrix) -> tuple[str, ...]:
    return one.of, *(row.label for row in one.rows)
