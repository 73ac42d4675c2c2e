"""Model of corrections: what an article said wrongly, and since when it is right."""

from django.db import models
from django.utils import timezone

from articles.models.article import Article


class CorrectionQuerySet(models.QuerySet):
    def public(self):
        """Of articles a visitor may read now."""
        return self.filter(Article.public_at(timezone.now(), prefix="article__"))


class Correction(models.Model):
    """更正: a mistake readers may have read, and what is right; listed on the article for ever."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections", verbose_name="文章")
    day = models.DateField("日期", default=timezone.localdate)
    text = models.CharField(
        "更正说明", max_length=300, help_text="写清原来怎么说、现在怎么说。改错别字不用写，改数字和结论必须写。"
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "更正"
        ordering = ["-day", "-pk"]

    def __str__(self):
        return self.text
