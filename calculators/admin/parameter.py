"""Model admin of parameters."""

import re

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html

from calculators.admin.coded_form import CodedForm
from calculators.admin.history import HistoryAdmin, ReasonForm
from calculators.admin_forms import OfficeForm
from calculators.models import Parameter
from calculators.values.units import UNIT_CHOICES, UNITS

_BETWEEN_WORDS = re.compile(r"[、，,；;\n]+")

IN_WORDS = {name: f"{name}_in_words" for name in ("other_units", "options", "dimensions")}


class WordListField(forms.CharField):
    """A list of words that a person writes with 、 between them."""

    def prepare_value(self, value):
        return "、".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [word.strip() for word in _BETWEEN_WORDS.split(super().to_python(value)) if word.strip()]

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


class ParameterForm(CodedForm, ReasonForm):
    other_units = forms.MultipleChoiceField(
        label="也可用的单位",
        choices=UNIT_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="同一参数在别处按次、按年计算时勾上。",
    )
    options = WordListField(
        label="可选的值", required=False, help_text="数值形式为“选项”时列出，用“、”隔开，如 按年、按次。"
    )


@admin.register(Parameter)
class ParameterAdmin(OfficeForm, HistoryAdmin):
    form = ParameterForm
    list_display = ["name", "code", "family", "shape", "unit", "inherits", "bound", "values_link"]
    list_filter = ["family", "shape", "inherits", "bound", "dimensions"]
    search_fields = ["name", "code", "family"]
    search_help_text = "按名称或代码查找"
    autocomplete_fields = ["at_least"]
    filter_horizontal = ["dimensions"]
    fieldsets = [
        (None, {"fields": ["name", "family", "description"]}),
        ("数值", {"fields": ["shape", "unit", "other_units", "options", "axis", "scope"]}),
        ("适用", {"fields": ["dimensions", "inherits", "bound"]}),
        ("合理性", {"fields": ["minimum", "maximum", "level_order", "at_least"]}),
        ("更多：代码", {"fields": ["code"], "classes": ["collapse"]}),
        (None, {"fields": ["change_reason"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(value_count=Count("values"))

    def get_fieldsets(self, request, obj=None):
        """Lists in words for whoever may only look."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (name, options | {"fields": [IN_WORDS.get(field, field) for field in options["fields"]]})
            for name, options in fieldsets
        ]

    @admin.display(description="也可用的单位")
    def other_units_in_words(self, parameter):
        return "、".join(UNITS[unit] for unit in parameter.other_units)

    @admin.display(description="可选的值")
    def options_in_words(self, parameter):
        return "、".join(parameter.options)

    @admin.display(description="适用条件")
    def dimensions_in_words(self, parameter):
        return "、".join(map(str, parameter.dimensions.all()))

    def get_readonly_fields(self, request, obj=None):
        """Code and shape cannot be changed once there are values."""
        fixed = ["code", "shape"] if obj and obj.values.exists() else []
        return [*fixed, *IN_WORDS.values()]

    @admin.display(description="数值", ordering="value_count")
    def values_link(self, parameter):
        url = reverse("admin:calculators_policyvalue_changelist")
        return format_html('<a href="{}?parameter__id__exact={}">{} 行</a>', url, parameter.pk, parameter.value_count)
