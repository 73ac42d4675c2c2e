"""Base of model admins with a history: a reason for each change, and a list of changed fields."""

from django import forms
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

REASON_HELP = "写进历史记录，如“按京医保发〔2026〕1号调整”。以后的人靠它知道为什么改。"


class ReasonForm(forms.ModelForm):
    change_reason = forms.CharField(label="修改原因", max_length=100, required=False, help_text=REASON_HELP)


class HistoryChangeFormatter(HistoricalRecordContextHelper):
    """Formats old and new values of a change: the label of a choice instead of its code."""

    def prepare_delta_change_value(self, change, value):
        prepared = super().prepare_delta_change_value(change, value)
        choices = dict(self.model._meta.get_field(change.field).flatchoices)
        return choices.get(prepared, prepared) if choices and not isinstance(prepared, list) else prepared


class HistoryAdmin(SimpleHistoryAdmin):
    form = ReasonForm
    object_history_list_template = "admin/calculators/history_list.html"
    object_history_form_template = "admin/calculators/history_form.html"

    def history_view_title(self, request, obj):
        return f"历史：{obj}"

    def get_historical_record_context_helper(self, request, historical_record):
        return HistoryChangeFormatter(self.model, historical_record)

    def save_model(self, request, obj, form, change):
        obj._change_reason = form.cleaned_data.get("change_reason") or None
        super().save_model(request, obj, form, change)
