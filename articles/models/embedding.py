"""Model of article embeddings: the vector of a title and lead, made by the semantic extra."""

from django.db import models

from articles.models.article import Article
from articles.text.sentence_model import MODEL_VERSION


class ArticleVectorQuerySet(models.QuerySet):
    def current(self):
        """Those that may be compared with vectors made now."""
        return self.filter(version=MODEL_VERSION)


class ArticleVector(models.Model):
    """What an article's title and the beginning of its text mean, in vectors of articles.text.sentence_model.

    Written by the background worker, for what is published or will be; `texts` is the fingerprint of what they were
    made of, `made_at` lets a process that holds them all in memory read only what is new.
    """

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, related_name="vector", verbose_name="文章"
    )
    title = models.BinaryField("标题的意思")
    lead = models.BinaryField("开头的意思")
    texts = models.BigIntegerField("文字的指纹")
    version = models.PositiveIntegerField("模型版本", db_index=True)
    made_at = models.DateTimeField("算于", db_index=True)

    objects = ArticleVectorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "语义向量"

    def __str__(self):
        return str(self.article)
