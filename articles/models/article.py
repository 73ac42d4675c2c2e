"""Articles and their sources. Which statuses an approved article has, and when it is public, is said here."""

import re

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from taggit.managers import TaggableManager

from articles.models.article_queryset import ArticleQuerySet
from articles.models.category import Category
from articles.rich_text import RichTextField
from articles.text import excerpt, unused_slug
from calculators.addresses import path_to
from calculators.models import PolicyDocument, PoolingArea

HALF_A_REFERENCE = re.compile("〔[^〕]*$")


def summary_of(body):
    """The beginning of a body, never ending inside a 〔reference〕."""
    text = excerpt(body)
    whole = HALF_A_REFERENCE.sub("", text)
    return text if whole == text else f"{whole}…"


class Article(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        REVIEW = "review", "待审"
        SCHEDULED = "scheduled", "已排期"
        PUBLISHED = "published", "已发布"
        ARCHIVED = "archived", "已归档"

    APPROVED_STATUSES = frozenset({Status.PUBLISHED, Status.SCHEDULED})

    class EditStatus(models.TextChoices):
        """How far the working copy of a public article has come."""

        NONE = "", "无"
        DRAFT = "draft", "修改中"
        REVIEW = "review", "修改待审"
        SCHEDULED = "scheduled", "修改已排期"

    title = models.CharField("标题", max_length=80)
    slug = models.SlugField(
        "网址名",
        max_length=120,
        unique=True,
        blank=True,
        help_text="出现在网址里。留空则由标题的拼音生成，重名时自动加数字。",
    )
    summary = models.CharField(
        "摘要", max_length=200, blank=True, help_text="列表和搜索引擎里显示的一两句话。留空则取正文开头。"
    )
    body = RichTextField("正文", help_text="数字请写成引用，如 〔职工门诊起付线·北京·在职〕，政策变了正文会跟着变。")
    category = models.ForeignKey(Category, models.PROTECT, related_name="articles", verbose_name="栏目")
    tags = TaggableManager("标签", blank=True, help_text="用顿号、逗号或分号隔开，3 到 6 个为宜。相关阅读会用到。")
    tags_text = models.TextField("标签", blank=True, editable=False)
    area = models.ForeignKey(
        PoolingArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name="地区",
        help_text="只讲一个地方的文章选那个地方，全国通用的留空。",
    )
    calculators = models.ManyToManyField(
        "calculators.Calculator",
        blank=True,
        related_name="articles",
        verbose_name="计算器",
        help_text="显示在文章旁边的计算器。",
    )
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.DRAFT, db_index=True)
    published_at = models.DateTimeField(
        "发布时间",
        null=True,
        blank=True,
        db_index=True,
        help_text="到了这个时间读者才能看到。留空则在首次发布时填上当时。",
    )
    unpublish_at = models.DateTimeField(
        "下线时间", null=True, blank=True, help_text="到了这个时间自动下线，留空表示一直可见。"
    )
    edit_status = models.CharField(
        "修改稿", max_length=10, choices=EditStatus, blank=True, default=EditStatus.NONE, editable=False, db_index=True
    )
    is_page = models.BooleanField("单页", default=False, db_default=False, editable=False)
    edit_live_at = models.DateTimeField("修改稿上线时间", null=True, blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="articles", verbose_name="作者"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reviewed_articles",
        verbose_name="审核人",
        help_text="页面上显示这个人的姓名，没有填姓名的账号不显示。",
    )
    reviewed_on = models.DateField("最近审核日", null=True, blank=True)
    review_by = models.DateField(
        "下次审核日",
        null=True,
        blank=True,
        db_index=True,
        help_text="过了这一天，页面顶部会写明“已过审核日”，工作台也会提醒。",
    )
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文章"
        permissions = [("publish_article", "可以审核和发布文章"), ("edit_any_article", "可以修改别人的文章")]
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="newest_first"),
            models.Index(fields=["category", "-published_at", "-id"], name="newest_in_category"),
            models.Index(fields=["area", "-published_at", "-id"], name="newest_in_area"),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.slug = self.slug or self._unused_slug()
        self.is_page = self.category.holds_pages
        self.summary = self.summary or summary_of(self.body)
        if self.status == self.Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
        with transaction.atomic(savepoint=False):  # its search row is stored with it, or neither is
            super().save(*args, **kwargs)

    def get_absolute_url(self):
        return path_to("page" if self.is_page else "articles:article", self.slug)

    @staticmethod
    def public_at(on, prefix="", upto=None, *, is_page=False):
        """The condition for being public at `on`, for this model or, with a prefix, through a relation to it.

        Pages (单页) are asked for by name: so they are in no list, feed, search or related reading.
        `upto` stands in place of `on` as the last moment of publication: SQLite searches by one of two bounds only.
        """
        approved = Q(**{f"{prefix}status__in": Article.APPROVED_STATUSES})
        begun = Q(**{f"{prefix}published_at__lte": upto or on})
        ended = Q(**{f"{prefix}unpublish_at__lte": on})
        return approved & begun & ~ended & Q(**{f"{prefix}is_page": is_page})

    @property
    def was_reviewed(self):
        """Whether a second person, not its author, read it: only then does the page name reviewer and days."""
        return self.reviewed_on is not None and self.reviewer_id not in {None, self.author_id}

    @property
    def is_approved(self):
        return self.status in self.APPROVED_STATUSES

    def is_public(self, on):
        begun = self.published_at is not None and self.published_at <= on
        ended = self.unpublish_at is not None and self.unpublish_at <= on
        return self.is_approved and begun and not ended

    def _unused_slug(self):
        return unused_slug(self, self.title, "article", self._once_others)

    def _once_others(self, slug):
        """An address that once was another article's leads there for ever."""
        others = Article.objects.exclude(pk=self.pk).filter(old_addresses__path__startswith=f"/articles/{slug}")
        return {path.split("/")[2] for path in others.values_list("old_addresses__path", flat=True)}


class ArticleSource(models.Model):
    """A document the article stands on; shown below it in this order."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="sources", verbose_name="文章")
    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="cited_by", verbose_name="政策文件")
    clause = models.CharField("条款", max_length=100, blank=True)
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "来源"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "document"], name="one_source_per_document")]

    def __str__(self):
        return str(self.document)
