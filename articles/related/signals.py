"""Which saves make related reading due: noted in their own transaction, done by the queue after it."""

from collections.abc import Callable

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from taggit.models import Tag, TaggedItem

from articles.models import Article, ArticleProfile, RelatedArticle, RelatedChoice, tagged_with
from articles.related.pending_work import enlist, mark
from calculators.models import PoolingArea

Due = ArticleProfile.Due


def connect(enqueue: Callable[[], object]) -> None:
    """`enqueue` puts the work into the queue; it is called after the transaction in which work became due."""

    def note(articles, due):
        if mark(articles, due):
            transaction.on_commit(enqueue, robust=True)

    for signal, sender, say in SAYINGS:
        signal.connect(_receiver(say, note), sender=sender, weak=False)


def _receiver(say, note):
    def receive(sender, instance, raw=False, **kwargs):
        if not raw and (said := say(instance, **kwargs)):
            note(*said)

    return receive


def article_was_saved(article, created, **kwargs):
    if created:
        enlist(article)
    return [article.pk], Due.TEXT


def article_goes(article, **kwargs):
    return RelatedArticle.objects.filter(related=article).values("article"), Due.LIST


def tags_were_set(instance, action, **kwargs):
    if isinstance(instance, Article) and action.startswith("post_"):
        return [instance.pk], Due.TEXT
    return None


def tag_was_taken_off(item, **kwargs):
    return ([item.object_id], Due.TEXT) if isinstance(item.content_object, Article) else None


def tag_was_renamed(tag, created, **kwargs):
    return None if created else (tagged_with(tag).values("pk"), Due.TEXT)


def choice_was_made(choice, **kwargs):
    return [choice.article_id], Due.LIST


def area_was_changed(area, created, **kwargs):
    return None if created else (area.articles.values("pk"), Due.TEXT)


SAYINGS = [
    (post_save, Article, article_was_saved),
    (pre_delete, Article, article_goes),
    (m2m_changed, TaggedItem, tags_were_set),
    (post_delete, TaggedItem, tag_was_taken_off),
    (post_save, Tag, tag_was_renamed),
    (post_save, RelatedChoice, choice_was_made),
    (post_delete, RelatedChoice, choice_was_made),
    (post_save, PoolingArea, area_was_changed),
]
