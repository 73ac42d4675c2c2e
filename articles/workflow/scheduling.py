"""Scheduled publishing and expiry of articles. Idempotent; a late run processes everything missed."""

from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Event
from articles.signals import collected
from articles.workflow import steps

Status, EditStatus, Kind = Article.Status, Article.EditStatus, Event.Kind


def run_due(at=None) -> list[Event]:
    """Take every step whose moment has come; returns what was done."""
    at = at or timezone.now()
    due = Article.objects.filter(_ends(at) | _begins(at) | _changes(at)).values_list("pk", flat=True)
    return [event for pk in due for event in _run_one(pk, at)]


def _begins(at):
    return Q(status=Status.SCHEDULED, published_at__lte=at)


def _changes(at):
    return Q(edit_status=EditStatus.SCHEDULED, edit_live_at__lte=at)


def _ends(at):
    return Q(status__in=Article.APPROVED_STATUSES, unpublish_at__lte=at)


@collected()
def _run_one(pk, at):
    """The row is locked and looked at again: two clocks never take the same step."""
    article = Article.objects.select_for_update().get(pk=pk)
    events = []
    if article.status == Status.SCHEDULED and article.published_at <= at:
        events.append(_begin(article))
    if article.edit_status == EditStatus.SCHEDULED and article.edit_live_at <= at:
        events.append(steps.go_live(article, Kind.UPDATED, by=None, at=article.edit_live_at))
    if article.is_approved and article.unpublish_at and article.unpublish_at <= at:
        events.append(steps.archive(article, by=None, at=article.unpublish_at, note="到了下线时间"))
    return events


def _begin(article):
    """A first publication shows the approved text, whatever was typed after it was scheduled."""
    article.status = Status.PUBLISHED
    article.save()
    version = steps.scheduled_version(article)
    article.versions.filter(pk=version.pk).update(went_live=article.published_at)
    return steps.note_step(article, Kind.PUBLISHED, by=None, at=article.published_at, version=version)
