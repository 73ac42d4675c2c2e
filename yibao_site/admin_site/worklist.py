"""Worklist (工作台), the admin's index: one entry for each kind of pending work, with a count and a link to its change list."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from articles.models import Feedback, MissedSearch
from articles.workflow import worklist
from calculators.models import Finding, PolicyValue, ResultReport
from calculators.policies.review_due import EXPIRING_WITHIN


@dataclass(frozen=True)
class WorklistEntry:
    title: str
    count: int
    url: str
    explain: str = ""


def entries(user, now: datetime) -> list[WorklistEntry]:
    """Worklist entries this user has permission for. One query an entry, one for all findings."""
    today = timezone.localdate(now)
    return [
        *_articles(user, now),
        *_feedback(user),
        *_result_reports(user),
        *_searches(user),
        *_values(user, today),
        *_findings(user),
    ]


def _articles(user, now):
    url = reverse("admin:articles_article_changelist")
    for name in worklist.names_for(user):
        work = worklist.WORK[name]
        count = worklist.find(name, user, now).count()
        yield WorklistEntry(work.title, count, f"{url}?{urlencode({'work': name})}", work.explain)


def _feedback(user):
    if not user.has_perm("articles.view_feedback"):
        return
    url = reverse("admin:articles_feedback_changelist")
    query = urlencode({"kind__exact": Feedback.Kind.REPORT, "done__exact": 0})
    explain = "读者说哪里不对。改好了或不用改，勾上“已处理”。"
    yield WorklistEntry("读者报错", Feedback.objects.open().count(), f"{url}?{query}", explain)


def _result_reports(user):
    if not user.has_perm("calculators.change_resultreport"):
        return
    url = reverse("admin:calculators_resultreport_changelist")
    explain = "读者说哪个结果算得不对。对照来源看一遍，写下怎么了结的。"
    yield WorklistEntry("算得不对", ResultReport.objects.open().count(), f"{url}?closed__isempty=1", explain)


def _values(user, today):
    url = reverse("admin:calculators_policyvalue_changelist")
    if user.has_perm("calculators.change_policyvalue"):
        current = PolicyValue.objects.current(today)
        late = current.due_for_review(today).count()
        explain = "页面上正写着“已过复核日”。打开来源看一遍，改数，或者把复核截止往后延。"
        yield WorklistEntry("数值过了复核日", late, f"{url}?review=late", explain)
        soon = current.filter(review_by__range=(today, today + EXPIRING_WITHIN)).count()
        unsucceeded = PolicyValue.objects.unsucceeded(today + EXPIRING_WITHIN).count()
        explain = "收录到某天为止，之后的标准还没有查到。查到了，录入接替它的一行。"
        yield WorklistEntry("之后的标准没查到", unsucceeded, f"{url}?review=unsucceeded", explain)
        yield WorklistEntry(
            f"数值 {EXPIRING_WITHIN.days} 天内该复核",
            soon,
            f"{url}?review=soon",
            "打开来源看还对不对，再定下一个复核日。",
        )
    if user.has_perm("calculators.confirm_policyvalue"):
        waits = PolicyValue.objects.waiting_for(user).count()
        yield WorklistEntry("数值等我核对", waits, f"{url}?reading=waits", "没看过录入的数的人，照来源再录一遍。")


def _searches(user):
    if not user.has_perm("articles.view_missedsearch"):
        return
    url = reverse("admin:articles_missedsearch_changelist")
    yield WorklistEntry(
        "搜不到的词",
        MissedSearch.objects.open().count(),
        f"{url}?{urlencode({'status__exact': MissedSearch.Status.OPEN})}",
        "读者搜过、没有结果或没有专门文章的词。写一篇、加个同义词，或选“不处理”；有了就自己消失。",
    )


def _findings(user):
    if not user.has_perm("calculators.view_finding"):
        return
    url = reverse("admin:calculators_finding_changelist")
    counts = dict(Finding.objects.open().mendable_by(user).order_by().values_list("kind").annotate(Count("pk")))
    for kind, title in Finding.Kind.choices:
        yield WorklistEntry(title, counts.get(kind, 0), f"{url}?{urlencode({'kind__exact': kind})}")
