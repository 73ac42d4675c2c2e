"""Signal receivers that mark an ArticlePage stale when the article, or anything shown on its page, changes."""

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from articles.models import Article, ArticlePage, ArticleSource, Correction, Picture, TagPage
from articles.pages.parts import outdate, refresh
from articles.signals import articles_changed, goes_with_its_article, noted
from calculators.models import Calculator, Dimension, DimensionChoice, PolicyDocument, PoolingArea


def connect() -> None:
    articles_changed.connect(articles_were_changed)
    m2m_changed.connect(calculators_were_set, sender=Article.calculators.through)
    for model in (ArticleSource, Correction):
        post_save.connect(part_of_an_article, sender=model)
        post_delete.connect(part_of_an_article, sender=model)
    post_save.connect(document_was_changed, sender=PolicyDocument)
    pre_save.connect(calculator_may_go_live, sender=Calculator)
    post_save.connect(calculator_was_changed, sender=Calculator)
    pre_delete.connect(calculator_was_changed, sender=Calculator)
    post_save.connect(picture_was_changed, sender=Picture)
    post_delete.connect(picture_was_changed, sender=Picture)
    for model in (PoolingArea, Dimension, DimensionChoice):
        post_save.connect(words_were_changed, sender=model)
        post_delete.connect(words_were_changed, sender=model)


def articles_were_changed(sender, changes, **kwargs):
    """Of a tag that has another name there may be thousands of articles: their pages are gathered when they are read."""
    ArticlePage.objects.bulk_create((ArticlePage(article_id=pk) for pk in changes.created), ignore_conflicts=True)
    shown = changes.saved | changes.tagged | changes.parts
    if shown:
        refresh(shown)
    if renamed := changes.renamed - shown:
        outdate(renamed)


def calculators_were_set(sender, instance, action, pk_set, reverse, **kwargs):
    if action in {"post_add", "post_remove", "pre_clear"} and not reverse:
        with noted() as changes:
            changes.parts.add(instance.pk)
    elif action in {"post_add", "post_remove"}:
        outdate(pk_set)
    elif action == "pre_clear":
        outdate(instance.articles.values("pk"))


def part_of_an_article(sender, instance, raw=False, origin=None, **kwargs):
    if not raw and not goes_with_its_article(origin):
        with noted() as changes:
            changes.parts.add(instance.article_id)


def document_was_changed(sender, instance, created, **kwargs):
    if not created:
        outdate(instance.cited_by.values("article"))


def calculator_may_go_live(sender, instance, **kwargs):
    before = Calculator.objects.filter(pk=instance.pk).first()
    instance.shows_anew = _shown(before) != _shown(instance)


def _shown(calculator):
    """What an article may show of it, or stand beside it for; None while nobody can use it."""
    if calculator is None or calculator.live is None:
        return None
    return calculator.live_since, calculator.code, *(calculator.live.get(name) for name in ("name", "summary"))


def calculator_was_changed(sender, instance, **kwargs):
    """Beside any article there may now be another calculator, or one fewer, and a worked example may be readable now."""
    if getattr(instance, "shows_anew", True) or kwargs.get("signal") is pre_delete:
        words_were_changed(sender, instance)


def picture_was_changed(sender, instance, **kwargs):
    outdate(instance.used_in().values("pk"))


def words_were_changed(sender, instance, raw=False, **kwargs):
    """A reference may now mean another area or condition; rare enough to ask of all."""
    if not raw:
        ArticlePage.objects.exclude(parts=None, references=None).outdate(references=True)
        TagPage.objects.filter(references__isnull=False).update(references=None)
