"""Calculators are content: a definition that editors work on, and the one that is live."""

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords


class CalculatorQuerySet(models.QuerySet):
    def live(self):
        """Calculators a visitor can use."""
        return self.filter(live__isnull=False)


class Calculator(models.Model):
    """`live` is the published definition (calculators.definition, as a dict); null while nothing is published."""

    code = models.SlugField("代码", max_length=60, unique=True, help_text="出现在网址和接口里，定了就不要改。")
    name = models.CharField("名称", max_length=40, unique=True)
    summary = models.CharField("一句话说明", max_length=120, help_text="显示在列表、搜索结果和搜索引擎里。")
    order = models.PositiveSmallIntegerField("顺序", default=0)
    live = models.JSONField("已发布的定义", null=True, blank=True, editable=False)
    live_since = models.DateTimeField("发布时间", null=True, blank=True, editable=False)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = CalculatorQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["updated_at"])

    class Meta:
        verbose_name = verbose_name_plural = "计算器"
        ordering = ["order", "code"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("calculators:calculator", args=[self.code])
