"""Confirmation page between filling in a policy value and storing it, which shows the impact of the change.

The posted form is sent again in hidden fields. An implausible change, or one after which a worked case
of a published calculator no longer holds, is stored only with a reason.
"""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.shortcuts import render
from django.utils.html import format_html

from calculators.admin.value_second_reading import record_sightings
from calculators.models import PolicyValue
from calculators.policies.plausibility import outliers_of
from calculators.publishing.impact import impact_of, open_findings

IMPACT_SHOWN_FIELD = "impact_shown"
EDIT_AGAIN_FIELD = "edit_again"
FIELDS_NOT_RESENT = {"csrfmiddlewaretoken", "change_reason", IMPACT_SHOWN_FIELD, EDIT_AGAIN_FIELD}


class ImpactMixin:
    """Shows the page before every save of a figure: adding, changing, and restoring from the history.

    `request.impact` is the impact that was shown; None if the figure does not change.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.impact = None
        if request.method == "POST" and EDIT_AGAIN_FIELD not in request.POST:
            stored = self.get_object(request, unquote(object_id)) if object_id else None
            if page := self._before_storing(request, stored, stored):
                return page
        return super().changeform_view(request, object_id, form_url, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        request.impact = None
        if request.method == "POST":
            version = PolicyValue.history.filter(id=object_id, history_id=version_id).first()
            stored = self.get_object(request, unquote(object_id))
            if version and (page := self._before_storing(request, row_of_version(version), stored)):
                return page
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _before_storing(self, request, instance, stored):
        """The confirmation page, or None if the posted form can be stored."""
        allowed = self.has_change_permission(request, stored) if stored else self.has_add_permission(request)
        if not allowed or (instance is None and self._parameter_asked(request) is None):
            return None
        stored = stored and PolicyValue.objects.with_source().get(pk=stored.pk)
        form = self.get_form(request, instance, change=instance is not None)(
            request.POST, request.FILES, instance=instance
        )
        if not form.is_valid() or (stored and form.instance.is_same_figure(stored)):
            return None
        impact, slips = impact_of([form.instance]), outliers_of(form.instance, stored)
        needs_reason = bool(impact.broken or slips)
        has_reason = bool(request.POST.get("change_reason", "").strip())
        if IMPACT_SHOWN_FIELD in request.POST and (has_reason or not needs_reason):
            request.impact = impact
            return None
        return self._show_impact(request, form, impact, slips, needs_reason)

    def _show_impact(self, request, form, impact, slips, needs_reason):
        record_sightings(request.user, [change.old for change in impact.changes])
        hidden = [
            (name, text) for name, texts in request.POST.lists() if name not in FIELDS_NOT_RESENT for text in texts
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": "保存之前：它会影响什么",
            "opts": self.opts,
            "form": form,
            "change": impact.changes[0],
            "impact": impact,
            "slips": slips,
            "needs_reason": needs_reason,
            "reason_missing": needs_reason and IMPACT_SHOWN_FIELD in request.POST,
            "hidden": hidden,
        }
        return render(request, "admin/calculators/policyvalue/impact.html", context)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if request.impact is not None and not request.impact.is_empty:
            self._follow_up(request, request.impact)

    def _follow_up(self, request, impact):
        count = open_findings(impact)
        messages.info(
            request, format_html('{} 项受影响的内容已列入<a href="/admin/calculators/finding/">待办</a>。', count)
        )


def row_of_version(version):
    """A version of the history as an unsaved row."""
    instance = version.instance
    instance._state.adding = False
    return instance
