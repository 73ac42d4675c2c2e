"""大家还在看: what the editors chose, and the list computed from it, stored ready to read."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.models.article import Article

ENTRY_FIELDS = ("title", "slug", "is_page", "category", "area")  # of a related article: no excerpt


class RelatedChoice(models.Model):
    """An editor's word about one pair: it holds whatever the scores say."""

    class Kind(models.TextChoices):
        PIN = "pin", "置顶"
        EXCLUDE = "exclude", "不要出现"

    article = models.ForeignKey(Article, models.CASCADE, related_name="related_choices", verbose_name="文章")
    other = models.ForeignKey(Article, models.CASCADE, related_name="+", verbose_name="另一篇")
    kind = models.CharField(
        "选择",
        max_length=7,
        choices=Kind,
        default=Kind.PIN,
        help_text="“置顶”排在自动推荐之前，“不要出现”则永远不列出。",
    )
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "相关阅读的人工选择"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "other"], name="one_choice_per_pair")]

    def __str__(self):
        return f"{self.get_kind_display()}：{self.other}"

    def clean(self):
        if self.article_id is not None and self.article_id == self.other_id:
            raise ValidationError({"other": "不能选这篇文章自己。"})


class RelatedArticleQuerySet(models.QuerySet):
    def readable(self, on=None):
        """Only what is public at `on` and not excluded, with what an entry shows: the one query of the page."""
        public = Article.public_at(on or timezone.now(), prefix="related__")
        pair = RelatedChoice.objects.filter(article=OuterRef("article"), other=OuterRef("related"))
        wanted = ~Exists(pair.filter(kind=RelatedChoice.Kind.EXCLUDE))
        shown = (f"related__{name}" for name in ENTRY_FIELDS)
        return (
            self.filter(public, wanted)
            .select_related("related__category", "related__area")
            .only("article", "reason", "score", *shown)
        )


class RelatedArticle(models.Model):
    """One entry of an article's stored list."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="related", verbose_name="文章")
    related = models.ForeignKey(Article, models.CASCADE, related_name="listed_by", verbose_name="相关文章")
    rank = models.PositiveSmallIntegerField("名次")
    score = models.FloatField("得分")
    reason = models.CharField("理由", max_length=60, blank=True)

    objects = RelatedArticleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "相关阅读"
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["article", "related"], name="listed_once")]

    def __str__(self):
        return f"{self.rank}. {self.related}"
