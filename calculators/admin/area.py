"""Model admins of pooling areas, and of the places whose values visitors wish for."""

from django.contrib import admin

from calculators.admin_forms import OfficeForm
from calculators.models import PlaceWish, PoolingArea


@admin.register(PoolingArea)
class PoolingAreaAdmin(OfficeForm, admin.ModelAdmin):
    list_display = ["short_name", "name", "code", "parent"]
    list_filter = [("parent", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["short_name", "name", "code"]
    autocomplete_fields = ["parent"]
    search_help_text = "按简称、全称或行政区划代码查找"


@admin.register(PlaceWish)
class PlaceWishAdmin(admin.ModelAdmin):
    """Counters only: nobody writes here, and a place that has values leaves the list by itself."""

    list_display = ["name", "code", "count", "first_on", "last_on"]
    search_fields = ["name", "code"]
    search_help_text = "按地名或行政区划代码查找"

    def get_queryset(self, request):
        return super().get_queryset(request).open()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
