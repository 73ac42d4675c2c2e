"""tags_text repeats an article's tags in one column, for lists, search and history.

Where the tags of an article are set it is written at once, so that whoever holds the article reads it true; after a
rename, a merge or a deletion of a tag by articles.signals.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from taggit.models import TaggedItem

from articles.models.article import Article
from articles.text import join_tags


def tagged_with(tag):
    """Articles that bear this tag."""
    return Article.objects.filter(pk__in=_items().filter(tag=tag).values("object_id"))


def refresh_tags_text(article_ids) -> dict[int, str]:
    """Write tags_text anew from the stored tags, in the order they were given; returns what was written."""
    tags = {pk: [] for pk in article_ids}
    for item in _items().filter(object_id__in=tags).select_related("tag").order_by("pk"):
        tags[item.object_id].append(item.tag)
    texts = {pk: join_tags(given) for pk, given in tags.items()}
    for pk, text in texts.items():
        Article.objects.filter(pk=pk).update(tags_text=text)
    return texts


def _items():
    return TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(Article))


@receiver(m2m_changed, sender=TaggedItem)
def tags_were_set(sender, instance, action, **kwargs):
    if isinstance(instance, Article) and action.startswith("post_"):
        instance.tags_text = refresh_tags_text([instance.pk])[instance.pk]
