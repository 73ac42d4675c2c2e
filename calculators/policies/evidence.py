"""Counts of evidence: how many of the recorded figures are 已核实, 据转述 and 待核实."""

from dataclasses import dataclass

from django.db.models import Count

from calculators.common import page_keys
from calculators.models import PolicyValue
from calculators.values.series import LEAVES_NOTHING


@dataclass(frozen=True)
class EvidenceCount:
    confirmed: int
    restated: int
    recalled: int

    @property
    def total(self) -> int:
        return self.confirmed + self.restated + self.recalled


def count_evidence() -> EvidenceCount:
    """Of all figures, those of earlier years among them; rows that end one, and drafts, are no figures. One query."""
    page_keys.depends_on(page_keys.NEWEST_VALUES)
    figures = PolicyValue.objects.adopted().exclude(kind__in=LEAVES_NOTHING).order_by()
    counts = dict(figures.values_list("status").annotate(Count("pk")))
    return EvidenceCount(*(counts.get(state, 0) for state in ("confirmed", "restated", "recalled")))
