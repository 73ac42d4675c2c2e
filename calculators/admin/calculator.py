"""Model admin of calculators: parts as inlines, trial computation on a case, publishing when the cases hold."""

from django.contrib import admin, messages
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from calculators.admin.calculator_pages import CalculatorPages
from calculators.admin.coded_form import CodedForm
from calculators.admin.definition_form.formsets import plain_lines
from calculators.admin.definition_form.inlines import INLINES, CaseInline
from calculators.admin.definition_form.trial import tried
from calculators.admin.definition_form.working_copy import WorkingCopy
from calculators.admin.history import HistoryAdmin, ReasonForm
from calculators.admin_forms import OfficeForm
from calculators.models import Calculator
from calculators.publishing import review

PAGES_AFTER_SAVING = ("try", "preview", "publish")


class CalculatorAdminForm(CodedForm, ReasonForm):
    code_help = "出现在网址里。留空就按名称写成拼音；发布以后不能再改。"

    def clean(self):
        return plain_lines(super().clean())


class CalculatorStateFilter(admin.SimpleListFilter):
    title = "状态"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("live", "已发布"), ("draft", "没有发布"), ("review", "待审")]

    def queryset(self, request, queryset):
        if self.value() == "live":
            return queryset.live()
        if self.value() == "review":
            return queryset.in_review()
        if self.value() == "returned":  # the worklist leads there
            return queryset.sent_back_to(request.user)
        return queryset.filter(live__isnull=True) if self.value() == "draft" else queryset


@admin.register(Calculator)
class CalculatorAdmin(OfficeForm, CalculatorPages, HistoryAdmin):
    form = CalculatorAdminForm
    list_display = ["name", "code", "state", "live_since", "case_count", "updated_at", "order"]
    list_filter = [CalculatorStateFilter]
    search_fields = ["name", "code", "summary"]
    search_help_text = "按名称、代码或说明查找"
    inlines = INLINES
    fieldsets = [
        (None, {"fields": ["name", "summary"]}),
        ("更多：说明、网址、先后", {"fields": ["description", "code", "order"], "classes": ["collapse", "more"]}),
        ("更多：在搜索框里怎么问到它", {"fields": ["triggers", "excluded_by"], "classes": ["collapse", "more"]}),
        ("更多：这次为什么改", {"fields": ["change_reason"], "classes": ["collapse", "more"]}),
    ]
    view_on_site = False  # the page has its own link, for what is live
    change_form_template = "admin/calculators/calculator/change_form.html"

    class Media:
        css = {"all": ["calculators/making.css"]}
        js = ["calculators/making.js"]

    def get_queryset(self, request):
        calculators = super().get_queryset(request)
        if request.resolver_match.url_name.endswith("_changelist"):
            return calculators.annotate(case_count=Count("cases"))
        return calculators

    def get_readonly_fields(self, request, obj=None):
        """The code of a published calculator cannot change, because it is in its URL."""
        return ["code"] if obj and obj.live else []

    @admin.display(description="状态")
    def state(self, calculator):
        if calculator.submitted_at:
            address = reverse("admin:calculators_calculator_publish", args=[calculator.pk])
            return format_html('待审 <a class="button" href="{}">去审核</a>', address)
        if calculator.live is None:
            return "没有发布"
        return "已发布，有修改还没发布" if calculator.is_ahead else "已发布"

    @admin.display(description="算例", ordering="case_count")
    def case_count(self, calculator):
        return calculator.case_count

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Pass one working copy to all formsets of the request; the cases, which come last, show words for codes."""
        if not hasattr(request, "working_copy"):
            request.working_copy = WorkingCopy(obj)
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix) | {"working_copy": request.working_copy}
        if isinstance(inline, CaseInline):
            copy = request.working_copy
            kwargs["form_kwargs"] = {"names": copy.stored_names(), "option_words": copy.stored_option_words()}
        return kwargs

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        case = request.POST.get("trial_case") or request.GET.get("case", "")
        context |= tried(request.working_copy, case)
        context["may_publish"] = change and review.may_publish(request.user, obj)
        context["may_publish_own"] = request.user.has_perm(review.PUBLISH_PERMISSION)
        context["is_view_only"] = change and not self.has_change_permission(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        """Save without a history version; `save_related` adds one after the parts are stored."""
        obj.skip_history_when_saving = True
        super().save_model(request, obj, form, change)
        del obj.skip_history_when_saving

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.working_copy.calculator = form.instance
        for sentence in request.working_copy.store_what_is_missing():
            self.message_user(request, sentence, messages.INFO)
        form.instance.keep_written(form.cleaned_data.get("change_reason", ""))
        tried(request.working_copy)
        if count := request.working_copy.problem_count():
            unfinished = f"草稿存好了。还有 {count} 处要改，改好才能发布：打开标着“要改”的那几行。"
            self.message_user(request, unfinished, messages.WARNING)

    def response_post_save_add(self, request, obj):
        return self._to_page(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return self._to_page(request, obj) or super().response_post_save_change(request, obj)

    def _to_page(self, request, obj):
        """Response of 保存并试算, 看访客的样子 and 去发布: redirect to that page of the saved calculator."""
        page = next((name for name in PAGES_AFTER_SAVING if f"_{name}" in request.POST), None)
        if page is None:
            return None
        if page != "try":
            return HttpResponseRedirect(reverse(f"admin:calculators_calculator_{page}", args=[obj.pk]))
        change = reverse("admin:calculators_calculator_change", args=[obj.pk])
        query = urlencode({"case": request.POST.get("trial_case", "")})
        return HttpResponseRedirect(f"{change}?{query}#trial")
