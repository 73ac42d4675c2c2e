"""Admin pages on which a calculator is published, submitted to somebody who publishes it, sent back or taken down."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect

from calculators.publishing import review
from calculators.publishing.gate import PublishingBlocked, inspect_definition, publish, withdraw

REVIEW_STEPS = {  # by the name of the button: the step, and what is said when it is taken
    "_submit": (review.submit, "“{}”已送审，由另一个人发布。"),
    "_take_back": (review.take_back, "“{}”已撤回，现在又是草稿。"),
    "_send_back": (review.send_back, "“{}”已退回。"),
}


class PublishForm(forms.Form):
    reason = forms.CharField(
        label="原因", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2, "cols": 60})
    )


class CalculatorPublishing:
    """Mixed into the admin of calculators."""

    def publish_page(self, request, pk):
        calculator = self._changeable(request, pk)
        form = PublishForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                publish(calculator, request.user, form.cleaned_data["reason"])
            except PublishingBlocked as blocked:
                return self._publish_form(request, calculator, form, blocked.report, blocked=True)
            except review.ReviewRefused as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
                return redirect("admin:calculators_calculator_publish", pk)
            self.message_user(request, f"“{calculator}”已发布，访客现在用的就是这一版。", messages.SUCCESS)
            return redirect("admin:calculators_calculator_change", pk)
        return self._publish_form(request, calculator, form, inspect_definition(calculator.definition()))

    def _publish_form(self, request, calculator, form, report, **context):
        context |= {"may_publish": review.may_publish(request.user, calculator), "form": form, "report": report}
        return self._page(request, "publish", calculator, **context)

    def review_page(self, request, pk):
        """Takes a step of the review: 送审, 撤回送审 or 退回修改."""
        calculator = self._changeable(request, pk)
        name = next((name for name in REVIEW_STEPS if name in request.POST), None)
        if name is None:
            return redirect("admin:calculators_calculator_publish", pk)
        take, done = REVIEW_STEPS[name]
        form = PublishForm(request.POST)
        try:
            take(calculator, request.user, form.cleaned_data["reason"] if form.is_valid() else "")
        except review.ReviewRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect("admin:calculators_calculator_publish", pk)
        self.message_user(request, done.format(calculator), messages.SUCCESS)
        return redirect("admin:calculators_calculator_change", pk)

    def withdraw_page(self, request, pk):
        calculator = self._changeable(request, pk)
        form = PublishForm(request.POST or None)
        form.fields["reason"].required = True
        if request.method == "POST" and form.is_valid():
            withdraw(calculator, request.user, form.cleaned_data["reason"])
            self.message_user(request, f"“{calculator}”已撤下，工作稿还在。", messages.SUCCESS)
            return redirect("admin:calculators_calculator_change", pk)
        return self._page(request, "withdraw", calculator, form=form)
