"""Models of dimensions, on which a policy value may depend besides area and day: 参保身份, 医院等级, 档次, 住院次数 …

A dimension is either a list of choices or, for age, a range of whole years.
"""

from django.core.validators import RegexValidator
from django.db import models

from calculators.common import page_keys
from calculators.common.stored_text import refuse_twins
from calculators.process_cache import ProcessCache
from calculators.values.vocabulary import ConditionVocabulary

identifier = RegexValidator(r"\A[a-z][a-z0-9_]*\Z", "只能用小写字母、数字和下划线，以字母开头。")


class Dimension(models.Model):
    code = models.CharField("代码", max_length=30, unique=True, validators=[identifier])
    name = models.CharField("名称", max_length=20, unique=True)
    is_range = models.BooleanField(
        "按整数范围", default=False, help_text="年龄这类按“从几到几”划分的选此项，不列选项。"
    )
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "适用条件"
        ordering = ["order", "code"]

    def __str__(self):
        return self.name

    def clean(self):
        refuse_twins(self, "name")


class DimensionChoice(models.Model):
    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="choices", verbose_name="适用条件")
    code = models.CharField("代码", max_length=40)
    name = models.CharField("名称", max_length=30, help_text="正文引用数字时写的词，如“在职”“三级”。")
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "条件选项"
        ordering = ["dimension__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["dimension", "code"], name="one_choice_per_code"),
            models.UniqueConstraint(fields=["dimension", "name"], name="one_choice_per_name"),
        ]

    def __str__(self):
        return self.name


def vocabulary() -> ConditionVocabulary:
    """Vocabulary of all dimensions, in their order. One query, none where it is cached in the process."""
    page_keys.depends_on(page_keys.ALL_DIMENSIONS)
    return _vocabulary()


def _read_vocabulary() -> ConditionVocabulary:
    names: dict[str, dict[str, str]] = {}
    for dimension, code, name in DimensionChoice.objects.values_list("dimension__code", "code", "name"):
        names.setdefault(dimension, {})[code] = name
    return ConditionVocabulary(names)


_vocabulary: ProcessCache[ConditionVocabulary] = ProcessCache(_read_vocabulary, page_keys.ALL_DIMENSIONS)
