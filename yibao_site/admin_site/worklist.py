"""Worklist (工作台), the admin's index: one entry for each kind of pending work, with a count and a link to its change list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from articles.models import Feedback, MissedSearch
from articles.workflow import worklist
from calculators.models import Finding, PlaceWish, PolicyDocument, PolicyValue, ResultReport
from calculators.policies.coverage_grid import EXPIRING_WITHIN
from calculators.publishing import review
from yibao_site.backup.schedule import complaints


@dataclass(frozen=True)
class WorklistEntry:
    """`heading` is a key of HEADINGS."""

    title: str
    count: int
    url: str
    explain: str = ""
    heading: str = "articles"


HEADINGS = {
    "mine": "我的事",
    "articles": "文章",
    "values": "政策数值和来源",
    "calculators": "计算器",
    "readers": "读者来的",
    "site": "网站",
}
Kind = Finding.Kind
FINDING_KINDS = {
    Kind.FIGURE_CHANGED: ("文章里引用的数自己变了。读一遍上下文，还通就点“已核对”。", "articles"),
    Kind.OLD_FIGURE: ("正文里手写的数和现行的不一样。改成引用，或者改数。", "articles"),
    Kind.RESULT_MOVED: ("数值变了，算例的结果跟着变。看看对不对。", "calculators"),
    Kind.CASE_FAILS: ("算例现在算出来的和应得的不一样。", "calculators"),
    Kind.EXAMPLE_FAILS: ("文章里的算例现在算不出来了。改回答，或者换一个例子。", "articles"),
    Kind.READINGS_DIFFER: ("两个人照同一份文件录的不一样。对照来源，改成对的。", "values"),
    Kind.SOURCE_GONE: ("政策文件的链接打不开了。换一个能打开的地址。", "values"),
    Kind.SOURCE_MOVED: ("链接转到了别的地址。确认是同一份文件，换成新地址。", "values"),
    Kind.SOURCE_CHANGED: ("链接那一页的文字变了。看看数还对不对。", "values"),
}
OTHER_FINDERS: list[Callable[..., Iterable[WorklistEntry]]] = []
MAX_RECENT_ACTIONS = 10
OPENING_VERBS = ("view", "change")
MIN_STAFF = 2  # with fewer, nobody can review what another wrote


def register(find: Callable[..., Iterable[WorklistEntry]]) -> Callable[..., Iterable[WorklistEntry]]:
    """Add entries of another app: `find(user, now)` returns those this user has permission for. Also a decorator."""
    if find not in OTHER_FINDERS:
        OTHER_FINDERS.append(find)
    return find


def groups(entries: Iterable[WorklistEntry]) -> list[tuple[str, str, list[WorklistEntry]]]:
    """What waits, as (key, heading, entries) in the order of HEADINGS; a heading under which nothing waits is left out."""
    waiting = [entry for entry in entries if entry.count]
    found = ((key, words, [entry for entry in waiting if entry.heading == key]) for key, words in HEADINGS.items())
    return [group for group in found if group[2]]


def first_steps(user) -> list[tuple[str, str]]:
    """What an administrator of a new site does first: sentences with their addresses; gone when it is done."""
    if not user.is_superuser:
        return []
    steps = []
    if not LogEntry.objects.filter(content_type__app_label="yibao_site", content_type__model="sitesettings").exists():
        address = reverse("admin:yibao_site_sitesettings_changelist")
        steps.append(("给网站起名，填主办单位和备案号，换 logo 和颜色。", address))
    if get_user_model().objects.filter(is_staff=True, is_active=True).count() < MIN_STAFF:
        sentence = "给同事开账号，选好组：编辑写文章，政策管理员管数值和计算器，主编审核发布。"
        steps.append((sentence, reverse("admin:auth_user_add")))
    return steps


def recent_actions(user) -> list[LogEntry]:
    """What everybody did last, for whoever publishes; for anybody else their own."""
    actions = LogEntry.objects.select_related("user", "content_type").order_by("-action_time")
    mine = actions if user.has_perm("articles.publish_article") else actions.filter(user=user)
    shown = list(mine[:MAX_RECENT_ACTIONS])
    for action in shown:
        action.url = None if action.is_deletion() or not _may_open(user, action) else action.get_admin_url()
    return shown


def _may_open(user, action):
    kind = action.content_type
    return kind is not None and any(user.has_perm(f"{kind.app_label}.{verb}_{kind.model}") for verb in OPENING_VERBS)


def entries(user, now: datetime) -> list[WorklistEntry]:
    """Worklist entries this user has permission for. One query an entry, one for all findings."""
    today = timezone.localdate(now)
    return [
        *_articles(user, now),
        *_feedback(user),
        *_result_reports(user),
        *_calculators(user),
        *_searches(user),
        *_values(user, today),
        *_findings(user),
        *(entry for find in OTHER_FINDERS for entry in find(user, now)),
        *_backups(user, now),
    ]


def _articles(user, now):
    url = reverse("admin:articles_article_changelist")
    for name in worklist.names_for(user):
        work = worklist.WORK[name]
        count = worklist.find(name, user, now).count()
        heading = "mine" if name in worklist.OWN_WORK else "articles"
        yield WorklistEntry(work.title, count, f"{url}?{urlencode({'work': name})}", work.explain, heading)


def _backups(user, now):
    """For whoever runs the site, where it is one that is backed up or public."""
    if user.is_superuser and (settings.BACKUP_TO or settings.HTTPS):
        url = reverse("admin:yibao_site_backgroundtask_changelist")
        explain = "在服务器上运行 manage.py doctor 看原因；manage.py backup 马上备份，加上 --verify 试着恢复。"
        for sentence in complaints(now):
            yield WorklistEntry(sentence, 1, url, explain, "site")


def _feedback(user):
    if not user.has_perm("articles.view_feedback"):
        return
    url = reverse("admin:articles_feedback_changelist")
    query = urlencode({"kind__exact": Feedback.Kind.REPORT, "done__exact": 0})
    explain = "读者说哪里不对。改好了或不用改，勾上“已处理”。"
    yield WorklistEntry("读者报错", Feedback.objects.open().count(), f"{url}?{query}", explain, "readers")


def _result_reports(user):
    if not user.has_perm("calculators.change_resultreport"):
        return
    url = reverse("admin:calculators_resultreport_changelist")
    explain = "读者说哪个结果算得不对。对照来源看一遍，写下怎么了结的。"
    yield WorklistEntry("算得不对", ResultReport.objects.open().count(), f"{url}?closed__isempty=1", explain, "readers")


def _calculators(user):
    """Submissions this person may publish, and those that were sent back to them."""
    if not user.has_perm(review.CHANGE_PERMISSION):
        return
    url = reverse("admin:calculators_calculator_changelist")
    waiting, returned = review.pending(user)
    explain = "别人改好、送审的计算器。看算例和访客看到的样子，发布，或者写明原因退回。"
    yield WorklistEntry("计算器等我审核", len(waiting), f"{url}?state=review", explain, "mine")
    explain = "照退回的原因改好，再送审。"
    yield WorklistEntry("计算器退回给我修改", len(returned), f"{url}?state=returned", explain, "mine")


def _values(user, today):
    url = reverse("admin:calculators_policyvalue_changelist")
    if user.has_perm("calculators.change_policyvalue"):
        current = PolicyValue.objects.current(today)
        late = current.due_for_review(today).count()
        explain = "页面上正写着“已过复核日”。打开来源看一遍，改数，或者把复核截止往后延。"
        yield WorklistEntry("数值过了复核日", late, f"{url}?review=late", explain, "values")
        soon = current.filter(review_by__range=(today, today + EXPIRING_WITHIN)).count()
        unsucceeded = PolicyValue.objects.unsucceeded(today + EXPIRING_WITHIN).count()
        wished = PlaceWish.objects.open().count()
        explain = "读者点了“希望收录”、还没有数的地区，想要的人多的在前。录进第一个数就自己消失。"
        yield WorklistEntry(
            "读者想要的地区", wished, reverse("admin:calculators_placewish_changelist"), explain, "values"
        )
        explain = "收录到某天为止，之后的标准还没有查到。查到了，录入接替它的一行。"
        yield WorklistEntry("之后的标准没查到", unsucceeded, f"{url}?review=unsucceeded", explain, "values")
        yield WorklistEntry(
            f"数值 {EXPIRING_WITHIN.days} 天内该复核",
            soon,
            f"{url}?review=soon",
            "打开来源看还对不对，再定下一个复核日。",
            "values",
        )
    if user.has_perm("calculators.change_policydocument"):
        proposed = PolicyDocument.objects.proposals().count()
        documents = reverse("admin:calculators_policydocument_changelist")
        explain = "作者提出的来源，文章要等它。核对标题、文号和链接，定好等级，去掉“等采用”的勾。"
        yield WorklistEntry("来源等采用", proposed, f"{documents}?is_proposal__exact=1", explain, "values")
    if user.has_perm("calculators.confirm_policyvalue"):
        waits = PolicyValue.objects.waiting_for(user).count()
        yield WorklistEntry(
            "数值等我核对", waits, f"{url}?reading=waits", "没看过录入的数的人，照来源再录一遍。", "mine"
        )


def _searches(user):
    if not user.has_perm("articles.view_missedsearch"):
        return
    url = reverse("admin:articles_missedsearch_changelist")
    yield WorklistEntry(
        "没有结果的搜索",
        MissedSearch.objects.open().count(),
        f"{url}?{urlencode({'status__exact': MissedSearch.Status.OPEN})}",
        "读者搜过、没有结果或没有专门文章的词。写一篇、加个同义词，或选“不处理”；有了就自己消失。",
        "readers",
    )


def _findings(user):
    if not user.has_perm("calculators.view_finding"):
        return
    url = reverse("admin:calculators_finding_changelist")
    counts = dict(Finding.objects.open().mendable_by(user).order_by().values_list("kind").annotate(Count("pk")))
    for kind, title in Finding.Kind.choices:
        explain, heading = FINDING_KINDS[kind]
        yield WorklistEntry(title, counts.get(kind, 0), f"{url}?{urlencode({'kind__exact': kind})}", explain, heading)
