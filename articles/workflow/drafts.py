"""Drafts, as their authors may take them back: a submission nobody has decided on, and a text readers never saw."""

from django.utils import timezone

from articles.models import Article, Event
from articles.signals import collected
from articles.workflow import permissions, steps

Status = Article.Status


def may_withdraw(user, article) -> bool:
    return steps.stage(article) == Status.REVIEW and article.author_id == user.pk


@collected()
def withdraw(article, *, by, note="", at=None) -> Event:
    """The author takes a submission back. Raises NotAllowed."""
    if not may_withdraw(by, article):
        raise permissions.NotAllowed("只有作者能撤回自己还在等审核的文章。")
    name = "edit_status" if article.edit_status else "status"
    setattr(article, name, Status.DRAFT)
    Article.objects.filter(pk=article.pk).update(**{name: Status.DRAFT})
    return steps.note_step(article, Event.Kind.WITHDRAWN, by=by, note=note, at=at or timezone.now())


def may_delete(user, article) -> bool:
    """An author may delete an own draft that readers never saw, without the permission to delete others."""
    is_own = article.author_id == user.pk and permissions.may_edit(user, article)
    return is_own and article.status == Status.DRAFT and not article.versions.live().exists()
