"""Model of gathered page parts: everything an article's page shows besides its own row, in one JSON column."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F

from articles.models.article import Article


class ArticlePageQuerySet(models.QuerySet):
    def outdate(self, *, references=False):
        """What these pages say is to be gathered anew; with `references`, what their references mean as well."""
        return self.update(parts=None, turn=F("turn") + 1, **({"references": None} if references else {}))


class ArticlePage(models.Model):
    """What an article's page shows besides the article's own row, gathered when it changes and not when it is read.

    `parts` is what articles.pages.parts gathers and `references` what articles.figures.references packs; null where they must
    be gathered anew. `turn` counts the changes: what was gathered before one of them is not stored after it.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="page", verbose_name="文章")
    parts = models.JSONField("页面内容", null=True, encoder=DjangoJSONEncoder)
    references = models.JSONField("引用", null=True)
    card = models.CharField("链接图", max_length=60, blank=True, default="", db_default="")
    turn = models.PositiveIntegerField("第几次变化", default=0)

    objects = ArticlePageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文章页"

    def __str__(self):
        return str(self.article)
