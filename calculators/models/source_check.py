"""Model of source checks (来源检查): the last visit to a document's link and its outcome."""

from django.db import models

from calculators.models.document import PolicyDocument


class SourceCheck(models.Model):
    """The last visit to a document's link; `text_hash` is of its text, whatever the markup around it."""

    class Outcome(models.TextChoices):
        OK = "ok", "能打开"
        MOVED = "moved", "换了地址"
        GONE = "gone", "打不开"
        REFUSED = "refused", "不允许访问"

    document = models.OneToOneField(
        PolicyDocument, models.CASCADE, related_name="source_check", verbose_name="政策文件"
    )
    url = models.URLField("检查的链接", max_length=500)
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    detail = models.CharField("说明", max_length=300, blank=True)
    checked_on = models.DateField("检查日")
    text_hash = models.CharField("文字摘要值", max_length=64, blank=True)
    changed_on = models.DateField("文字变化日", null=True, blank=True)
    failures = models.PositiveSmallIntegerField("连续失败次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "来源检查"
        ordering = ["document"]

    def __str__(self):
        return f"{self.document}：{self.get_outcome_display()}"
