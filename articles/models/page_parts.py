"""Models of articles' pages: the parts gathered besides the article's own row, and the rendition, the page as it was rendered."""

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


class ArticleRendition(models.Model):
    """An article's page as it was rendered for whoever has chosen no place (articles.renditions.article_page).

    It is good until `expires` for readers at `origin` and for the code of `release`, as long as `state` is the state of
    its page keys. `html` is compressed.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="renditions", verbose_name="文章")
    is_large = models.BooleanField("大字版")
    origin = models.CharField("网站", max_length=300)
    release = models.CharField("程序", max_length=40)
    made = models.DateTimeField("写成时间")
    expires = models.DateTimeField("有效期", db_index=True)
    keys = models.TextField("取决于")
    state = models.CharField("状态", max_length=60)
    html = models.BinaryField("网页")

    class Meta:
        verbose_name = verbose_name_plural = "文章网页"
        constraints = [models.UniqueConstraint(fields=["article", "is_large"], name="one_rendition_a_text_size")]

    def __str__(self):
        return str(self.article)


class PageKeyChange(models.Model):
    """One page key of one change, written in the transaction of the change. Rows are only ever added, so nothing waits."""

    key = models.CharField("变化的内容", max_length=200, db_index=True)
    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "网页内容变化"

    def __str__(self):
        return self.key
