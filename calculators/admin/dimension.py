"""Model admin of dimensions and their choices."""

from django.contrib import admin
from django.db.models import Count

from calculators.admin_forms import OfficeForm
from calculators.models import Dimension, DimensionChoice


class DimensionChoiceInline(admin.TabularInline):
    model = DimensionChoice
    extra = 0


@admin.register(Dimension)
class DimensionAdmin(OfficeForm, admin.ModelAdmin):
    list_display = ["name", "code", "is_range", "choice_count", "order"]
    search_fields = ["name", "code", "choices__name"]
    inlines = [DimensionChoiceInline]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(choice_count=Count("choices"))

    @admin.display(description="选项数", ordering="choice_count")
    def choice_count(self, dimension):
        return dimension.choice_count
