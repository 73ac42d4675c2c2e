"""Worklist entries about articles: each is a condition on Article, done when it no longer holds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.db.models.functions import Concat, StrIndex
from django.utils import timezone

from articles.models import Article, ArticleSource, Event
from articles.related import quality
from articles.workflow import permissions
from calculators.models import PolicyValue

QUIET_DURATION = timedelta(days=14)
REVIEW_NOTICE = timedelta(days=14)
Status, EditStatus = Article.Status, Article.EditStatus


@dataclass(frozen=True)
class Work:
    """`find(user, now)` is the condition on Article; `for_publishers` only work is shown to who may publish."""

    title: str
    explain: str
    find: Callable[[object, datetime], Q]
    for_publishers: bool = False


def _waiting(user, now):
    theirs = ~Q(author=user) | Q(author=None)
    return (Q(status=Status.REVIEW) | Q(edit_status=EditStatus.REVIEW)) & theirs


def _returned(user, now):
    last = Event.objects.filter(article=OuterRef("pk")).order_by("-at", "-pk").values("kind")[:1]
    mine = Article.objects.filter(author=user).annotate(last=last).filter(last=Event.Kind.RETURNED)
    return Q(pk__in=mine.values("pk")) & (Q(status=Status.DRAFT) | Q(edit_status=EditStatus.DRAFT))


def _quiet(user, now):
    drafts = Q(status=Status.DRAFT) | Q(edit_status=EditStatus.DRAFT)
    mine = Q() if permissions.may_publish(user) else Q(author=user)
    return drafts & mine & Q(updated_at__lt=now - QUIET_DURATION) & ~Q(versions__at__gte=now - QUIET_DURATION)


def _due(user, now):
    return Article.public_at(now) & Q(review_by__lte=timezone.localdate(now) + REVIEW_NOTICE)


def _never_reviewed(user, now):
    return Article.public_at(now) & Q(reviewed_on=None)


def _untagged(user, now):
    return Article.public_at(now) & Q(tags_text="")


def _sourceless(user, now):
    return Article.public_at(now) & ~Exists(ArticleSource.objects.filter(article=OuterRef("pk")))


def _of(condition):
    """A condition that is the same for everybody."""
    return lambda user, now: condition(now)


def _ending(user, now):
    """References to a parameter of an area that has a row already whose first day is still to come."""
    start = Concat("parameter__name", Value("·"), "area__short_name", output_field=TextField())
    known = PolicyValue.objects.exclude(kind=PolicyValue.Kind.UNKNOWN)
    coming = known.filter(effective_from__gt=timezone.localdate(now)).order_by()
    text = Concat(OuterRef("summary"), OuterRef("body"), output_field=TextField())
    written = [
        Concat(Value(before), start, Value(sign), output_field=TextField())
        for before in ("〔", "〔表·")
        for sign in "〕·"
    ]
    places = [StrIndex(text, each) for each in written]
    coming = coming.annotate(found=sum(places[1:], places[0])).filter(found__gt=0)
    return Article.public_at(now) & Exists(coming)


WORK = {
    "waiting": Work("等我审核", "别人提交的文章和修改稿。发布或退回以后从这里消失。", _waiting, for_publishers=True),
    "returned": Work("退回给我修改", "看一眼退回的留言，改好再提交。", _returned),
    "due": Work("该复审了", "两周内到期或已过期。读一遍，仍然对就点“复审无误”。", _due, for_publishers=True),
    "never_reviewed": Work("从没审核过", "已发布，但没有第二个人看过。", _never_reviewed, for_publishers=True),
    "ending": Work("引用的数将要调整", "新的一行已录入，首日还没到。到那天数字自己会变，先看上下文还通不通。", _ending),
    "quiet": Work("草稿两周没动", "写完、提交，或者删掉。", _quiet),
    "untagged": Work("没有标签", "没有标签的文章很难进别人的相关阅读。", _untagged),
    "sourceless": Work("没有来源", "每篇文章都要说出依据哪份文件。", _sourceless),
    "unrelated": Work("相关阅读不足三篇", "找不到相近的；补几个标签，或者手工置顶几篇。", _of(quality.dead_ends)),
    "orphans": Work(
        "没有文章推荐它", "读者从别的文章走不到这里；补标签，或者在相近的文章里置顶它。", _of(quality.orphans)
    ),
    "over_recommended": Work(
        "推荐得太多",
        "六十多篇文章都推荐它，多半太笼统；拆开写，或者在不合适的地方选“不要出现”。",
        _of(quality.over_recommended),
    ),
    "outdated_lists": Work(
        "相关阅读比文章旧", "文章改了一刻钟，列表还没重算：后台任务可能停了，请告诉管理员。", _of(quality.outdated)
    ),
}

OWN_WORK = {"waiting", "returned", "quiet"}  # what waits for this very person


def find(name: str, user, now: datetime):
    """The articles of one piece of work. One query, whatever is done with it."""
    return Article.objects.filter(WORK[name].find(user, now)).distinct()


def names_for(user) -> list[str]:
    """The pieces of work this person is shown."""
    if not user.has_perm("articles.change_article"):
        return []
    publisher = permissions.may_publish(user)
    return [name for name, work in WORK.items() if publisher or not work.for_publishers]
