"""What stands on the page of an area or a document: policy values on a day, in the order of the parameters."""

from dataclasses import dataclass
from datetime import date, timedelta

from calculators.common import page_keys
from calculators.models import Parameter, PolicyDocument, PolicyValue, PoolingArea
from calculators.policies.in_force import values_by_area
from calculators.values.types import InForce, spell_day

HOLDS = "现行"


@dataclass(frozen=True)
class Entry:
    """One row a document sets, and in words whether it holds on the day asked for."""

    row: PolicyValue
    standing: str


def by_family(area: PoolingArea, on: date) -> list[tuple[str, list[InForce]]]:
    """The area's figures in force on `on`, family by family; `area` comes with its parents selected.

    Where a parameter has rows of the area itself, those it could inherit are left out. Two queries.
    """
    page_keys.depends_on(page_keys.ALL_PARAMETERS)
    parameters = list(Parameter.objects.order_by("pk"))
    values = values_by_area([parameter.code for parameter in parameters], [area], on=on)[area.code]
    families = {}
    for parameter in parameters:
        families.setdefault(parameter.family, []).extend(values.nearest_figures(parameter.code, on))
    return [(family, figures) for family, figures in families.items() if figures]


def for_person(area: PoolingArea, person: str, on: date) -> list[InForce]:
    """The area's figures that depend on a 身份, given in words, and hold for this one. Two queries."""
    figures = (figure for _, figures in by_family(area, on) for figure in figures)
    return [figure for figure in figures if person in figure.dimensions.split("·")]


def set_by(document: PolicyDocument, on: date) -> list[Entry]:
    """The rows a document sets, newest first within a parameter, and whether they hold on `on`. Two queries."""
    rows = list(
        PolicyValue.objects.filter(document=document)
        .exclude(kind=PolicyValue.Kind.UNKNOWN)
        .select_related("parameter", "area__parent__parent")
        .order_by("parameter__pk", "area__code", "-effective_from", "pk")
    )
    areas = {row.area for row in rows}
    values = values_by_area({row.parameter.code for row in rows}, areas, on=on)
    return [Entry(row, _standing(row, values[row.area.code].successor(row), on)) for row in rows]


def _standing(row, successor, on):
    """In words whether the row holds; a row that ended without a successor was not replaced."""
    if row.effective_from and row.effective_from > on:
        return "尚未施行"
    if successor and successor.kind == PolicyValue.Kind.UNKNOWN:
        return f"收录到{spell_day(successor.effective_from - timedelta(days=1))}，之后的标准还没有查到"
    if successor and successor.effective_from <= on:
        return "已停止执行" if _ends(successor) else "已被新的规定接替"
    if _ends(row):
        return "停止执行"
    if successor is None:
        return HOLDS
    return f"{HOLDS}，{spell_day(successor.effective_from)}起{'停止执行' if _ends(successor) else '改变'}"


def _ends(row):
    return row.kind == PolicyValue.Kind.ENDED
