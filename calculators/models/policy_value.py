"""Model of policy values (政策数值): dated, local, sourced rows with a first day and no last day.

A row holds from its first day until the next row of the same parameter, area and conditions
begins. 停止执行 is a row that ends the one before it without a successor; 此后未收录 is a row that
says from which day the successor is not recorded; 不设限额 is a value of its own. The uniqueness constraint makes overlapping periods impossible to store.
"""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from calculators.models.area import PoolingArea
from calculators.models.dimension import vocabulary
from calculators.models.document import PolicyDocument
from calculators.models.evidence_rules import check_evidence, check_source, is_draft
from calculators.models.parameter import Parameter
from calculators.models.policy_value_queryset import PolicyValueQuerySet
from calculators.models.value_rules import SHAPES_IN_TEXT, check_conditions, check_value
from calculators.values.conditions import canonical
from calculators.values.money import plain
from calculators.values.notation import CellValue, read_cell, write_cell
from calculators.values.series import ENDED, LEAVES_NOTHING, UNKNOWN
from calculators.values.types import UNLIMITED, Band, Bands
from calculators.values.units import UNIT_CHOICES, show

FIGURE_FIELDS = ("parameter_id", "area_id", "conditions_key", "written", "unit", "effective_from", "document_id")


class PolicyValue(models.Model):
    class Kind(models.TextChoices):
        VALUE = "value", "数值"
        UNLIMITED = "unlimited", "不设限额"
        ENDED = ENDED, "停止执行"
        UNKNOWN = UNKNOWN, "此后未收录"

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", "已核实"
        RESTATED = "restated", "据转述"
        RECALLED = "recalled", "待核实"
        DRAFT = "draft", "征求意见稿"

    parameter = models.ForeignKey(Parameter, models.PROTECT, related_name="values", verbose_name="参数")
    area = models.ForeignKey(PoolingArea, models.PROTECT, related_name="policy_values", verbose_name="统筹地区")
    conditions = models.JSONField("适用条件", default=dict, blank=True, help_text="留空表示不分人群和医院，一律适用。")
    conditions_key = models.CharField(max_length=300, blank=True, editable=False)
    conditions_text = models.CharField("适用于", max_length=200, blank=True, editable=False)
    kind = models.CharField(
        "类型",
        max_length=10,
        choices=Kind,
        default=Kind.VALUE,
        help_text="“停止执行”表示自首日起不再有这个数值，也没有接替它的数值；“此后未收录”表示后来的标准还没有查到。",
    )
    number = models.DecimalField(
        "数值",
        max_digits=18,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="比例写小数：70% 写 0.70。起付线为零写 0，它和“未收录”不同。",
    )
    text = models.TextField("文字", blank=True)
    bands = models.JSONField("分段表", default=list, blank=True)
    unit = models.CharField("单位", max_length=20, choices=UNIT_CHOICES)
    effective_from = models.DateField(
        "首日",
        null=True,
        blank=True,
        db_index=True,
        help_text="施行的第一天。下一行的首日就是这一行的终点，不用填截止日。查不到就留空（起始日未核），并填写“见于”。",
    )
    seen_on = models.DateField("见于", null=True, blank=True, help_text="首日查不到时，写下在来源里看到这个数的日子。")
    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="values", verbose_name="政策文件")
    clause = models.CharField("条款", max_length=100, blank=True, help_text="如“第十二条”，方便下一个人核对。")
    status = models.CharField(
        "状态",
        max_length=10,
        choices=Status,
        default=Status.RECALLED,
        help_text="“已核实”要有官方原文、链接和条款，并由两个人各读一遍；征求意见稿不参加计算。",
    )
    review_by = models.DateField(
        "复核截止", null=True, blank=True, db_index=True, help_text="过了这一天，用到它的页面会写明“已过复核日”。"
    )
    note = models.TextField("备注", blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="录入人",
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="核对人",
    )
    confirmed_on = models.DateField("核对日期", null=True, blank=True, editable=False)

    objects = PolicyValueQuerySet.as_manager()
    history = HistoricalRecords()
    _change_reason: str | None  # of the next save, for the history

    class Meta:
        verbose_name = verbose_name_plural = "政策数值"
        ordering = ["parameter", "area", "conditions_key", F("effective_from").desc(nulls_last=True)]
        permissions = [("confirm_policyvalue", "可以核对政策数值")]
        indexes = [models.Index(fields=["parameter", "area", "effective_from"], name="values_by_place_and_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["parameter", "area", "conditions_key", "effective_from"],
                name="one_value_per_first_day",
                violation_error_message="同一参数、地区和条件在这一天已有一行，请修改那一行。",
            ),
            models.UniqueConstraint(
                fields=["parameter", "area", "conditions_key"],
                condition=Q(effective_from__isnull=True),
                name="one_value_of_unknown_first_day",
                violation_error_message="同一参数、地区和条件已有一行“起始日未核”，请修改那一行。",
            ),
            models.CheckConstraint(
                condition=Q(effective_from__isnull=False) | Q(seen_on__isnull=False),
                name="first_day_or_seen_on",
                violation_error_message="首日和“见于”至少填一个。",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=LEAVES_NOTHING) | Q(effective_from__isnull=False),
                name="an_end_has_a_day",
                violation_error_message="停止执行和此后未收录必须写明首日。",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | (~Q(clause="") & Q(confirmed_on__isnull=False)),
                name="confirmed_has_clause_and_day",
                violation_error_message="“已核实”的数值必须写明条款，并由第二个人对照原文核对过。",
            ),
        ]

    def __str__(self):
        where = f"{self.area.short_name}·{self.parameter.name}"
        return f"{where}·{self.conditions_text}" if self.conditions_text else where

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.conditions_key = canonical(self.conditions)
        self.conditions_text = vocabulary().spell(self.conditions) if self.conditions else ""
        super().save(*args, **kwargs)

    def clean(self):
        self.conditions_key = canonical(self.conditions)
        if hasattr(self, "parameter"):
            check_value(self)
            if hasattr(self, "document"):
                check_evidence(self)
                check_source(self)
            if hasattr(self, "area"):
                check_conditions(self)

    def is_same_figure(self, other):
        """Whether both rows have the same figure, conditions, first day and document."""
        return all(getattr(self, name) == getattr(other, name) for name in FIGURE_FIELDS)

    def enter(self, by):
        """Mark the figure as entered by `by`: unverified until somebody else has read it in its source."""
        self.entered_by, self.confirmed_by, self.confirmed_on = by, None, None
        self.status = self.Status.DRAFT if is_draft(self.document) else self.Status.RECALLED

    @property
    def value(self):
        """The value as formulas see it; None where the row ends the parameter."""
        if self.kind in LEAVES_NOTHING:
            return None
        if self.kind == self.Kind.UNLIMITED:
            return UNLIMITED
        shape = self.parameter.shape
        if shape == Parameter.Shape.BANDS:
            return Bands(tuple(_band(band) for band in self.bands), self.parameter.axis)
        if shape in SHAPES_IN_TEXT:
            return self.text
        return bool(self.number) if shape == Parameter.Shape.BOOLEAN else Decimal(plain(self.number))

    @property
    def written(self):
        """The value as an editor writes it in one cell; assigning reads it back (calculators.values.notation)."""
        stored = CellValue(self.kind, self.number, self.text, tuple(self.bands))
        return write_cell(stored, self.parameter.shape)

    @written.setter
    def written(self, cell):
        value = read_cell(cell, self.parameter.shape)
        self.kind, self.number, self.text, self.bands = value.kind, value.number, value.text, list(value.bands)

    @property
    def shown(self):
        """The value as a reader sees it, in its unit."""
        return self.get_kind_display() if self.kind in LEAVES_NOTHING else show(self.value, self.unit)


def _band(stored):
    """A stored band {"lower", "upper", "ratio"[, "ratio_max"]} with decimals as text."""
    exact = {name: None if text is None else Decimal(text) for name, text in stored.items()}
    return Band(**exact)
