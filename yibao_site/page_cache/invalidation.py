"""What each kind of save changes, said in the keys of calculators.common.page_keys.

`category:2` is the category itself, `category:2:list` the articles in it. A public article that is
saved changes every list it is, or was, in: its category, tags, area, calculators and sources, the
newest (`articles`), and the pages of the articles beside which it stands.
"""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_init, post_save, pre_delete
from taggit.models import Tag, TaggedItem

from articles.models import Article, ArticleSource, Category, Correction, RelatedArticle, Synonym, TagPage
from calculators.common.page_keys import changed, content_changed
from calculators.models import (
    Calculator,
    Dimension,
    DimensionChoice,
    Parameter,
    PolicyDocument,
    PolicyValue,
    PoolingArea,
)
from yibao_site.page_cache.instance import follower
from yibao_site.page_cache.models import PageChange

SHOWN = {Article.Status.PUBLISHED, Article.Status.SCHEDULED}
FILED_UNDER = {"category_id": "category", "area_id": "area"}


def connect():
    content_changed.connect(record)
    post_init.connect(remember_where_filed, sender=Article)
    post_init.connect(remember_what_is_live, sender=Calculator)
    for model, say in SAYINGS.items():
        post_save.connect(say, sender=model)
        gone = pre_delete if model is Article else post_delete  # an article's lists are known only while it stands
        gone.connect(say, sender=model)
    m2m_changed.connect(say_calculators_of, sender=Article.calculators.through)


def record(sender, keys, **kwargs):
    PageChange.objects.create(keys=",".join(sorted(keys)))
    transaction.on_commit(follower.nudge)


def remember_where_filed(sender, instance, **kwargs):
    """Before an edit: whether it was shown, and under what."""
    loaded = instance.__dict__
    instance.filed_before = {f"{name}:{loaded[field]}:list" for field, name in FILED_UNDER.items() if loaded.get(field)}
    instance.shown_before = loaded.get("status") in SHOWN


def say_article(sender, instance, **kwargs):
    if isinstance(instance, Article) and (instance.status in SHOWN or instance.shown_before):
        changed(*keys_of(instance))
        remember_where_filed(Article, instance)


def keys_of(article):
    """Every key whose pages show the article."""
    filed_now = {
        f"{name}:{getattr(article, field)}:list" for field, name in FILED_UNDER.items() if getattr(article, field)
    }
    return {
        "articles",
        f"article:{article.pk}",
        *filed_now,
        *article.filed_before,
        *(f"tag:{pk}:list" for pk in article.tags.values_list("pk", flat=True)),
        *(f"calculator:{pk}:list" for pk in article.calculators.values_list("pk", flat=True)),
        *(f"document:{pk}:list" for pk in article.sources.values_list("document", flat=True)),
        *(f"article:{pk}" for pk in RelatedArticle.objects.filter(related=article).values_list("article", flat=True)),
        *(f"article:{pk}" for pk in neighbours(article)),
    }


def neighbours(article):
    """The articles whose pages lead to this one as the previous or the next: those it stands between."""
    if article.published_at is None:
        return
    others = Article.objects.filter(status__in=SHOWN, category=article.category_id).exclude(pk=article.pk)
    near = {"lte": "-", "gte": ""}
    for sign, order in near.items():
        beyond = others.filter(**{f"published_at__{sign}": article.published_at})
        yield from beyond.order_by(f"{order}published_at", f"{order}pk").values_list("pk", flat=True)[:2]


def say_calculators_of(sender, instance, action, pk_set, **kwargs):
    if isinstance(instance, Article):
        say_article(Article, instance)
        changed(*(f"calculator:{pk}:list" for pk in pk_set or ()))


def remember_what_is_live(sender, instance, **kwargs):
    """Before an edit: what visitors see of the calculator."""
    instance.shown_before = shown_of(instance)


def shown_of(calculator):
    columns = ("code", "name", "summary", "description", "order", "live", "live_since")
    return {name: calculator.__dict__.get(name) for name in columns}


def say_calculator(sender, instance, **kwargs):
    """A draft that is being written changes no page."""
    before, now = instance.shown_before, shown_of(instance)
    is_seen = before["live"] is not None or now["live"] is not None
    is_gone = kwargs.get("signal") is post_delete
    if is_seen and (kwargs.get("created") or is_gone or before != now):
        changed(f"calculator:{instance.pk}", "all:calculator")
    instance.shown_before = now


def say_correction(sender, instance, **kwargs):
    changed(f"article:{instance.article_id}", "corrections")


def say_tag_page(sender, instance, **kwargs):
    changed(f"tag:{instance.tag_id}")


def say_dimension(sender, instance, **kwargs):
    changed("all:dimension")


def say_article_of(sender, instance, **kwargs):
    """Something that belongs to one article: a source, a tag, an entry of its related list."""
    article = instance.content_object if isinstance(instance, TaggedItem) else instance.article
    if isinstance(article, Article):
        extra = {TaggedItem: ("tag", "tag_id"), ArticleSource: ("document", "document_id")}.get(sender)
        if extra:
            changed(f"{extra[0]}:{getattr(instance, extra[1])}:list")
        say_article(Article, article)


def say_value(sender, instance, **kwargs):
    parameter = instance.parameter
    changed("values", f"value:{parameter.code}", f"value:{parameter.name}", f"document:{instance.document_id}")


def say_parameter(sender, instance, **kwargs):
    changed(f"value:{instance.code}", f"value:{instance.name}", "all:parameter")


def say_one(kind):
    def say(sender, instance, **kwargs):
        changed(f"{kind}:{instance.pk}", f"all:{kind}")

    return say


SAYINGS = {
    Article: say_article,
    ArticleSource: say_article_of,
    RelatedArticle: say_article_of,
    TaggedItem: say_article_of,
    PolicyValue: say_value,
    Parameter: say_parameter,
    Category: say_one("category"),
    Tag: say_one("tag"),
    TagPage: say_tag_page,
    Correction: say_correction,
    Calculator: say_calculator,
    Dimension: say_dimension,
    DimensionChoice: say_dimension,
    get_user_model(): say_one("user"),
    PolicyDocument: say_one("document"),
    PoolingArea: say_one("area"),
    Synonym: say_one("synonym"),
}
