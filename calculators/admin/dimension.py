"""Model admin of dimensions and their choices."""

from django import forms
from django.contrib import admin
from django.db.models import Count

from calculators.admin.coded_form import CodedForm, OptionalCodeForm
from calculators.admin_forms import OfficeForm
from calculators.admin_forms.view_only import MAKER_FIELDS
from calculators.common.codes import code_from_name
from calculators.common.names import refusal_of_twin
from calculators.models import Dimension, DimensionChoice


class DimensionChoiceFormSet(forms.BaseInlineFormSet):
    """Choices of one dimension, which may be as new as they are: names that no two have, and codes made of them."""

    def clean(self):
        super().clean()
        kept = [form for form in self.forms if self._cleaned(form).get("name") and form not in self.deleted_forms]
        codes, names = {self._cleaned(form).get("code") for form in kept}, []
        for form in kept:
            name = form.cleaned_data["name"]
            if sentence := refusal_of_twin(name, names):
                form.add_error("name", sentence)
            elif form.cleaned_data.get("code") == "":
                form.instance.code = code_from_name(name, codes, "choice")
                codes.add(form.instance.code)
            names.append(name)

    def _cleaned(self, form):
        return getattr(form, "cleaned_data", {})


class DimensionChoiceInline(admin.TabularInline):
    model = DimensionChoice
    form = OptionalCodeForm
    formset = DimensionChoiceFormSet
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
