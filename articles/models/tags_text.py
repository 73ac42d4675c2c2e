"""tags_text repeats an article's tags in one column, for lists, search and history; here it is kept true.

Every way tags change (the form, an import, a rename, a merge, a deletion) passes one of these signals.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from taggit.models import Tag, TaggedItem

from articles.models.article import Article
from articles.text import join_tags


def tagged_with(tag):
    """Articles that bear this tag."""
    return Article.objects.filter(pk__in=_items().filter(tag=tag).values("object_id"))


def refresh_tags_text(article_ids):
    """Write tags_text anew from the stored tags, in the order they were given."""
    tags = {pk: [] for pk in article_ids}
    for item in _items().filter(object_id__in=tags).select_related("tag").order_by("pk"):
        tags[item.object_id].append(item.tag)
    for pk, given in tags.items():
        Article.objects.filter(pk=pk).update(tags_text=join_tags(given))


def _items():
    return TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(Article))


@receiver(m2m_changed, sender=TaggedItem)
def tags_were_set(sender, instance, action, **kwargs):
    if isinstance(instance, Article) and action.startswith("post_"):
        refresh_tags_text([instance.pk])
        instance.tags_text = Article.objects.values_list("tags_text", flat=True).get(pk=instance.pk)


@receiver(post_save, sender=Tag)
def tag_was_renamed(sender, instance, created, raw=False, **kwargs):
    if not created and not raw:
        refresh_tags_text(tagged_with(instance).values_list("pk", flat=True))


@receiver(post_delete, sender=TaggedItem)
def tag_was_taken_off(sender, instance, **kwargs):
    if instance.content_type_id == ContentType.objects.get_for_model(Article).pk:
        refresh_tags_text([instance.object_id])
