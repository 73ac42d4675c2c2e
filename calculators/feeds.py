"""Atom feeds of policy changes: from which day a document sets new figures for an area; all, or of one place and 身份."""

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from calculators.common import page_keys
from calculators.common.atom import AtomFeed
from calculators.common.site_identity import site_name
from calculators.models import PoolingArea
from calculators.policies.changes import changes_of, latest_changes
from calculators.preferences import person_choices
from calculators.values.types import spell_day

MAX_FIGURES_PER_CHANGE = 12


class PolicyChangeFeed(Feed):
    feed_type = AtomFeed
    language = "zh-Hans"
    subtitle = "哪里的哪些医保数字从哪天起变，依据什么文件"

    def title(self):
        return f"{site_name()}：政策变化"

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


class PlaceChangeFeed(PolicyChangeFeed):
    """Of one area, and of one 身份 where the address names one."""

    def get_object(self, request, code, person=""):
        area = get_object_or_404(PoolingArea.objects.with_ancestors(), code=code)
        name = dict(person_choices()).get(person, "")
        if person and not name:
            raise Http404("没有这个身份。")
        return area, person, name

    def title(self, subject):
        area, _, name = subject
        return f"{site_name()}：{' · '.join(filter(None, (area.short_name, name)))}的政策变化"

    def link(self, subject):
        return subject[0].get_absolute_url()

    def items(self, subject):
        area, person, _ = subject
        return changes_of(area, person)


def _spelled(row):
    whom = f"（{row.conditions_text}）" if row.conditions_text else ""
    return f"{row.parameter.name}{whom} {row.shown}，{row.get_status_display()}"
