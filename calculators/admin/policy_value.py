"""Model admin of policy values: list, filters, search, and a form in two steps (parameter, then value)."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from calculators.admin.history import HistoryAdmin
from calculators.admin.value_filters import FirstDayFilter, ReadingFilter, ReviewFilter, ValueKindFilter
from calculators.admin.value_form import CELL_FIELDS, condition_rows, form_for
from calculators.admin.value_grid import CoverageGridMixin
from calculators.admin.value_history import ValueChangeFormatter
from calculators.admin.value_impact import ImpactMixin
from calculators.admin.value_import_export import ValueImportExportMixin
from calculators.admin.value_next_year import NextYearMixin
from calculators.admin.value_second_reading import SecondReadingMixin, is_hidden_from, record_sightings
from calculators.admin_forms import OfficeForm
from calculators.admin_forms.help_links import help_link
from calculators.models import Parameter, PolicyValue, PoolingArea

MAX_LISTED_CHARACTERS = 40  # characters of a text in the list; the whole is on its page


@admin.display(description="核对")
def reading_button(value):
    url = reverse("admin:calculators_policyvalue_confirm", args=[value.pk])
    return format_html('<a class="button" href="{}">核对</a>', url)


READING_LIST = [reading_button, "parameter", "area", "applies_to", "first_day", "document"]


# For whoever may only look: no boxes of the form, but what they would say in words.
VIEW_FIELDSETS = [
    (None, {"fields": ["parameter_shown", "area", "figure_shown", "applies_to"]}),
    ("从哪天起", {"fields": ["first_day", "seen_on", "due"]}),
    ("出处", {"fields": ["document", "clause", "note", "state", "readings_shown"]}),
]


def is_reading_list(request):
    """Whether the list is of what waits for this person as second reader: the worklist leads there."""
    return request.GET.get(ReadingFilter.parameter_name) == "waits"


@admin.register(PolicyValue)
class PolicyValueAdmin(
    OfficeForm, CoverageGridMixin, NextYearMixin, ValueImportExportMixin, SecondReadingMixin, ImpactMixin, HistoryAdmin
):
    help_links = {"effective_from": "dates", "document": "document", "review_by": "dates"}
    list_display = [
        "parameter",
        "area",
        "applies_to",
        "shown",
        "first_day",
        "status",
        "due",
        "document",
    ]
    list_filter = [
        "status",
        ReadingFilter,
        ReviewFilter,
        FirstDayFilter,
        "parameter__family",
        "area",
        ValueKindFilter,
        "unit",
    ]
    list_select_related = ["parameter", "area", "document"]
    list_per_page = 50
    search_fields = [
        "parameter__name",
        "parameter__code",
        "area__short_name",
        "conditions_text",
        "document__number",
        "document__title",
        "note",
    ]
    search_help_text = "按参数、地区、适用人群、文号或备注查找，如“北京 起付线”"
    autocomplete_fields = ["area", "document"]
    readonly_fields = ["parameter_shown", "state", "readings_shown"]

    class Media:
        css = {"all": ["calculators/admin.css"]}

    @admin.display(description="数值")
    def figure_shown(self, value):
        return value.shown

    @admin.display(description="适用于", ordering="conditions_text")
    def applies_to(self, value):
        return value.conditions_text or "一律适用"

    @admin.display(description="首日", ordering="effective_from")
    def first_day(self, value):
        return value.effective_from.isoformat() if value.effective_from else "未核"

    @admin.display(description="复核截止", ordering="review_by", empty_value="没有定")
    def due(self, value):
        return value.review_by and value.review_by.isoformat()

    def get_list_display(self, request):
        """Columns with the figure hidden from those who could be its second reader."""

        @admin.display(description="数值")  # in no order: where a hidden figure stands would tell it
        def figure(value):
            if not is_hidden_from(request.user, value):
                return Truncator(value.shown).chars(MAX_LISTED_CHARACTERS)
            return format_html("等人核对，先不显示 {}", reading_button(value))

        if is_reading_list(request):
            return READING_LIST
        return [figure if name == "shown" else name for name in self.list_display]

    def get_list_display_links(self, request, list_display):
        """No row of the list of what waits for its second reader leads to the page with the figure."""
        return None if is_reading_list(request) else super().get_list_display_links(request, list_display)

    def lookup_allowed(self, lookup, value, request=None):
        """Refuse look-ups by figure in URLs: they would reveal hidden figures."""
        return lookup.split("__")[0] not in CELL_FIELDS and super().lookup_allowed(lookup, value, request)

    def add_view(self, request, form_url="", extra_context=None):
        """Form in two steps: the first chooses the parameter, the second has only the fields it declares."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if self._parameter_asked(request) is None:
            return self._choose_parameter(request)
        return super().add_view(request, form_url, extra_context)

    def _parameter_asked(self, request):
        asked = request.GET.get("parameter", "")
        return Parameter.objects.filter(pk=asked).first() if asked.isdecimal() else None

    def kept_title(self, request, posted, obj):
        asked = QueryDict(request.POST.get("form_query", "")).get("parameter", "")
        new = Parameter.objects.filter(pk=asked).first() if asked.isdecimal() else ""
        return " ".join([str(obj or new), *posted.get("written", [])])

    def _choose_parameter(self, request):
        context = {
            **self.admin_site.each_context(request),
            "title": "增加政策数值：先选参数",
            "opts": self.opts,
            "parameters": Parameter.objects.order_by("family", "name"),
            "kept": self.kept_texts(request, ""),
            "areas": PoolingArea.objects.order_by("code"),
        }
        return render(request, "admin/calculators/policyvalue/choose.html", context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        parameter = obj.parameter if obj else self._parameter_asked(request)
        return super().get_form(request, obj, change, form=form_for(parameter), **kwargs)

    def get_readonly_fields(self, request, obj=None):
        if obj and not self.has_change_permission(request, obj):  # on the page of an earlier version too
            return flatten_fieldsets(VIEW_FIELDSETS)
        return super().get_readonly_fields(request, obj)

    def get_fieldsets(self, request, obj=None):
        if obj and not self.has_change_permission(request, obj):
            return VIEW_FIELDSETS
        parameter = obj.parameter if obj else self._parameter_asked(request)
        conditions = condition_rows(form_for(parameter))
        return [
            (None, {"fields": ["parameter_shown", "area", ("written", "unit")]}),
            *(
                [("适用于谁（不选就是一律适用）", {"fields": conditions, "description": help_link("conditions")})]
                if conditions
                else []
            ),
            ("从哪天起", {"fields": [("effective_from", "seen_on"), "review_by"]}),
            ("出处", {"fields": ["document", "clause", "note", "state", "readings_shown"]}),
            (None, {"fields": ["change_reason"]}),
        ]

    @admin.display(description="参数")
    def parameter_shown(self, value):
        parameter = value.parameter
        return format_html(
            '<a href="{}">{}</a>（{}）',
            reverse("admin:calculators_parameter_change", args=[parameter.pk]),
            parameter.name,
            parameter.get_shape_display(),
        )

    @admin.display(description="状态")
    def state(self, value):
        if value.pk is None:
            return "保存后为“待核实”，由另一个人打开来源、写明条款再录一遍：一致的，出自官方原文算“已核实”，出自转述算“据转述”。征求意见稿不参加计算。"
        who = f"（核对人：{value.confirmed_by}）" if value.confirmed_by else ""
        return f"{value.get_status_display()}{who}"

    @admin.display(description="核对记录")
    def readings_shown(self, value):
        """Second readings; one that differs shows what was typed, for whoever settles the difference."""
        lines = (
            (
                timezone.localdate(reading.at),
                reading.reader or "",
                "一致" if reading.agrees else f"不一致，读到的是 {reading.typed}",
            )
            for reading in (value.readings.select_related("reader") if value.pk else ())
        )
        return format_html_join(mark_safe("<br>"), "{} {}：{}", lines) or "还没有人核对过。"

    def collision_shown(self, request, stored):
        record_sightings(request.user, [stored])

    def get_historical_record_context_helper(self, request, historical_record):
        return ValueChangeFormatter(self.model, historical_record)

    def save_model(self, request, obj, form, change):
        """Mark a new or changed figure as unverified, whoever enters it."""
        stored = PolicyValue.objects.filter(pk=obj.pk).first()
        if stored is None or not obj.is_same_figure(stored):
            obj.enter(request.user)
        super().save_model(request, obj, form, change)
