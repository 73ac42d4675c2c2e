"""Views of calendar files: the deadlines of an area, all in one file that a calendar can follow, and each by itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from calculators.common import page_keys
from calculators.common.icalendar import CalendarEvent, calendar
from calculators.models import PoolingArea
from calculators.policies.notices import Notice, deadlines

CONTENT_TYPE = "text/calendar; charset=utf-8"
TITLES = {"enrolment": "{}居民医保集中缴费最后一天", "benefit-year": "{}新的医保年度开始"}


def area_calendar(request, code, key=""):
    """Raises Http404 where no such day is known."""
    area = get_object_or_404(PoolingArea.objects.with_ancestors(), code=code)
    page_keys.depends_on(page_keys.area(area.pk))
    found = [one for one in deadlines(area, timezone.localdate()) if key in {"", one.key}]
    if not found:
        raise Http404(f"{area.short_name}没有已知的日子可以放进日历。")
    page_keys.depends_on(*(page_keys.document(one.row.document_id) for one in found))
    name = f"{area.short_name}医保的日子"
    written = calendar(name, [_event(request, notice) for notice in found])
    file_name = "-".join(filter(None, ("yibao", area.code, key)))
    return HttpResponse(
        written,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{file_name}.ics"'},
    )


def _event(request, notice: Notice) -> CalendarEvent:
    area, row = notice.area, notice.row
    url = request.build_absolute_uri(reverse("calculators:area", args=[area.code]))
    document = row.document
    source = f"依据：{document.title}{document.number and f'（{document.number}）'}，{row.get_status_display()}。"
    return CalendarEvent(
        uid=f"{area.code}.{notice.key}.{notice.year}@{request.get_host()}",
        day=notice.day,
        changed_on=row.effective_from or row.seen_on or notice.day,
        title=TITLES[notice.key].format(area.short_name),
        text=f"{notice.text}\n{source}以当地医保部门的通知为准。\n{url}",
        url=url,
    )
