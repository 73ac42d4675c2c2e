"""View of result reports (算得不对): the form on which a visitor reports a wrong result."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from calculators.common.rate_limit import client_address, is_within_limit
from calculators.forms import CalculatorForm, typed_answers
from calculators.models import Calculator, ResultReport

MAX_REPORTS_PER_HOUR, HOUR_SECONDS = 5, 3600
TOO_MANY_REPORTS_SENTENCE = "报告得太频繁了，请过一小时再试。"


class ResultReportForm(forms.ModelForm):
    """Form of a report. `website` is a honeypot: a hidden field that only robots fill in."""

    consent = forms.BooleanField(
        label="把我填写的内容和结果一起发给编辑", required=False, help_text="只用来核对这次计算；不勾选就不保存。"
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    class Meta:
        model = ResultReport
        fields = ["sentence", "expected"]
        widgets = {"sentence": forms.Textarea(attrs={"rows": 4, "maxlength": 1000})}
        labels = {"sentence": "哪里不对", "expected": "你认为应该是多少（可以不填）"}
        error_messages = {"sentence": {"required": "请写一句哪里不对。", "max_length": "最多 1,000 个字。"}}


@cache_control(private=True, no_cache=True)  # its page keys are not complete: never kept
@csrf_exempt  # it acts for nobody, and of two tabs the first would have lost its token to the second
def report(request, code):
    """Report form. The answers are in the query string, as on the result page; without consent they are not stored."""
    calculator = get_object_or_404(Calculator.objects.as_published(), code=code)
    asked = CalculatorForm(calculator.published(), typed_answers(request.GET), timezone.localdate())
    form = ResultReportForm(request.POST or None)
    context = {"calculator": calculator, "asked": asked, "form": form, "query": request.GET.urlencode()}
    if request.method != "POST" or not form.is_valid():
        return render(request, "calculators/report.html", context)
    if not is_within_limit("report", client_address(request), most=MAX_REPORTS_PER_HOUR, seconds=HOUR_SECONDS):
        return HttpResponse(TOO_MANY_REPORTS_SENTENCE, status=429, content_type="text/plain; charset=utf-8")
    if not form.cleaned_data["website"]:
        store_report(form, calculator, asked)
    return render(request, "calculators/report.html", context | {"is_sent": True})


def store_report(form, calculator, asked):
    form.instance.calculator = calculator
    if form.cleaned_data["consent"] and asked.statement:
        answers = asked.answers
        form.instance.answers = dict(answers.raw) | asked.definition.place_and_day(answers.area, answers.on)
        form.instance.shown = {code: result.plain for code, result in asked.statement.outputs.items()}
    form.save()
