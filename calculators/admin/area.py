"""Model admin of pooling areas."""

from django.contrib import admin

from calculators.admin_forms import OfficeForm
from calculators.models import PoolingArea


@admin.register(PoolingArea)
class PoolingAreaAdmin(OfficeForm, admin.ModelAdmin):
    list_display = ["short_name", "name", "code", "parent"]
    list_filter = [("parent", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["short_name", "name", "code"]
    autocomplete_fields = ["parent"]
    search_help_text = "按简称、全称或行政区划代码查找"
