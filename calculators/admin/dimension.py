"""Model admin of dimensions and their choices."""

from django.contrib import admin
from django.db.models import Count

from calculators.admin.coded_form import CodedForm
from calculators.admin_forms import OfficeForm
from calculators.admin_forms.view_only import MAKER_FIELDS
from calculators.models import Dimension, DimensionChoice


class DimensionChoiceForm(CodedForm):
    def other_codes(self):
        return {choice.code for choice in self.instance.dimension.choices.all() if choice.pk != self.instance.pk}


class DimensionChoiceInline(admin.TabularInline):
    model = DimensionChoice
    form = DimensionChoiceForm
    fields = ["name", "code", "order"]
    extra = 0

    def get_fields(self, request, obj=None):
        if self.has_change_permission(request, obj):
            return self.fields
        return [name for name in self.fields if name not in MAKER_FIELDS]


@admin.register(Dimension)
class DimensionAdmin(OfficeForm, admin.ModelAdmin):
    form = CodedForm
    fields = ["name", "is_range", "code", "order"]
    list_display = ["name", "code", "is_range", "choice_count", "order"]
    search_fields = ["name", "code", "choices__name"]
    inlines = [DimensionChoiceInline]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(choice_count=Count("choices"))

    @admin.display(description="选项数", ordering="choice_count")
    def choice_count(self, dimension):
        return dimension.choice_count
