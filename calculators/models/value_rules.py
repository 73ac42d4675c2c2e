"""Validation rules of policy values, for every writer: form, import, library.

Each rule raises ValidationError with the field it is about. The rules a database can hold
(one row per first day, a first day or a day it was seen) are constraints of the model.
"""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError

from calculators.models.parameter import Parameter
from calculators.values.conditions import canonical, is_ambiguous
from calculators.values.money import plain
from calculators.values.series import Series

DAY_PATTERN = re.compile(r"\d{4}-\d{2}(-\d{2})?|\d{2}-\d{2}")  # a day, a month, or the same day each year
SHAPES_IN_TEXT = {Parameter.Shape.TEXT, Parameter.Shape.DATE, Parameter.Shape.CHOICE}


def check_value(value):
    """Check that the value fits the parameter's shape, unit and range."""
    parameter = value.parameter
    if value.unit and value.unit not in parameter.units:
        raise ValidationError({"unit": f"“{parameter}”不用这个单位。"})
    if value.kind != "value":
        return
    if parameter.shape == Parameter.Shape.BANDS:
        _check_bands(value)
    elif parameter.shape in SHAPES_IN_TEXT:
        _check_text(value)
    else:
        _require(value, "number", value.number is not None)
        _check_range(parameter, value.number, "number")


def _require(value, field, is_there):
    if not is_there:
        shape = value.parameter.get_shape_display()
        raise ValidationError({field: f"“{value.parameter}”是{shape}，请填写。"})


def _check_bands(value):
    _require(value, "bands", value.bands)
    for band in value.bands:
        for ratio in filter(None, (band["ratio"], band.get("ratio_max"))):
            _check_range(value.parameter, Decimal(ratio), "bands")


def _check_text(value):
    parameter = value.parameter
    _require(value, "text", value.text)
    if parameter.shape == Parameter.Shape.CHOICE and value.text not in parameter.options:
        raise ValidationError({"text": f"“{parameter}”应是其中之一：{'、'.join(parameter.options)}。"})
    if parameter.shape == Parameter.Shape.DATE and not DAY_PATTERN.fullmatch(value.text):
        raise ValidationError({"text": f"“{parameter}”是日期，请写成 2026-07-01 或 2026-07，每年都一样的写成 07-01。"})


def _check_range(parameter, number, field):
    low, high = parameter.minimum, parameter.maximum
    if (low is None or number >= low) and (high is None or number <= high):
        return
    span = _spell_range(low, high)
    meant = f"是不是想写 {plain(number / 100)}？" if parameter.unit == "ratio" and 1 < number <= 100 else ""
    raise ValidationError({field: f"“{parameter}”应{span}，写的是 {plain(number)}。{meant}请检查单位和小数点。"})


def _spell_range(low, high):
    if low is None or high is None:
        return f"不大于 {plain(high)}" if low is None else f"不小于 {plain(low)}"
    return f"在 {plain(low)} 到 {plain(high)} 之间"


def check_conditions(value):
    """Check that the parameter declares the conditions, and that no row in force at the same time makes them ambiguous."""
    allowed = {dimension.code for dimension in value.parameter.dimensions.all()}
    if unknown := sorted(set(value.conditions) - allowed):
        raise ValidationError({"conditions": f"“{value.parameter}”不按 {'、'.join(unknown)} 区分。"})
    columns = ("conditions", "conditions_key", "conditions_text", "effective_from", "kind")
    siblings = type(value).objects.filter(parameter=value.parameter, area=value.area).exclude(pk=value.pk)
    siblings = list(siblings.order_by().values_list(*columns, named=True))
    own_key = canonical(value.conditions)
    own = Series([row for row in siblings if row.conditions_key == own_key] + [value])
    for sibling in {row.conditions_key: row for row in siblings}.values():
        if not is_ambiguous(value.conditions, sibling.conditions):
            continue
        if own.meets(Series(row for row in siblings if row.conditions_key == sibling.conditions_key)):
            raise ValidationError(
                {
                    "conditions": f"与“{sibling.conditions_text or '一律适用'}”一行有交叉而互不包含，取数时无从选择。"
                    "请把条件写得更细，或先让那一行停止执行。"
                }
            )
