"""Model admin of parameters."""

from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html

from calculators.admin.history import HistoryAdmin
from calculators.admin_forms import OfficeForm
from calculators.models import Parameter


@admin.register(Parameter)
class ParameterAdmin(OfficeForm, HistoryAdmin):
    list_display = ["name", "code", "family", "shape", "unit", "inherits", "bound", "values_link"]
    list_filter = ["family", "shape", "inherits", "bound", "dimensions"]
    search_fields = ["name", "code", "family"]
    search_help_text = "按名称或代码查找"
    autocomplete_fields = ["at_least"]
    filter_horizontal = ["dimensions"]
    fieldsets = [
        (None, {"fields": ["name", "code", "family", "description"]}),
        ("数值", {"fields": ["shape", "unit", "other_units", "options", "axis", "scope"]}),
        ("适用", {"fields": ["dimensions", "inherits", "bound"]}),
        ("合理性", {"fields": ["minimum", "maximum", "level_order", "at_least"]}),
        (None, {"fields": ["change_reason"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(value_count=Count("values"))

    def get_readonly_fields(self, request, obj=None):
        """Code and shape cannot be changed once there are values."""
        return ["code", "shape"] if obj and obj.values.exists() else []

    @admin.display(description="数值", ordering="value_count")
    def values_link(self, parameter):
        url = reverse("admin:calculators_policyvalue_changelist")
        return format_html('<a href="{}?parameter__id__exact={}">{} 行</a>', url, parameter.pk, parameter.value_count)
