"""Atom feed of policy changes: from which day a document sets new figures for an area."""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone

from calculators.common import page_keys
from calculators.common.atom import AtomFeed
from calculators.models import PolicyDocument, PolicyValue, PoolingArea
from calculators.values.types import spell_day

MAX_FEED_ROWS = 300
MAX_FEED_CHANGES = 20
MAX_FIGURES_PER_CHANGE = 12


@dataclass(frozen=True)
class PolicyChange:
    """The figures that one document sets for one area from one day on."""

    first_day: date
    area: PoolingArea
    document: PolicyDocument
    rows: list[PolicyValue]


def latest_changes() -> list[PolicyChange]:
    """The latest first days, those already announced among them. One query."""
    dated = PolicyValue.objects.adopted().filter(effective_from__isnull=False).exclude(kind=PolicyValue.Kind.UNKNOWN)
    rows = dated.select_related("area", "document", "parameter").order_by(
        "-effective_from", "area__code", "document", "parameter", "pk"
    )
    together = groupby(rows[:MAX_FEED_ROWS], key=lambda row: (row.effective_from, row.area, row.document))
    return [PolicyChange(*key, list(rows)) for key, rows in together][:MAX_FEED_CHANGES]


class PolicyChangeFeed(Feed):
    feed_type = AtomFeed
    language = "zh-Hans"
    title = "医保指南：政策变化"
    subtitle = "哪里的哪些医保数字从哪天起变，依据什么文件"

    def link(self):
        return reverse("calculators:areas")

    def items(self):
        page_keys.depends_on(
            page_keys.NEWEST_VALUES, page_keys.ALL_AREAS, page_keys.ALL_DOCUMENTS, page_keys.ALL_PARAMETERS
        )
        return latest_changes()

    def item_title(self, change):
        return f"{change.area.short_name}：{spell_day(change.first_day)}起，{change.document.title}"

    def item_description(self, change):
        lines = [_spelled(row) for row in change.rows[:MAX_FIGURES_PER_CHANGE]]
        more = len(change.rows) - MAX_FIGURES_PER_CHANGE
        return "；".join(lines) + (f"；另有 {more} 个数字。" if more > 0 else "。")

    def item_link(self, change):
        return change.document.get_absolute_url()

    def item_guid(self, change):
        return f"{change.document.slug}/{change.area.code}/{change.first_day.isoformat()}"

    def item_pubdate(self, change):
        return timezone.make_aware(datetime.combine(change.first_day, time.min))


def _spelled(row):
    whom = f"（{row.conditions_text}）" if row.conditions_text else ""
    return f"{row.parameter.name}{whom} {row.shown}，{row.get_status_display()}"
