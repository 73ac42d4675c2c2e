"""What a visitor can ask: a day, and the answers of a calculator."""

from django import forms
from django.utils import timezone


class DayForm(forms.Form):
    on = forms.DateField(
        label="看哪一天",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "请写成 2026-01-31 这样的日期。"},
    )

    def day(self):
        """The day asked for; today where none, or an unreadable one, was given."""
        today = timezone.localdate()
        return (self.cleaned_data["on"] or today) if self.is_valid() else today
