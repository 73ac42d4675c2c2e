"""Models of a calculator's working copy: one row for each part of its definition, in order.

The fields are those of the parts in calculators.definition, whose docstrings say what each means.
"""

from dataclasses import asdict, fields

from django.core.exceptions import ValidationError
from django.db import models

from calculators import definition
from calculators.common.stored_text import clean_row
from calculators.definition import QUESTION_KINDS
from calculators.definition.phrasing import WrongPhrasing, read_cues
from calculators.formulas import FormulaError, compile_formula
from calculators.models.calculator import Calculator
from calculators.models.dimension import identifier
from calculators.values.units import RESULT_UNITS

FORMULA_HELP = "例如：取大(0，本次费用 − 职工门诊起付线) × 职工门诊支付比例。全角半角符号都可以。"
CUES_HELP = (
    "一句话里哪些词旁边的数是在答它，用空格隔开：基数（前后都行）、按…（在数前面）、…入职（在数后面）、"
    "…断缴-1（取前一个月）；* 收下没有人要的数，第 只收“第二次”这样的。"
)
BOUND_HELP = "日期可以写“今日”“明年今日”；由前面的回答决定的，写 = 和公式，如“= 累计月数”“= 加月(最后缴费月, 12)”。"
UNKNOWN_HELP = "写了就可以答“不知道”，例如“5%；30%”：几种都算，结果是一个范围。"
SENTENCE_HELP = "主要结果写成一句话，{步骤}换成那一步的结果，例如“{停保月}起看病不能报销”。留空就是名称和数。"
SHOWN_IF_HELP = "一个条件，例如：参保身份 = “退休”。不成立就不出现；留空总是出现。"


def readable(text):
    """Validator of formulas: the syntax, not the names."""
    try:
        compile_formula(text)
    except FormulaError as error:
        raise ValidationError(str(error)) from error


def known_kind(kind):
    if kind not in QUESTION_KINDS:
        raise ValidationError(f"没有“{kind}”这种问题，可以用的有：{'、'.join(QUESTION_KINDS)}。")


def known_unit(unit):
    if unit.removeprefix("list:") not in RESULT_UNITS:
        raise ValidationError(f"没有“{unit}”这个单位，可以用的有：{'、'.join(RESULT_UNITS)}，一列前面加 list:。")


def readable_cues(text):
    try:
        read_cues(text)
    except WrongPhrasing as error:
        raise ValidationError(str(error)) from error


class CalculatorPart(models.Model):
    """One part in its place; `kind_of_part` is its class in calculators.definition."""

    kind_of_part: type
    MAPPINGS = ("asks", "answers", "expected", "synonyms", "tips", "implied")
    # What a draft may have blank or wrong in them is said when it is tried, and holds back publishing alone.
    UNFINISHED_FIELDS = frozenset(
        {"name", "code", "kind", "unit", "formula", "step", "text", "shown_if", "cues", "expected"}
    )

    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]
        default_permissions = ()  # whoever may change a calculator may change its parts

    def as_part(self):
        return self.kind_of_part(**{field.name: self._read(field.name) for field in fields(self.kind_of_part)})

    def _read(self, name):
        value = getattr(self, name)
        if name == "options":
            return tuple(definition.Option(**option) for option in value)
        return value

    def validate(self, *, is_draft=False):
        """Raises ValidationError with sentences that say which part and which field they are about."""
        clean_row(self)
        try:
            self.full_clean(exclude={"calculator"} | (self.UNFINISHED_FIELDS if is_draft else set()))
        except ValidationError as error:
            where = f"{self._meta.verbose_name}“{self}”"
            words = {field.name: field.verbose_name for field in self._meta.fields}
            sentences = [f"{where}的{words[name]}：{said}" for name, all in error.message_dict.items() for said in all]
            raise ValidationError(sentences) from error

    @classmethod
    def of(cls, calculator, part, place):
        """The row for `part`, unsaved; places are ten apart, so that one can be put between."""
        values = {field.name: getattr(part, field.name) for field in fields(part)}
        if "options" in values:
            values["options"] = [asdict(option) for option in values["options"]]
        values |= {name: dict(values[name]) for name in cls.MAPPINGS if name in values}
        return cls(calculator=calculator, order=place * 10, **values)


def part_of(related_name):
    return models.ForeignKey(Calculator, models.CASCADE, related_name=related_name, verbose_name="计算器")


