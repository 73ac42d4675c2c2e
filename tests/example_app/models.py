"""A row beside an article: for whom it is written."""

from django.db import models

from articles.models import Article


class ReaderNote(models.Model):
    article = models.OneToOneField(Article, models.CASCADE, related_name="reader_note")
    audience = models.CharField("写给谁", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "读者说明"

    def __str__(self):
        return self.audience
