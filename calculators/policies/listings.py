"""Listings of policy values on a day, for the pages of areas and documents, in the order of the parameters."""

from dataclasses import dataclass
from datetime import date, timedelta

from calculators.common import page_keys
from calculators.models import Parameter, PolicyDocument, PolicyValue, PoolingArea
from calculators.policies.in_force import ValuesInForce, values_by_area
from calculators.values.series import first_day
from calculators.values.types import InForce, spell_day

IN_FORCE_WORD = "现行"
DRAFT_VALIDITY = "征求意见稿，不是规定"


@dataclass(frozen=True)
class DocumentRow:
    """One row that a document sets, and its validity (时效性) on a day, in words."""

    row: PolicyValue
    validity: str


def figures_by_family(area: PoolingArea, on: date, today: date | None = None) -> list[tuple[str, list[InForce]]]:
    """The area's figures in force on `on`, family by family; `area` comes with its parents selected.

    Where a parameter has rows of the area itself, those it could inherit are left out. Two queries.
    """
    page_keys.depends_on(page_keys.ALL_PARAMETERS)
    parameters = list(Parameter.objects.order_by("pk"))
    values = values_by_area([parameter.code for parameter in parameters], [area], on=on, today=today)[area.code]
    families: dict[str, list[InForce]] = {}
    for parameter in parameters:
        families.setdefault(parameter.family, []).extend(values.nearest_figures(parameter.code, on))
    return [(family, figures) for family, figures in families.items() if figures]


def document_rows(document: PolicyDocument, on: date) -> list[DocumentRow]:
    """Rows that a document sets, newest first within a parameter, with their validity on `on`. Two queries."""
    rows = list(
        PolicyValue.objects.filter(document=document)
        .exclude(kind=PolicyValue.Kind.UNKNOWN)
        .select_related("parameter", "area__parent__parent")
        .order_by("parameter__pk", "area__code", "-effective_from", "pk")
    )
    areas = {row.area for row in rows}
    values = values_by_area({row.parameter.code for row in rows}, areas, on=on)
    return [DocumentRow(row, _validity_on(row, values[row.area.code], on)) for row in rows]


def _validity_on(row: PolicyValue, values: ValuesInForce, on: date) -> str:
    if row.status == PolicyValue.Status.DRAFT:
        return DRAFT_VALIDITY
    return _validity(row, values.successor(row), on)


def _validity(row: PolicyValue, successor: PolicyValue | None, on: date) -> str:
    """Validity of a row in words; a row that ended without a successor was not replaced."""
    if row.effective_from and row.effective_from > on:
        return "尚未施行"
    if successor and successor.kind == PolicyValue.Kind.UNKNOWN:
        return f"{spell_day(first_day(successor) - timedelta(days=1))}以后的标准还没有查到"
    if successor and first_day(successor) <= on:
        return "已停止执行" if _ends(successor) else "已被新的规定接替"
    if _ends(row):
        return "停止执行"
    if successor is None:
        return IN_FORCE_WORD
    return f"{IN_FORCE_WORD}，{spell_day(first_day(successor))}起{'停止执行' if _ends(successor) else '改变'}"


def _ends(row: PolicyValue) -> bool:
    return row.kind == PolicyValue.Kind.ENDED
