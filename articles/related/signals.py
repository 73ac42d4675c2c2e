"""Signal receivers that mark related lists as due, in the transaction of the save; the queue computes them after it."""

from collections.abc import Callable

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from articles.models import ArticleProfile, RelatedArticle, RelatedChoice
from articles.related.pending_work import enlist, mark
from articles.signals import article_goes, articles_changed
from calculators.models import PoolingArea

Due = ArticleProfile.Due


def connect(enqueue: Callable[[], object]) -> None:
    """`enqueue` puts the work into the queue; it is called after the transaction in which work became due."""

    def note(articles, due):
        if mark(articles, due):
            transaction.on_commit(enqueue, robust=True)

    for signal, sender, due_after in DUE_AFTER:
        signal.connect(_receiver(due_after, note), sender=sender, weak=False)


def _receiver(due_after, note):
    def receive(sender, raw=False, **kwargs):
        if not raw and (due := due_after(**kwargs)):
            note(*due)

    return receive


def articles_were_changed(changes, **kwargs):
    enlist(changes.created)
    return (changes.worded, Due.TEXT) if changes.worded else None


def article_is_deleted(article, **kwargs):
    return RelatedArticle.objects.filter(related=article).values("article"), Due.LIST


def choice_was_made(instance, **kwargs):
    return [instance.article_id], Due.LIST


def area_was_changed(instance, created, **kwargs):
    return None if created else (instance.articles.values("pk"), Due.TEXT)


DUE_AFTER = [
    (articles_changed, None, articles_were_changed),
    (article_goes, None, article_is_deleted),
    (post_save, RelatedChoice, choice_was_made),
    (post_delete, RelatedChoice, choice_was_made),
    (post_save, PoolingArea, area_was_changed),
]
