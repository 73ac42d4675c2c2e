"""工作台: the admin's first page. Everything that waits, each entry with the page where it is dealt with."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from articles import worklist as articles
from articles.models import Feedback, MissedSearch
from calculators.models import Finding


@dataclass(frozen=True)
class Entry:
    title: str
    count: int
    url: str
    explain: str = ""


def entries(user, now: datetime) -> list[Entry]:
    """What waits for this person; one query for each kind of article work, one for reports, one for searches, one for all findings."""
    return [*_articles(user, now), *_feedback(user), *_searches(user), *_findings(user)]


def _articles(user, now):
    url = reverse("admin:articles_article_changelist")
    for name in articles.names_for(user):
        work = articles.WORK[name]
        count = articles.find(name, user, now).count()
        yield Entry(work.title, count, f"{url}?{urlencode({'work': name})}", work.explain)


def _feedback(user):
    if not user.has_perm("articles.view_feedback"):
        return
    url = reverse("admin:articles_feedback_changelist")
    query = urlencode({"kind__exact": Feedback.Kind.REPORT, "done__exact": 0})
    explain = "读者说哪里不对。改好了或不用改，勾上“已处理”。"
    yield Entry("读者报错", Feedback.objects.open().count(), f"{url}?{query}", explain)


def _searches(user):
    if not user.has_perm("articles.view_missedsearch"):
        return
    url = reverse("admin:articles_missedsearch_changelist")
    yield Entry(
        "搜不到的词",
        MissedSearch.objects.open().count(),
        f"{url}?{urlencode({'status__exact': MissedSearch.Status.OPEN})}",
        "读者搜过、没有结果的词。写一篇、加个同义词，或选“不处理”；有了结果就自己消失。",
    )


def _findings(user):
    if not user.has_perm("calculators.view_finding"):
        return
    url = reverse("admin:calculators_finding_changelist")
    counts = dict(Finding.objects.open().order_by().values_list("kind").annotate(Count("pk")))
    for kind, title in Finding.Kind.choices:
        yield Entry(title, counts.get(kind, 0), f"{url}?{urlencode({'kind__exact': kind})}")
