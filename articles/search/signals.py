"""When search rows are written: whenever the words of articles change. A synonym closes the searches it answers."""

from django.db.models.signals import post_save
from django.utils import timezone

from articles.models import Synonym
from articles.search import index, zero_results
from articles.signals import articles_changed


def connect() -> None:
    articles_changed.connect(articles_were_changed)
    post_save.connect(synonym_was_saved, sender=Synonym)


def articles_were_changed(sender, changes, **kwargs):
    written = [article for pk, article in changes.articles.items() if pk in changes.worded]
    if written:
        index.write(written)


def synonym_was_saved(sender, instance, raw=False, **kwargs):
    if not raw:
        zero_results.close_answered(timezone.now(), containing=instance.word)
