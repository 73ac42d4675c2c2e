"""Signal receivers that write search rows, whenever the words of articles change, or a figure that they show.

A synonym closes the searches it answers.
"""

from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from articles.models import Synonym
from articles.search import index, zero_results
from articles.search.tasks import enqueue_forgetting
from articles.signals import article_goes, articles_changed
from calculators.models import PolicyValue

_changed_parameters: set[int] = set()  # of the values that changed; looked up once for all rows of an import


def connect(enqueue: Callable[[], object]) -> None:
    """`enqueue` is called after a transaction in which a figure changed that an article shows."""
    articles_changed.connect(articles_were_changed)
    article_goes.connect(article_is_deleted)
    post_save.connect(synonym_was_saved, sender=Synonym)
    for signal in (post_save, post_delete):
        signal.connect(partial(value_was_changed, enqueue=enqueue), sender=PolicyValue, weak=False)


def articles_were_changed(sender, changes, **kwargs):
    written = [article for pk, article in changes.articles.items() if pk in changes.worded]
    if written:
        index.write(written)


def article_is_deleted(sender, article, **kwargs):
    enqueue_forgetting(article.pk)


def value_was_changed(sender, instance, enqueue, raw=False, **kwargs):
    if not raw:
        _changed_parameters.add(instance.parameter_id)
        transaction.on_commit(partial(_outdate, enqueue), robust=True)


def _outdate(enqueue):
    """The first of a transaction that changed many values does it for all."""
    parameters = set(_changed_parameters)
    _changed_parameters.difference_update(parameters)
    if parameters and index.outdate_citing(parameters):
        enqueue()


def synonym_was_saved(sender, instance, raw=False, **kwargs):
    if not raw:
        zero_results.close_answered(timezone.now(), containing=instance.word)
