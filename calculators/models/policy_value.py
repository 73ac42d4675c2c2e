"""政策数值: a dated, local, sourced record with a first day and no last one.

A row holds from its first day until the next row of the same parameter, area and conditions
begins. 停止执行 is a row that ends the one before it without a successor; 不设限额 is a value of
its own. The uniqueness constraint makes overlapping periods impossible to store.
"""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from calculators.circumstances import canonical, is_ambiguous
from calculators.models.area import PoolingArea
from calculators.models.dimension import vocabulary
from calculators.models.document import PolicyDocument
from calculators.models.parameter import Parameter
from calculators.money import plain
from calculators.units import UNIT_CHOICES, show
from calculators.values import UNLIMITED, Band, Bands
from calculators.written import Written, read, write


class PolicyValueQuerySet(models.QuerySet):
    def begun(self, on):
        """Rows whose first day is not after `on`; an unknown first day counts as begun."""
        return self.filter(Q(effective_from__lte=on) | Q(effective_from__isnull=True))

    def newest_first(self):
        return self.order_by(F("effective_from").desc(nulls_last=True))

    def due_for_review(self, on):
        return self.filter(review_by__lt=on)

    def unverified(self):
        return self.filter(status=PolicyValue.Status.RECALLED)

    def with_source(self):
        return self.select_related("parameter", "area", "document")


class PolicyValue(models.Model):
    class Kind(models.TextChoices):
        VALUE = "value", "数值"
        UNLIMITED = "unlimited", "不设限额"
        ENDED = "ended", "停止执行"

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", "已核实"
        RECALLED = "recalled", "待核实"

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
        help_text="“停止执行”表示自首日起不再有这个数值，也没有接替它的数值。",
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
        "状态", max_length=10, choices=Status, default=Status.RECALLED, help_text="待核实的数值在页面上会写明。"
    )
    review_by = models.DateField(
        "复核截止", null=True, blank=True, db_index=True, help_text="过了这一天，用到它的页面会写明“已过复核日”。"
    )
    note = models.TextField("备注", blank=True)

    objects = PolicyValueQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "政策数值"
        ordering = ["parameter", "area", "conditions_key", F("effective_from").desc(nulls_last=True)]
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
                condition=~Q(kind="ended") | Q(effective_from__isnull=False),
                name="an_end_has_a_day",
                violation_error_message="停止执行必须写明首日。",
            ),
        ]

    def __str__(self):
        where = f"{self.area.short_name}·{self.parameter.name}"
        return f"{where}·{self.conditions_text}" if self.conditions_text else where

    def save(self, *args, **kwargs):
        self.conditions_key = canonical(self.conditions)
        self.conditions_text = vocabulary().spell(self.conditions)
        super().save(*args, **kwargs)

    def clean(self):
        self.conditions_key = canonical(self.conditions)
        self._check_value()
        if hasattr(self, "area") and hasattr(self, "parameter"):
            self._check_conditions()

    def _check_value(self):
        if not hasattr(self, "parameter") or self.kind != self.Kind.VALUE:
            return
        shape = self.parameter.shape
        if shape == Parameter.Shape.BANDS:
            missing = "bands" if not self.bands else None
        elif shape in {Parameter.Shape.TEXT, Parameter.Shape.DATE}:
            missing = "text" if not self.text else None
        else:
            missing = "number" if self.number is None else None
        if missing:
            raise ValidationError({missing: f"“{self.parameter}”是{self.parameter.get_shape_display()}，请填写。"})
        self._check_bounds()

    def _check_bounds(self):
        low, high = self.parameter.minimum, self.parameter.maximum
        if self.number is None:
            return
        if (low is not None and self.number < low) or (high is not None and self.number > high):
            raise ValidationError({"number": f"“{self.parameter}”应在 {low} 到 {high} 之间，请检查单位和小数点。"})

    def _check_conditions(self):
        allowed = {dimension.code for dimension in self.parameter.dimensions.all()}
        unknown = sorted(set(self.conditions) - allowed)
        if unknown:
            raise ValidationError({"conditions": f"“{self.parameter}”不按 {'、'.join(unknown)} 区分。"})
        siblings = (
            PolicyValue.objects.filter(parameter=self.parameter, area=self.area)
            .exclude(pk=self.pk)
            .exclude(kind=self.Kind.ENDED)
        )
        for sibling in siblings:
            if is_ambiguous(self.conditions, sibling.conditions):
                raise ValidationError(
                    {
                        "conditions": f"与“{sibling.conditions_text or '一律适用'}”一行有交叉而互不包含，取数时无从选择。请把条件写得更细。"
                    }
                )

    @property
    def value(self):
        """The value as formulas see it; None where the row ends the parameter."""
        if self.kind == self.Kind.ENDED:
            return None
        if self.kind == self.Kind.UNLIMITED:
            return UNLIMITED
        shape = self.parameter.shape
        if shape == Parameter.Shape.BANDS:
            return Bands(tuple(_band(band) for band in self.bands), self.parameter.axis)
        if shape in {Parameter.Shape.TEXT, Parameter.Shape.DATE}:
            return self.text
        return bool(self.number) if shape == Parameter.Shape.BOOLEAN else Decimal(plain(self.number))

    @property
    def written(self):
        """The value as an editor writes it in one cell; assigning reads it back (calculators.written)."""
        stored = Written(self.kind, self.number, self.text, tuple(self.bands))
        return write(stored, self.parameter.shape)

    @written.setter
    def written(self, cell):
        value = read(cell, self.parameter.shape)
        self.kind, self.number, self.text, self.bands = value.kind, value.number, value.text, list(value.bands)

    @property
    def shown(self):
        """The value as a reader sees it, in its unit."""
        return self.get_kind_display() if self.kind == self.Kind.ENDED else show(self.value, self.unit)


def _band(stored):
    """A stored band {"lower", "upper", "ratio"[, "ratio_max"]} with decimals as text."""
    exact = {name: None if text is None else Decimal(text) for name, text in stored.items()}
    return Band(**exact)
