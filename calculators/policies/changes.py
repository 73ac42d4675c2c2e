"""Changes of policy: from which day a document sets new figures for an area, everywhere or for one place and 身份.

A change is dated by the first day of its values, never by the day on which somebody typed them in. What is recorded
without a first day is no change, nor is that a later standard is not known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Exists, OuterRef, Q

from calculators.common import page_keys
from calculators.models import PolicyDocument, PolicyValue, PoolingArea
from calculators.models.policy_value_queryset import PolicyValueQuerySet
from calculators.policies.inheritance import may_use
from calculators.values.conditions import PERSON_DIMENSION
from calculators.values.units import show

MAX_CHANGE_ROWS = 300
MAX_CHANGES = 20
DAYS_BACK, MAX_RECENT = 400, 4
MAX_FIGURES_NAMED = 3
AT_WORK_OR_NOT = frozenset({"in_service", "retired", "flexible"})
PERSONS_OF_SCHEME = {  # by the beginning of a parameter's code, the longer first; any other concerns everybody
    "employee.base": frozenset({"in_service"}),
    "employee.rate": frozenset({"in_service"}),
    "resident": frozenset({"resident"}),
    "flexible": frozenset({"flexible"}),
    "employee": AT_WORK_OR_NOT,
    "personal_account": AT_WORK_OR_NOT,
    "family_sharing": AT_WORK_OR_NOT,
    "retirement": AT_WORK_OR_NOT,
}


@dataclass(frozen=True)
class PolicyChange:
    """The figures that one document sets for one area from one day on."""

    first_day: date
    area: PoolingArea
    document: PolicyDocument
    rows: list[PolicyValue]

    @property
    def figures(self) -> str:
        """The first figures in words, and how many there are: 居民医保个人缴费 700 元（70岁以上）、870 元（60至69岁）等 4 项."""
        shown = self.rows[:MAX_FIGURES_NAMED]
        named = [_spelled(name, rows) for name, rows in groupby(shown, key=lambda row: row.parameter.name)]
        more = f"等 {len(self.rows)} 项" if len(self.rows) > len(shown) else ""
        return "；".join(named) + more

    @property
    def cautions(self) -> list[str]:
        """What is not confirmed of them, in a word each."""
        statuses = (row.get_status_display() for row in self.rows if row.status != PolicyValue.Status.CONFIRMED)
        return list(dict.fromkeys(statuses))


def latest_changes() -> list[PolicyChange]:
    """The latest first days of all areas, those already announced among them. One query."""
    return _together(_dated()[:MAX_CHANGE_ROWS])


def changes_of(area: PoolingArea, person: str = "", on: date | None = None) -> list[PolicyChange]:
    """Those that hold in an area, for a 身份 where one is named; with `on`, the latest that have begun by then.

    What the area takes over from above is among them, where it has nothing of its own. One query; `area` comes with
    those above it.
    """
    owners = area.chain()
    page_keys.depends_on(page_keys.ALL_PARAMETERS, page_keys.ALL_DOCUMENTS, page_keys.ALL_DIMENSIONS)
    page_keys.depends_on(*(key(owner.pk) for owner in owners for key in (page_keys.area, page_keys.values_in)))
    of_its_own = PolicyValue.objects.filter(area=area, parameter=OuterRef("parameter"))
    rows = _dated().filter(Q(area=area) | Q(area__in=owners) & ~Exists(of_its_own))
    if on:
        rows = rows.filter(effective_from__lte=on, effective_from__gt=on - timedelta(days=DAYS_BACK))
    read = [row for row in rows[:MAX_CHANGE_ROWS] if may_use(row, area.code) and concerns(row, person)]
    return _together(read)[: MAX_RECENT if on else MAX_CHANGES]


def concerns(row: PolicyValue, person: str) -> bool:
    """Whether a value is one for this 身份; any is, where none is named."""
    if not person:
        return True
    parts = row.parameter.code.split(".")
    schemes = (PERSONS_OF_SCHEME.get(key) for key in (".".join(parts[:2]), parts[0]))
    concerned = next((persons for persons in schemes if persons), None)
    named = row.conditions.get(PERSON_DIMENSION)
    return (concerned is None or person in concerned) and (not named or person in named)


def _dated() -> PolicyValueQuerySet:
    known = PolicyValue.objects.adopted().filter(effective_from__isnull=False).exclude(kind=PolicyValue.Kind.UNKNOWN)
    return known.with_source().order_by("-effective_from", "area__code", "document", "parameter", "pk")


def _together(rows: Iterable[PolicyValue]) -> list[PolicyChange]:
    together = groupby(rows, key=lambda row: (row.effective_from, row.area, row.document))
    return [PolicyChange(*key, list(rows)) for key, rows in together][:MAX_CHANGES]


def _spelled(name: str, rows: Iterable[PolicyValue]) -> str:
    """The figures of one parameter, its name once; of a text or a yes the name says enough."""
    figures = "、".join(filter(None, (_figure(row) for row in rows)))
    return f"{name} {figures}" if figures else name


def _figure(row: PolicyValue) -> str:
    whom = f"（{row.conditions_text}）" if row.conditions_text else ""
    if row.kind == PolicyValue.Kind.ENDED:
        return f"停止执行{whom}"
    if row.value is True or isinstance(row.value, str):
        return ""
    return f"{show(row.value, row.unit)}{whom}"
