"""Last-modified days of the pages of areas and documents: the last edit, or the last first day of a value."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

from django.db import models
from django.db.models import Max
from django.utils import timezone

from calculators.models import PolicyDocument, PolicyValue
from calculators.values.series import by_series

Days = dict[int, list[date | None]]


def areas_changed_on(on: date) -> dict[int, date]:
    """By the pk of each area with values of its own. Two queries."""
    days: Days = defaultdict(list)
    for area, day in PolicyValue.objects.begun(on).order_by().values_list("area").annotate(Max("effective_from")):
        days[area].append(day)
    _add_edits(days, PolicyValue.history, "area")
    return _latest(days)


def documents_changed_on(on: date) -> dict[int, date]:
    """By the pk of each document: it also changes when a value it sets begins or is followed by another's. Three queries."""
    days: Days = defaultdict(list)
    columns = ("parameter_id", "area_id", "conditions_key", "document_id", "effective_from", "kind")
    begun = PolicyValue.objects.begun(on).order_by().values_list(*columns, named=True)
    for series in by_series(begun).values():
        for before, row in pairwise([None, *series.rows]):
            days[row.document_id].append(row.effective_from)
            if before:
                days[before.document_id].append(row.effective_from)
    _add_edits(days, PolicyValue.history, "document")
    _add_edits(days, PolicyDocument.history, "id")
    return _latest(days)


def _add_edits(days: Days, history: models.Manager[models.Model], owner: str) -> None:
    for pk, moment in history.order_by().values_list(owner).annotate(Max("history_date")):
        days[pk].append(timezone.localdate(moment))


def _latest(days: Days) -> dict[int, date]:
    return {pk: max(filter(None, found)) for pk, found in days.items() if any(found)}
