"""Admin page of second readings: another person types a figure from its source without seeing the entered one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from calculators.models import PolicyDocument, PolicyValue, Sighting
from calculators.policies.second_reading import NotASecondReader, record_second_reading, require_second_reader
from calculators.values.notation import UnreadableCell, read_cell
from calculators.values.units import UNITS


class SecondReadingForm(forms.Form):
    cell = forms.CharField(
        label="你在来源里读到的数",
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField", "autocomplete": "off"}),
        help_text="打开来源，找到这一条，照原文录。没有限额写“不设限额”，不再执行写“停止执行”，后来的标准没有查到写“此后未收录”。",
    )

    clause = forms.CharField(
        label="条款",
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="你是在哪一条读到的，如“第十二条”“三（四）”；没有条款号的写第几段、哪张表。",
    )

    def __init__(self, *args, value, **kwargs):
        super().__init__(*args, initial={"clause": value.clause}, **kwargs)
        self.shape = value.parameter.shape
        self.fields["clause"].required = value.document.grade == PolicyDocument.Grade.OFFICIAL

    def clean_cell(self):
        cell = self.cleaned_data["cell"]
        try:
            read_cell(cell, self.shape)
        except UnreadableCell as error:
            raise ValidationError(str(error)) from error
        return cell


class SecondReadingMixin:
    """Adds the page <pk>/confirm/, and records to whom the admin has shown an unverified figure."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/confirm/", view(self.confirm_view), name="calculators_policyvalue_confirm"),
            path("<int:pk>/look/", view(require_POST(self.look_view)), name="calculators_policyvalue_look"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self._question(request, object_id) or super().change_view(request, object_id, form_url, extra_context)

    def history_view(self, request, object_id, extra_context=None):
        return self._question(request, object_id) or super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        page = self._question(request, object_id)
        return page or super().history_form_view(request, object_id, version_id, extra_context)

    def _question(self, request, object_id):
        """Before a page with the figure: whoever could be its second reader is told that looking ends that. Else None."""
        value = PolicyValue.objects.with_source().filter(pk=object_id).first() if object_id.isdecimal() else None
        if request.method != "GET" or value is None or not self.has_view_permission(request, value):
            return None
        if not is_hidden_from(request.user, value) or Sighting.objects.has_seen(request.user, value):
            return None
        context = {"title": "看了就不能核对这个数", "value": value, "opts": self.opts}
        page = self.admin_site.each_context(request) | context
        return render(request, "admin/calculators/policyvalue/look.html", page)

    def look_view(self, request, pk):
        """看录入的数: from here on this person is not its second reader."""
        value = get_object_or_404(PolicyValue, pk=pk)
        if not self.has_view_permission(request, value):
            raise PermissionDenied
        record_sightings(request.user, [value])
        asked = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
        return redirect(asked if is_ours else reverse("admin:calculators_policyvalue_change", args=[pk]))

    def confirm_view(self, request, pk):
        if not request.user.has_perm("calculators.confirm_policyvalue"):
            raise PermissionDenied
        value = PolicyValue.objects.with_source().filter(pk=pk).first()
        if value is None:
            raise Http404
        try:
            require_second_reader(request.user, value)
        except NotASecondReader as refusal:
            return self._render_reading(request, value, refusal=str(refusal))
        form = SecondReadingForm(request.POST or None, value=value)
        if form.is_valid():
            typed = form.cleaned_data["cell"], form.cleaned_data["clause"]
            return self._judge(request, record_second_reading(value, request.user, *typed, on=timezone.localdate()))
        return self._render_reading(request, value, form=form)

    def _judge(self, request, reading):
        if reading.agrees:
            messages.success(request, f"“{reading.value}”两次录入一致，{reading.value.get_status_display()}。")
        else:
            messages.warning(request, f"“{reading.value}”和录入的不一致，仍是待核实，已列入待办由录入人查清。")
        return self._next_of_document(request, reading.value)

    def _next_of_document(self, request, value):
        """One sitting a document: the next figure of it that waits for this person, else the list of what waits."""
        following = _waiting_of_document(request.user, value).first()
        if following is None:
            return redirect(f"{reverse('admin:calculators_policyvalue_changelist')}?reading=waits")
        return redirect("admin:calculators_policyvalue_confirm", following.pk)

    def _render_reading(self, request, value, **context):
        document = value.document
        page = {
            **self.admin_site.each_context(request),
            "title": "核对：照来源再录一遍",
            "opts": self.opts,
            "unit": UNITS[value.unit],
            "where": f"{value.area.name} · {value.parameter.name} · {value.conditions_text or '一律适用'}",
            "first_day": value.effective_from,
            "seen_on": value.seen_on,
            "clause": value.clause,
            "document": document,
            "remaining": _waiting_of_document(request.user, value).count(),
        }
        return render(request, "admin/calculators/policyvalue/confirm.html", page | context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        record_sightings(request.user, [obj])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def render_history_view(self, request, template, context, **kwargs):
        value = PolicyValue.objects.filter(pk=context.get("object_id") or context["object"].pk).first()
        record_sightings(request.user, [value])
        return super().render_history_view(request, template, context, **kwargs)


def record_sightings(user, values):
    """Record that `user` is shown these rows (or None) and so can no longer be the second reader of one."""
    Sighting.objects.record(user, [value for value in values if value is not None and is_hidden_from(user, value)])


def is_hidden_from(user, value):
    """Whether lists hide this figure from `user`, who could still be its second reader."""
    waits = value.status == PolicyValue.Status.RECALLED and value.entered_by_id != user.pk
    return waits and user.has_perm("calculators.confirm_policyvalue")


def _waiting_of_document(user, value):
    """Other figures of the same document that wait for this person and that they have not seen, in the order of the text."""
    waiting = PolicyValue.objects.waiting_for(user).filter(document=value.document_id).exclude(pk=value.pk)
    seen = Sighting.objects.filter(user=user).values("value")
    waiting = waiting.exclude(pk__in=seen).exclude(readings__reader=user)
    return waiting.order_by("clause", "parameter__name", "area__code", "conditions_key", "pk")
