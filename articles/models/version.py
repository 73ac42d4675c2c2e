"""Every text an article ever had, as one JSON snapshot a save, and every step it took towards its readers.

The newest version is what editors work on; the row of the article is what readers may see. While an
article is public the two may differ: then the newest version is its working copy.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.article import Article
from articles.rich_text import sanitise


class VersionQuerySet(models.QuerySet):
    def newest(self):
        return self.order_by("-number")

    def live(self):
        """Versions that were what readers saw, the last of them first."""
        return self.filter(went_live__isnull=False).order_by("-went_live", "-number")


class Version(models.Model):
    """`content` is what `articles.workflow.snapshot.stamped` makes and `content_of` reads; `went_live` the moment it became what readers see."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions", verbose_name="文章")
    number = models.PositiveIntegerField("版本")
    content = models.JSONField("内容")
    reason = models.CharField("修改原因", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="谁"
    )
    at = models.DateTimeField("何时", default=timezone.now)
    went_live = models.DateTimeField("上线时间", null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "版本"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="one_version_per_number")]

    def __str__(self):
        return f"第 {self.number} 版"

    def save(self, *args, **kwargs):
        if isinstance(body := self.content.get("body"), str):
            self.content["body"] = sanitise(body)
        super().save(*args, **kwargs)


class Event(models.Model):
    """One step of the workflow: who, when, and what they said about it."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", "送审"
        WITHDRAWN = "withdrawn", "撤回送审"
        RETURNED = "returned", "退回修改"
        SCHEDULED = "scheduled", "排期"
        UNSCHEDULED = "unscheduled", "取消排期"
        PUBLISHED = "published", "发布"
        UPDATED = "updated", "发布修改"
        DISCARDED = "discarded", "放弃修改"
        ARCHIVED = "archived", "归档"
        REVIEWED = "reviewed", "复审无误"

    article = models.ForeignKey(Article, models.CASCADE, related_name="events", verbose_name="文章")
    kind = models.CharField("步骤", max_length=12, choices=Kind)
    version = models.ForeignKey(Version, models.SET_NULL, null=True, blank=True, verbose_name="版本")
    note = models.CharField("留言", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="谁"
    )
    at = models.DateTimeField("何时", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "流程记录"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.get_kind_display()
