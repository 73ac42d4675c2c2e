"""When rows are written: whenever an article is saved or its tags change. A synonym closes the searches it answers."""

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils import timezone
from taggit.models import Tag, TaggedItem

from articles.models import Article, Synonym, tagged_with
from articles.search import index, zero_results


def connect() -> None:
    """Called once, after everything that keeps an article's own fields true has connected."""
    post_save.connect(article_was_saved, sender=Article)
    m2m_changed.connect(tags_were_set, sender=TaggedItem)
    post_save.connect(tag_was_renamed, sender=Tag)
    post_delete.connect(tag_was_taken_off, sender=TaggedItem)
    post_save.connect(synonym_was_saved, sender=Synonym)


def article_was_saved(sender, instance, raw=False, **kwargs):
    if not raw:
        index.write([instance])


def tags_were_set(sender, instance, action, **kwargs):
    if isinstance(instance, Article) and action.startswith("post_"):
        index.write([instance])


def tag_was_renamed(sender, instance, created, raw=False, **kwargs):
    if not created and not raw:
        index.write(tagged_with(instance))


def tag_was_taken_off(sender, instance, origin=None, **kwargs):
    """Not where the article itself is being deleted: its row has gone already and would be left behind."""
    if getattr(origin, "model", type(origin)) is not Article:
        index.write(Article.objects.filter(pk=instance.object_id))


def synonym_was_saved(sender, instance, raw=False, **kwargs):
    if not raw:
        zero_results.close_answered(timezone.now(), containing=instance.word)