class Question(CalculatorPart):
    kind_of_part = definition.Question

    calculator = part_of("questions")
    code = models.CharField("代码", max_length=40, validators=[identifier], help_text="出现在网址和接口里，如 wage。")
    name = models.CharField("名称", max_length=30, help_text="公式里用的名字，如“缴费基数”。")
    kind = models.CharField("种类", max_length=10, validators=[known_kind])
    label = models.CharField("问法", max_length=60, blank=True, help_text="表单上的字，留空就用名称。")
    help = models.TextField("填写说明", blank=True)
    unit = models.CharField(
        "单位", max_length=30, blank=True, validators=[known_unit], help_text="留空按种类来：金额是元，整数是个。"
    )
    dimension = models.CharField(
        "决定适用条件", max_length=30, blank=True, help_text="回答会决定取哪一个政策数值，如参保身份、医院等级、年龄。"
    )
    options = models.JSONField("选项", default=list, blank=True)
    default = models.CharField("预填", max_length=60, blank=True, help_text="日期可以写“今日”。")
    minimum = models.CharField("最小", max_length=60, blank=True)
    maximum = models.CharField("最大", max_length=60, blank=True, help_text=BOUND_HELP)
    optional = models.BooleanField("可以不填", default=False, help_text="不填时金额按 0 算。")
    shown_if = models.TextField("什么时候问", blank=True, validators=[readable], help_text=SHOWN_IF_HELP)
    synonyms = models.JSONField("平常的说法", default=dict, blank=True)
    cues = models.TextField(
        "数字旁边的词", blank=True, max_length=1_000, validators=[readable_cues], help_text=CUES_HELP
    )
    tips = models.JSONField("怎么改", default=dict, blank=True, db_default={})
    unknown = models.CharField("不知道时算哪几种", max_length=60, blank=True, db_default="", help_text=UNKNOWN_HELP)
    implied = models.JSONField("没有答时", default=dict, blank=True, db_default={})
    picture = models.CharField("旁边的图", max_length=30, blank=True, db_default="")

    class Meta(CalculatorPart.Meta):
        verbose_name = verbose_name_plural = "问题"

    def __str__(self):
        return self.name


class Step(CalculatorPart):
    kind_of_part = definition.Step

    calculator = part_of("steps")
    name = models.CharField("名称", max_length=30, help_text="后面的公式用这个名字引用这一步。")
    formula = models.TextField("公式", validators=[readable], help_text=FORMULA_HELP)
    unit = models.CharField("单位", max_length=30, validators=[known_unit])
    label = models.CharField("显示为", max_length=60, blank=True, help_text="留空就用名称。")
    explanation = models.TextField("说明", blank=True, help_text="显示在这一行下面。")
    shown = models.BooleanField("显示在算式里", default=True)
    each = models.CharField(
        "逐期", max_length=30, blank=True, help_text="一列的名称：每一项算一次，公式里用“本期”“期数”“上期(…，…)”。"
    )
    day = models.CharField(
        "取数日期", max_length=30, blank=True, help_text="问题或步骤的名称；留空按所问的日期取政策数值。"
    )
    dimension = models.CharField("决定适用条件", max_length=30, blank=True)
    options = models.JSONField("结果对应的代码", default=list, blank=True)
    asks = models.JSONField("另定的适用条件", default=dict, blank=True)

    class Meta(CalculatorPart.Meta):
        verbose_name = verbose_name_plural = "步骤"

    def __str__(self):
        return self.name


class Output(CalculatorPart):
    kind_of_part = definition.Output

    calculator = part_of("outputs")
    code = models.CharField("代码", max_length=40, validators=[identifier], help_text="接口里的名字，如 fund_pay。")
    step = models.CharField("步骤", max_length=30, help_text="取哪一步的结果。")
    label = models.CharField("显示为", max_length=60, blank=True)
    headline = models.BooleanField("主要结果", default=False)
    part = models.CharField("在图里是", max_length=20, blank=True)
    help = models.TextField("说明", blank=True)
    shown_if = models.TextField("什么时候有", blank=True, validators=[readable], help_text=SHOWN_IF_HELP)
    better = models.CharField("越多越好还是越少越好", max_length=10, blank=True, db_default="")
    sentence = models.CharField("一句话怎么答", max_length=200, blank=True, db_default="", help_text=SENTENCE_HELP)
    column = models.CharField("在对照表的哪一列", max_length=20, blank=True, db_default="")

    class Meta(CalculatorPart.Meta):
        verbose_name = verbose_name_plural = "结果"

    def __str__(self):
        return self.label or self.step


class Note(CalculatorPart):
    kind_of_part = definition.Note

    calculator = part_of("notes")
    text = models.TextField("文字")
    shown_if = models.TextField("什么时候显示", blank=True, validators=[readable], help_text=SHOWN_IF_HELP)

    class Meta(CalculatorPart.Meta):
        verbose_name = verbose_name_plural = "提示"

    def __str__(self):
        return self.text[:20]


class Case(CalculatorPart):
    kind_of_part = definition.Case

    calculator = part_of("cases")
    name = models.CharField("名称", max_length=100, help_text="说出它站在哪条边上，如“刚好到起付线，不报”。")
    on = models.DateField("日期")
    area = models.CharField("参保地", max_length=6)
    answers = models.JSONField("回答", default=dict, blank=True)
    expected = models.JSONField("应得", default=dict)
    source = models.CharField(
        "出处", max_length=300, blank=True, help_text="这些数从哪里来，如文件的举例、经办机构的答复。"
    )

    class Meta(CalculatorPart.Meta):
        verbose_name = verbose_name_plural = "算例"

    def __str__(self):
        return self.name
