"""Signal receivers that invalidate cached pages: which keys (calculators.common.page_keys) each kind of write sends.

Rows are looked at as they were and as they are: what moves from one area, document or article to another changes the
pages of both. A public article that is saved changes every list it is, or was, in: its category, tags, area,
calculators and sources, the newest articles, and the pages of the articles beside which it stands. Of articles and
their tags articles.signals tells.
"""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.signals import m2m_changed, post_delete, post_init, post_save, pre_save
from taggit.models import TaggedItem

from articles.models import (
    Article,
    ArticleSource,
    RelatedArticle,
)
from articles.signals import article_goes, articles_changed, filings
from calculators.common import page_keys
from calculators.models import (
    Calculator,
    PolicyValue,
)
from yibao_site.edge.tasks import enqueue_purges
from yibao_site.page_cache.instance import follower
from yibao_site.page_cache.models import PageChange
from yibao_site.page_cache.row_keys import KEYS

NAMES_OF_A_USER = {"first_name", "last_name"}


def connect():
    page_keys.content_changed.connect(record)
    post_init.connect(remember_what_is_live, sender=Calculator)
    articles_changed.connect(articles_were_changed)
    article_goes.connect(article_is_deleted)
    m2m_changed.connect(calculators_were_set, sender=Article.calculators.through)
    post_save.connect(calculator_was_saved, sender=Calculator)
    post_delete.connect(calculator_was_saved, sender=Calculator)
    post_save.connect(user_was_saved, sender=get_user_model())
    for model in KEYS:
        receiver = value_was_saved if model is PolicyValue else row_was_saved
        pre_save.connect(remember_the_stored_row, sender=model)
        post_save.connect(receiver, sender=model)
        post_delete.connect(receiver, sender=model)


def record(sender, keys, **kwargs):
    PageChange.objects.create(keys=",".join(sorted(keys)))
    enqueue_purges(keys)
    transaction.on_commit(follower.nudge)


# articles


def articles_were_changed(sender, changes, **kwargs):
    is_page = any(article.is_page for article in changes.articles.values())
    site = {page_keys.SITE} if is_page else set()  # header or footer may name it
    page_keys.invalidate(*keys_of_filed(changes.filings), *keys_of_tags(changes), *site)


def article_is_deleted(sender, article, **kwargs):
    if places := filings(article):
        page_keys.invalidate(*keys_of_filed({article.pk: places}))


def keys_of_filed(filed):
    """Every key whose pages show these articles, by where readers find or found them."""
    if not filed:
        return set()
    places = {place for own in filed.values() for place in own}
    return {
        page_keys.NEWEST_ARTICLES,
        *map(page_keys.article, filed),
        *(page_keys.articles_in_category(place.category) for place in places),
        *(page_keys.articles_in_area(place.area) for place in places if place.area),
        *keys_around(filed),
    }


def keys_around(articles):
    """The keys of the lists in which their tags, calculators and sources have them, and of the pages they stand beside."""
    items = TaggedItem.objects.filter(content_type__app_label="articles", content_type__model="article")
    around = {
        page_keys.articles_tagged: items.filter(object_id__in=articles).values_list("tag_id"),
        page_keys.articles_about: Article.calculators.through.objects.filter(article__in=articles).values_list(
            "calculator_id"
        ),
        page_keys.articles_citing: ArticleSource.objects.filter(article__in=articles).values_list("document_id"),
        page_keys.article: RelatedArticle.objects.filter(related__in=articles).values_list("article_id"),
    }
    first, *others = (rows.order_by().annotate(kind=Value(key.__name__, CharField())) for key, rows in around.items())
    key_of = {key.__name__: key for key in around}
    return {key_of[kind](pk) for pk, kind in first.union(*others)}


def keys_of_tags(changes):
    """The keys of public articles and of the tags they were given or lost."""
    for pk, tags in changes.tags.items():
        if pk in changes.articles and changes.articles[pk].is_approved:
            yield from (page_keys.article(pk), *map(page_keys.articles_tagged, tags))


def calculators_were_set(sender, instance, action, pk_set, reverse, **kwargs):
    if action in {"post_add", "post_remove", "pre_clear"}:
        keys = keys_of_articles if reverse else keys_of_calculators
        page_keys.invalidate(*keys(instance, pk_set))


def keys_of_calculators(article, pk_set):
    """The keys of an article and of these calculators, all of its own where none are named."""
    pks = article.calculators.values_list("pk", flat=True) if pk_set is None else pk_set
    return {page_keys.article(article.pk), *map(page_keys.articles_about, pks)} if article.is_approved else set()


def keys_of_articles(calculator, pk_set):
    """The other way round."""
    articles = calculator.articles if pk_set is None else Article.objects.filter(pk__in=pk_set)
    shown = articles.approved().values_list("pk", flat=True)
    return {page_keys.articles_about(calculator.pk), *map(page_keys.article, shown)}


# calculators


def remember_what_is_live(sender, instance, **kwargs):
    """Before an edit: what visitors see of the calculator."""
    instance.shown_before = shown_of(instance)


def shown_of(calculator):
    columns = ("code", "name", "summary", "description", "order", "live", "live_since")
    return {name: calculator.__dict__.get(name) for name in columns}


def calculator_was_saved(sender, instance, **kwargs):
    """A draft that is being written changes no page."""
    before, now = instance.shown_before, shown_of(instance)
    is_seen = before["live"] is not None or now["live"] is not None
    is_gone = kwargs.get("signal") is post_delete
    if is_seen and (kwargs.get("created") or is_gone or before != now):
        page_keys.invalidate(page_keys.calculator(instance.pk), page_keys.ALL_CALCULATORS)
    instance.shown_before = now


# every other model: the keys of a row, as it was and as it is


def remember_the_stored_row(sender, instance, **kwargs):
    instance.stored_before = sender.objects.filter(pk=instance.pk).first() if instance.pk else None


def row_was_saved(sender, instance, **kwargs):
    page_keys.invalidate(*keys_of_rows(sender, instance, **kwargs))


def value_was_saved(sender, instance, created=False, **kwargs):
    before = getattr(instance, "stored_before", None)
    keys = keys_of_rows(sender, instance, **kwargs)
    is_moved = before is not None and before.area_id != instance.area_id
    if created or is_moved or kwargs["signal"] is post_delete:
        areas = {instance.area_id} | ({before.area_id} if is_moved else set())
        keys |= {page_keys.AREAS_WITH_VALUES} if any(map(has_one_value_at_most, areas)) else set()
    page_keys.invalidate(*keys)


def has_one_value_at_most(area):
    return not PolicyValue.objects.filter(area=area).order_by()[1:2].exists()


def user_was_saved(sender, instance, update_fields=None, **kwargs):
    """A login changes no page."""
    if update_fields is None or not NAMES_OF_A_USER.isdisjoint(update_fields):
        page_keys.invalidate(page_keys.user(instance.pk))


def keys_of_rows(sender, instance, signal, **kwargs):
    """The keys of a row as it is and, where it was saved over, as it was."""
    before = None if signal is post_delete else instance.stored_before
    return {key for row in (before, instance) if row is not None for key in KEYS[sender](row)}
