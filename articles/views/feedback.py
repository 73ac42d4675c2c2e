"""有帮助/没帮助 and 报错: forms that set no cookie, are held to a measure, and keep nothing about who sent them."""

import re

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.models import Article, Feedback
from articles.models.feedback import OWN_PATH, is_own_page
from calculators.common.rate_limit import client_address, is_within_limit

MAX_REPORTS_AN_HOUR = 20


class FeedbackForm(forms.Form):
    """`website` is a box no reader sees; whoever fills it is a program."""

    about = forms.RegexField(OWN_PATH, max_length=300, widget=forms.HiddenInput)
    reason = forms.ChoiceField(label="哪里不对", choices=Feedback.Reason.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="说得具体些（可不填）",
        required=False,
        max_length=500,
        help_text="比如哪个数字、你看到的文件叫什么。请不要写姓名、证件号和电话。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    website = forms.CharField(required=False, label="请留空", widget=forms.TextInput(attrs={"autocomplete": "off"}))


@csrf_exempt  # it knows no user whose rights could be borrowed, and a page with a token could not be kept
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request):
    if request.method == "POST":
        return _voted(request) if "vote" in request.POST else _reported(request)
    form = FeedbackForm(initial={"about": request.GET.get("about", "/")})
    return _form_page(request, form, voted="voted" in request.GET)


def thanks(request):
    return _page(request, "articles/thanks.html", about=_own(request.GET.get("about", "")))


def _voted(request):
    """One click. 没帮助 is asked why."""
    about, vote = _own(request.POST.get("about", "")), request.POST["vote"]
    if vote in {Feedback.Kind.HELPFUL, Feedback.Kind.UNHELPFUL}:
        _keep(request, vote, about)
    if vote == Feedback.Kind.UNHELPFUL:
        return HttpResponseRedirect(f"{reverse('articles:feedback')}?{urlencode({'about': about, 'voted': 1})}")
    return _to_thanks(about)


def _reported(request):
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    said = form.cleaned_data
    if not said["website"]:
        _keep(request, Feedback.Kind.REPORT, said["about"], reason=said["reason"], text=said["text"])
    return _to_thanks(said["about"])


def _keep(request, kind, about, **fields):
    """Quietly nothing once somebody has said too much in an hour."""
    if not is_within_limit("feedback", client_address(request), most=MAX_REPORTS_AN_HOUR, seconds=3600):
        return
    slug = re.fullmatch(r"/articles/([^/?]+)/.*", about)
    article = Article.objects.filter(slug=slug[1]).first() if slug else None
    Feedback.objects.create(kind=kind, path=about, article=article, **fields)


def _own(about):
    """A page of ours, whatever the address says; the first page where it is none."""
    return about if is_own_page(about) else "/"


def _to_thanks(about):
    return HttpResponseRedirect(f"{reverse('articles:thanks')}?{urlencode({'about': about})}")


def _form_page(request, form, **more):
    return _page(request, "articles/feedback.html", form=form, about=_own(form["about"].value() or ""), **more)


def _page(request, template, status=200, **context):
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response
