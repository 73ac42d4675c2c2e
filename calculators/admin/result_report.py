"""Model admin of result reports; an action turns a report into a worked case."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from calculators.admin_forms import OfficeForm
from calculators.forms import CalculatorForm
from calculators.models import ResultReport

PLAIN_WORDS = {"unlimited": "不设限额", "True": "是", "False": "否"}


class OpenReportFilter(admin.EmptyFieldListFilter):
    def choices(self, changelist):
        words = ["全部", "待处理", "已了结"]
        return [choice | {"display": word} for choice, word in zip(super().choices(changelist), words, strict=True)]


@admin.register(ResultReport)
class ResultReportAdmin(OfficeForm, admin.ModelAdmin):
    """Reports of visitors; one with answers becomes a worked case in one click."""

    list_display = ["sentence", "calculator", "expected", "at", "has_answers", "case", "closed"]
    list_filter = [("closed", OpenReportFilter), "calculator"]
    list_select_related = ["calculator", "case"]
    search_fields = ["sentence", "calculator__name"]
    date_hierarchy = "at"
    fields = ["calculator", "at", "sentence", "expected", "answered", "was_shown", "become", "answer"]
    readonly_fields = ["calculator", "at", "sentence", "expected", "answered", "was_shown", "become"]
    actions = ["close"]
    change_form_template = "admin/calculators/resultreport/change_form.html"

    def has_add_permission(self, request):
        return False

    @admin.display(description="有填写内容", boolean=True)
    def has_answers(self, report):
        return bool(report.answers)

    @admin.display(description="填写的内容")
    def answered(self, report):
        return pairs(in_words(report)) if report.answers else "访客没有同意保存。"

    @admin.display(description="当时的结果")
    def was_shown(self, report):
        labels = {output.code: output.words for output in definition_of(report).outputs}
        return (
            pairs((labels.get(code, code), PLAIN_WORDS.get(str(text), text)) for code, text in report.shown.items())
            or "没有保存。"
        )

    @admin.display(description="算例")
    def become(self, report):
        if report.case_id:
            url = reverse("admin:calculators_calculator_change", args=[report.calculator_id])
            return format_html('<a href="{}#cases-group">{}</a>', url, report.case)
        return "可以变成算例。" if report.can_become_case else "没有填写的内容，变不成算例。"

    def get_urls(self):
        view = self.admin_site.admin_view(self.become_case)
        return [path("<int:pk>/case/", view, name="calculators_resultreport_case"), *super().get_urls()]

    @transaction.atomic
    def become_case(self, request, pk):
        report = get_object_or_404(ResultReport.objects.select_related("calculator"), pk=pk)
        if not request.user.has_perm("calculators.change_calculator"):
            raise PermissionDenied
        if request.method == "POST" and report.can_become_case:
            report.become_case()
            messages.success(request, "已加进工作稿的算例，请核对应得的数，再决定改哪里。")
            return redirect(
                f"{reverse('admin:calculators_calculator_change', args=[report.calculator_id])}#cases-group"
            )
        return redirect("admin:calculators_resultreport_change", pk)

    @admin.action(description="了结：看过了，不用改", permissions=["change"])
    def close(self, request, queryset):
        count = queryset.open().update(closed=timezone.now(), answer="看过了，不用改")
        self.message_user(request, f"了结了 {count} 份。")

    def save_model(self, request, obj, form, change):
        """Close a report that has an answer."""
        obj.closed = obj.closed or (timezone.now() if obj.answer else None)
        super().save_model(request, obj, form, change)


def definition_of(report):
    return report.calculator.published() if report.calculator.live else report.calculator.definition()


def in_words(report):
    """Answers in words; as sent if the calculator's questions have changed since."""
    asked = CalculatorForm(definition_of(report), report.answers, timezone.localdate(report.at))
    return asked.given if asked.statement else report.answers.items()


def pairs(entries):
    return format_html_join("", "<div>{}：{}</div>", entries)
