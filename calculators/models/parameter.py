"""Model of parameters (参数): named quantities that policy sets, such as 职工门诊起付线."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from calculators.common.names import canonical_name
from calculators.common.stored_text import refuse_twins
from calculators.models.dimension import Dimension
from calculators.values.units import UNIT_CHOICES, UNITS


def formula_name(name):
    """Validator of names: formulas read a parameter by its name, so it must be an identifier."""
    if not canonical_name(name).isidentifier():
        raise ValidationError("名称会写进公式，只能用汉字、字母和数字，不能有标点和空格。")


class Parameter(models.Model):
    class Shape(models.TextChoices):
        AMOUNT = "amount", "金额"
        RATIO = "ratio", "比例"
        BANDS = "bands", "分段表"
        COUNT = "count", "数量（年、月、倍、百分点）"
        BOOLEAN = "boolean", "是或否"
        DATE = "date", "日期"
        TEXT = "text", "文字"
        CHOICE = "choice", "选项"

    class Inherits(models.TextChoices):
        NONE = "none", "不沿用，只认本地"
        PROVINCE = "province", "可沿用本省"
        NATION = "nation", "可沿用本省或全国"

    class Bound(models.TextChoices):
        NONE = "", "不是上下限"
        UPPER = "upper", "全国数值是上限"
        LOWER = "lower", "全国数值是下限"
        GUIDE = "guide", "全国数值只供估算"

    class Axis(models.TextChoices):
        NONE = "", "不是分段表"
        ELIGIBLE_EXPENSE = "eligible_expense", "政策范围内费用"
        FUND_PAID = "fund_paid", "基金累计支付额"
        SELF_PAID = "self_paid", "起付标准以上个人自付额"
        AGE = "age", "年龄"

    class LevelOrder(models.TextChoices):
        NONE = "", "不比较"
        RISES = "rises", "医院等级越高，数值越高（起付线）"
        FALLS = "falls", "医院等级越高，数值越低（支付比例）"

    class Scope(models.TextChoices):
        NONE = "", "不是分段表"
        VISIT = "visit", "每次就诊"
        ADMISSION = "admission", "每次住院"
        YEAR = "year", "医保年度"

    code = models.CharField("代码", max_length=80, unique=True)
    name = models.CharField(
        "名称",
        max_length=40,
        unique=True,
        validators=[formula_name],
        help_text="公式和正文都用这个名字。改名之前请先改引用它的地方。",
    )
    family = models.CharField("类别", max_length=20, db_index=True)
    shape = models.CharField("数值形式", max_length=10, choices=Shape)
    unit = models.CharField("单位", max_length=20, choices=UNIT_CHOICES)
    other_units = models.JSONField(
        "也可用的单位", default=list, blank=True, help_text='同一参数在别处按次、按年计算时列出，如 ["CNY/visit"]。'
    )
    dimensions = models.ManyToManyField(
        Dimension, blank=True, verbose_name="适用条件", help_text="数值可以按哪些条件区分。没列出的条件，录入时不能用。"
    )
    inherits = models.CharField(
        "沿用上级",
        max_length=10,
        choices=Inherits,
        default=Inherits.NONE,
        help_text="只有在这里声明，才会取本省或全国的数值；否则宁可说“未收录”。",
    )
    bound = models.CharField(
        "上下限",
        max_length=5,
        choices=Bound,
        blank=True,
        help_text="全国数值只是上限或下限时选，页面会写明“按国家上限/下限估算”。",
    )
    axis = models.CharField("分段依据", max_length=20, choices=Axis, blank=True)
    scope = models.CharField("分段范围", max_length=10, choices=Scope, blank=True)
    minimum = models.DecimalField("合理下限", max_digits=18, decimal_places=6, null=True, blank=True)
    maximum = models.DecimalField(
        "合理上限",
        max_digits=18,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="超出合理范围的录入会被拒绝，例如把 0.80 写成 80。",
    )
    options = models.JSONField(
        "可选的值", default=list, blank=True, help_text='数值形式为“选项”时列出，如 ["按年", "按次"]。'
    )
    level_order = models.CharField(
        "等级顺序", max_length=5, choices=LevelOrder, blank=True, help_text="导入时顺序反了会提醒，确认后仍可保存。"
    )
    at_least = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="不应低于",
        help_text="例如封顶线不应低于起付线。导入时低了会提醒，确认后仍可保存。",
    )
    description = models.TextField("说明", blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "参数"
        ordering = ["family", "code"]

    def __str__(self):
        return self.name

    def clean(self):
        self.name = canonical_name(self.name)  # as a formula spells it
        refuse_twins(self, "name")
        if (self.shape == self.Shape.BANDS) != bool(self.axis):
            raise ValidationError({"axis": "分段表必须写明分段依据，其他形式不能写。"})
        if (self.shape == self.Shape.CHOICE) != bool(self.options):
            raise ValidationError({"options": "数值形式为“选项”时要列出可选的值，其他形式不能列。"})
        unknown = [unit for unit in self.other_units if unit not in UNITS]
        if unknown:
            raise ValidationError({"other_units": f"没有这样的单位：{'、'.join(unknown)}。"})

    @property
    def units(self):
        return [self.unit, *self.other_units]
