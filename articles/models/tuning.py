"""A re-tune of 大家还在看: what counts more or less, tried beside the lists as they are before it goes live."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from articles.similarity import AS_LEARNED, LEARNED, Tuning


def factor(name: str, help_text: str) -> models.FloatField:
    limits = [MinValueValidator(0, "最小是 0。"), MaxValueValidator(3, "最大是 3。")]
    return models.FloatField(name, default=1, validators=limits, help_text=f"{help_text}1 是出厂值，0 是不看，最多 3。")


def shipped() -> dict:
    """The tables of this release."""
    return LEARNED


class RelatedTuningQuerySet(models.QuerySet):
    def in_use(self) -> "RelatedTuning | None":
        return self.exclude(live_from=None).order_by("-live_from").first()

    def live(self) -> Tuning:
        """What lists are computed with now."""
        row = self.in_use()
        return row.tuning if row else AS_LEARNED

    def awaiting(self):
        """Brought by a release, and nobody has decided yet."""
        return self.filter(awaits=True)


class RelatedTuning(models.Model):
    """Never changed once tried. The one that went live last counts; without one, all is as learned.

    `learned` are the tables it goes by, those of the release in which it was made: another release with other tables changes no
    list by itself. `trial` is filled by the worker: which lists of a sample of articles come out otherwise, and how.
    """

    title = factor("标题", "标题里的词在对方文章里出现，算多重。")
    text = factor("正文", "正文用词相近，算多重。")
    tags = factor("标签", "标签、栏目、地区相同，算多重。")
    question = factor("问题", "标题问的是同一类问题，算多重。")
    meaning = factor("意思", "换个说法、意思相同的标题，算多重；装了语义模型才有用。")
    note = models.CharField("为什么调", max_length=200, help_text="想解决哪几篇文章的什么问题，以后的人看得懂。")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="谁"
    )
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    tried_at = models.DateTimeField("试算于", null=True, editable=False)
    trial = models.JSONField("试算结果", null=True, editable=False)
    live_from = models.DateTimeField("启用于", null=True, editable=False)
    learned = models.JSONField("出厂权重", null=True, default=shipped, editable=False)
    awaits = models.BooleanField("等主编决定", default=False, db_default=False, editable=False)

    objects = RelatedTuningQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "相关阅读的调校"
        ordering = ["-created_at"]

    def __str__(self):
        return self.note

    @property
    def tuning(self) -> Tuning:
        return Tuning(self.title, self.text, self.tags, self.question, self.meaning, self.learned or LEARNED)
