"""Events of articles: Django's signals, collected over a unit of work and sent once, in its transaction.

One publish sends a dozen of Django's signals: the row, each tag, each source. What follows from an article (its search
row, its page, its related list, cached pages) follows once, when all of it is stored:

    with collected():  # transaction.atomic(); inside another unit, a part of that one
        article.save()
        article.tags.set(names)
    # `articles_changed` was sent once, before the transaction was committed

A write outside a unit is a unit of its own. After an exception or a rollback nothing is sent; of a savepoint that was
rolled back more is told than happened, so a listener reads what is stored.

Three things happen to articles:

    changed        `articles_changed`, with `changes.saved`: rows that were saved, some of them `created`
    tags changed   `articles_changed`, with `changes.tagged` (given or taken off) and `changes.renamed`
    gone           `article_goes`, while its row and everything around it still stand

Where a new listener goes: whatever copies, counts or caches something of an article is a function `(sender, changes,
**kwargs)` in the room of the copy, with a few statements for all articles of `changes` together, and is connected in
ArticlesConfig.ready. It runs inside the transaction, so its rows are stored with the article or not at all; what need
not be (a task to enqueue, a file to draw) it hands to transaction.on_commit. `changes.articles` are the rows, read once
for all listeners; tags_text is true by then. A listener never saves an article. What it must know of the rows as they
were has to be collected by a receiver below, before they are overwritten.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import Signal, receiver
from taggit.models import Tag, TaggedItem

from articles.models import Article, tagged_with
from articles.models.tags_text import refresh_tags_text
from calculators.common import page_keys

articles_changed = Signal()  # sends changes: Changes, in the transaction, when everything of the unit is stored
article_goes = Signal()  # sends article: Article, before its row is deleted


class Filing(NamedTuple):
    """Where readers find an article: the lists in which it stands, and its place in them."""

    category: int
    area: int | None
    published_at: datetime | None


@dataclass
class Changes:
    """What happened to articles in one unit, by primary key.

    `parts`: what else their pages show (sources, corrections, calculators) changed. `tags`: the tags they were given or
    lost. `filings`: where those stood that readers could find before or can find now; they alone are named there.
    `tags_texts`: what must be written anew before anything is sent.
    """

    saved: set[int] = field(default_factory=set)
    created: set[int] = field(default_factory=set)
    tagged: set[int] = field(default_factory=set)
    renamed: set[int] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)
    tags: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    filings: dict[int, set[Filing]] = field(default_factory=lambda: defaultdict(set))
    tags_texts: set[int] = field(default_factory=set)

    @property
    def worded(self) -> set[int]:
        """Articles that may read otherwise now: title, text, tags or place."""
        return self.saved | self.tagged | self.renamed

    @cached_property
    def articles(self) -> dict[int, Article]:
        """The changed articles that are there, as they are stored now, with the name of their card."""
        rows = Article.objects.filter(pk__in=self.worded | self.tags.keys())
        return rows.select_related("page").defer("page__parts", "page__references").in_bulk()

    def are_any(self) -> bool:
        return bool(self.worded or self.parts or self.tags or self.filings)

    def send(self) -> None:
        if self.tags_texts:
            refresh_tags_text(self.tags_texts)
        if self.created:
            self.created &= self.articles.keys()
        articles_changed.send(Changes, changes=self)


_collected: ContextVar[Changes | None] = ContextVar("collected", default=None)


@contextmanager
def collected(*, savepoint: bool = True) -> Iterator[Changes]:
    """A unit of work, in a transaction: what happens to articles inside is sent at its end. Also a decorator."""
    if (around := _collected.get()) is not None:
        yield around
        return
    with transaction.atomic(savepoint=savepoint), page_keys.one_change():
        token = _collected.set(changes := Changes())
        try:
            yield changes
        finally:
            _collected.reset(token)
        if changes.are_any() and not transaction.get_rollback():
            changes.send()


def noted():
    """The unit around a receiver, or one for what it received alone; an error in it is an error of the write."""
    return collected(savepoint=False)


@receiver(post_save, sender=Article)
def article_was_saved(sender, instance, created, raw=False, **kwargs):
    """A row that is loaded from a file only invalidates cached pages: what else belongs to it is loaded as well."""
    with noted() as changes:
        if places := filings(instance.stored_before, instance):
            changes.filings[instance.pk] |= places
        if not raw:
            changes.saved.add(instance.pk)
            changes.created |= {instance.pk} if created else set()


def filings(*rows: Article | None) -> set[Filing]:
    """Where readers find, or found, an article that was stored like this."""
    shown = (row for row in rows if row is not None and row.is_approved)
    return {Filing(row.category_id, row.area_id, row.published_at) for row in shown}


@receiver(pre_delete, sender=Article)
def article_is_deleted(sender, instance, **kwargs):
    article_goes.send(sender, article=instance)


@receiver(m2m_changed, sender=TaggedItem)
def tags_were_set(sender, instance, action, **kwargs):
    if isinstance(instance, Article) and action.startswith("post_"):
        with noted() as changes:
            changes.tagged.add(instance.pk)
            changes.tags_texts.discard(instance.pk)  # articles.models.tags_text has just written it


@receiver(pre_save, sender=TaggedItem)
def tag_may_be_replaced(sender, instance, **kwargs):
    instance.stored_before = sender.objects.filter(pk=instance.pk).first() if instance.pk else None


@receiver(post_save, sender=TaggedItem)
def tag_was_given(sender, instance, **kwargs):
    with noted() as changes:
        for item in filter(is_of_an_article, filter(None, (instance.stored_before, instance))):
            changes.tags[item.object_id].add(item.tag_id)


@receiver(post_delete, sender=TaggedItem)
def tag_was_taken_off(sender, instance, origin=None, **kwargs):
    if is_of_an_article(instance) and not goes_with_its_article(origin):
        with noted() as changes:
            changes.tags[instance.object_id].add(instance.tag_id)
            changes.tagged.add(instance.object_id)
            changes.tags_texts.add(instance.object_id)


@receiver(post_save, sender=Tag)
def tag_was_renamed(sender, instance, created, raw=False, **kwargs):
    if not created and not raw:
        with noted() as changes:
            note_renamed(changes, tagged_with(instance).values_list("pk", flat=True))


def note_renamed(changes: Changes, pks) -> None:
    """A tag of these articles is called otherwise now, or is another one that means the same."""
    changes.renamed.update(pks)
    changes.tags_texts |= changes.renamed


def is_of_an_article(item: TaggedItem) -> bool:
    return item.content_type_id == ContentType.objects.get_for_model(Article).pk


def goes_with_its_article(origin) -> bool:
    """Whether a row is deleted because its article is: `origin` is what somebody deleted, a row or a queryset."""
    return getattr(origin, "model", type(origin)) is Article
