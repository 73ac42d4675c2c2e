"""有帮助、没帮助、报错: what readers say about a page, without anything about the reader."""

import re
from urllib.parse import unquote

from django.db import models
from django.urls import Resolver404, resolve

from articles.models.article import Article

# Numbers by which a person could be found: identity cards, telephones, bank and insurance cards.
# One of our own pages. Whole: Django's form fields and validators search, so a pattern that may begin anywhere lets all through.
OWN_PATH = re.compile(r"\A(?:/[^\s/\\][^\s\\]{0,298}|/)\Z")
PERSONAL = re.compile(r"(?<!\d)(?:\d[ -]?){10,}[\dXx]?(?!\d)|[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.]+")


def is_own_page(path: str) -> bool:
    """Whether a page of ours can stand at `path`, with or without a query. A 单页 has to be there: any name may be one."""
    if not OWN_PATH.fullmatch(path):
        return False
    try:
        match = resolve(unquote(path.partition("?")[0]))
    except Resolver404:
        return False
    return match.view_name != "page" or Article.objects.filter(is_page=True, **match.kwargs).exists()


class FeedbackQuerySet(models.QuerySet):
    def open(self):
        """Reports nobody has dealt with; votes are only counted."""
        return self.filter(kind=Feedback.Kind.REPORT, done=False)

    def helpful(self):
        """Votes for articles, the latest first."""
        votes = self.filter(kind=Feedback.Kind.HELPFUL, done=False, article__isnull=False)
        return votes.order_by("-pk")


class Feedback(models.Model):
    class Kind(models.TextChoices):
        HELPFUL = "helpful", "有帮助"
        UNHELPFUL = "unhelpful", "没帮助"
        REPORT = "report", "报错"

    class Reason(models.TextChoices):
        NUMBER = "number", "数字不对"
        OUTDATED = "outdated", "内容过时"
        UNCLEAR = "unclear", "看不懂"
        NOT_FOUND = "not_found", "没找到要的答案"
        BROKEN = "broken", "链接或页面坏了"
        OTHER = "other", "其他"

    kind = models.CharField("类型", max_length=10, choices=Kind)
    path = models.CharField("页面", max_length=300)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="feedback", verbose_name="文章")
    reason = models.CharField("原因", max_length=10, choices=Reason, blank=True)
    text = models.CharField("说明", max_length=500, blank=True)
    on = models.DateField("日期", auto_now_add=True)
    done = models.BooleanField("已处理", default=False, help_text="改好了或不用改，就勾上。")

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "读者反馈"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "done"], name="open_reports")]

    def __str__(self):
        return f"{self.get_kind_display()}：{self.path}"

    def save(self, *args, **kwargs):
        self.text = PERSONAL.sub("〔号码已删〕", self.text)[:500]
        super().save(*args, **kwargs)
