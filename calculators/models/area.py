"""Model of pooling areas (统筹地区), whose rules apply to a person, from the nation down to a city."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from calculators.addresses import path_to
from calculators.common.stored_text import refuse_twins

NATION_CODE = "CN"
area_code = RegexValidator(r"\A(CN|[0-9]{6})\Z", "请填写六位行政区划代码（GB/T 2260），全国填 CN。")


class PoolingAreaQuerySet(models.QuerySet):
    def with_values(self):
        """Areas that have at least one policy value of their own."""
        return self.filter(policy_values__isnull=False).distinct()

    def with_ancestors(self):
        return self.select_related("parent__parent__parent")

    def local(self):
        return self.exclude(code=NATION_CODE)


class PoolingArea(models.Model):
    """An area and its parent: (county →) city → province → nation. The parent of a 直辖市 is the nation."""

    code = models.CharField(
        "代码",
        max_length=6,
        unique=True,
        validators=[area_code],
        help_text="六位行政区划代码（GB/T 2260），全国为 CN。它出现在网址里，定了就不要改。",
    )
    name = models.CharField("全称", max_length=40, unique=True)
    short_name = models.CharField(
        "简称", max_length=20, unique=True, help_text="正文引用数字和页面标题里用的名字，如“北京”。"
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级地区",
        help_text="省级和直辖市选“全国”。只有声明可沿用上级的参数才会取上级的数值。",
    )

    objects = PoolingAreaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "统筹地区"
        ordering = ["code"]

    def __str__(self):
        return self.short_name

    def get_absolute_url(self):
        return path_to("calculators:area", self.code)

    def clean(self):
        refuse_twins(self, "name", "short_name")
        ancestor = self.parent
        while ancestor is not None:
            if ancestor == self:
                raise ValidationError({"parent": "上级地区不能是它自己或它的下级。"})
            ancestor = ancestor.parent

    def chain(self) -> "list[PoolingArea]":
        """The area and those above it, nearest first."""
        return [self, *self.parent.chain()] if self.parent else [self]

    @property
    def is_nation(self):
        return self.code == NATION_CODE
