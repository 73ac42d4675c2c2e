"""Model of similarity profiles: what related reading remembers of an article, and whether its list is due."""

from django.db import models
from django.db.models import F, Q

from articles.models.article import Article


class ArticleProfileQuerySet(models.QuerySet):
    def due(self):
        """Where work waits."""
        return self.filter(due__gt=ArticleProfile.Due.NOTHING)

    def mark(self, due) -> bool:
        """Note that these need this work; whether some of them needed none before."""
        fresh = self.filter(due=ArticleProfile.Due.NOTHING).exists()
        self.filter(due__lte=due).update(due=due, turn=F("turn") + 1)  # a text to be read gets a new list anyway
        return fresh


class ArticleProfile(models.Model):
    """What related reading remembers of an article, and what is to be done about its list.

    `profile` is articles.similarity's, of its `version`; `digest` differs where profiles differ. `turn`
    counts the changes: work begun before one of them does not count as done after it.
    """

    class Due(models.IntegerChoices):
        NOTHING = 0, "无"
        LIST = 1, "重算列表"
        TEXT = 2, "文字变了"

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, related_name="profile", verbose_name="文章"
    )
    profile = models.BinaryField("词语", null=True)
    version = models.PositiveIntegerField("版本", default=0, db_index=True)
    digest = models.BigIntegerField("指纹", default=0)
    due = models.PositiveSmallIntegerField("待办", choices=Due, default=Due.TEXT)
    turn = models.PositiveIntegerField("第几次变化", default=0)
    listed_at = models.DateTimeField("列表算于", null=True)

    objects = ArticleProfileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "相关阅读数据"
        indexes = [models.Index(fields=["due", "article"], condition=Q(due__gt=0), name="related_due")]

    def __str__(self):
        return str(self.article)
