"""Putting tags in order: several that mean the same become one, and nothing that led to them is lost."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404
from taggit.models import Tag, TaggedItem

from articles.models import Article, OldAddress, Synonym
from articles.models.redirect import path_of
from articles.signals import collected, note_renamed
from calculators.common.names import identity


def public_tags(on):
    """Those readers may know of: a public article bears them, or an editor wrote a page for them."""
    return Tag.objects.filter(Exists(Article.objects.published(on).filter(tags=OuterRef("pk"))) | Q(page__isnull=False))


def public_tag(slug: str, on) -> Tag:
    """The tag of an address, with its page; Http404 where no reader can know of it."""
    return get_object_or_404(public_tags(on).select_related("page"), slug=slug)


def merge(tags: Iterable[Tag], into: Tag) -> int:
    """Every article of these tags gets `into` instead; their names become synonyms, their pages lead to its page.

    Returns how many articles changed.
    """
    changed = set()
    with collected() as changes:
        for tag in tags:
            if tag != into:
                changed |= _move_articles(tag, into)
                _leave_an_address(tag, into)
        note_renamed(changes, changed)
        for pk in changed:
            changes.tags[pk].add(into.pk)
    return len(changed)


def _leave_an_address(tag, into):
    """The tag goes; its name and its page lead to `into`."""
    OldAddress.objects.moved(tag, into)
    if tag.slug:
        OldAddress.objects.remember(path_of(tag), into)
    name = tag.name
    tag.delete()
    Synonym.objects.get_or_create(word=name[:30], meaning=into.name)


def _move_articles(tag, into):
    items = TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(Article))
    theirs = items.filter(tag=tag)
    moved = set(theirs.values_list("object_id", flat=True))
    already = items.filter(tag=into, object_id__in=moved).values_list("object_id", flat=True)
    theirs.filter(object_id__in=list(already)).delete()
    theirs.update(tag=into)
    return moved


def rename(tag: Tag, old_name: str) -> None:
    """After a rename: who types the old name gets the new one."""
    if identity(old_name) != identity(tag.name):
        Synonym.objects.get_or_create(word=old_name[:30], meaning=tag.name)
