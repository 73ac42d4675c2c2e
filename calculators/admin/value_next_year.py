"""Admin page that copies the values of one place for the next year: last year's rows beside empty cells, saved all or none."""

import hashlib
from dataclasses import dataclass, field

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from calculators.admin.value_second_reading import is_hidden_from, record_sightings
from calculators.models import PolicyDocument, PolicyValue, PoolingArea
from calculators.policies.plausibility import outliers_of
from calculators.publishing.impact import impact_of, open_findings
from calculators.values.notation import UnreadableCell

ONE_DAY = timezone.timedelta(days=1)
CELL_NAME = "cell-{}"


class PlaceForm(forms.Form):
    """The place whose values are copied, and the first day of the new ones."""

    area = forms.ModelChoiceField(label="地区", queryset=PoolingArea.objects.none(), empty_label="请选择")
    first_day = forms.DateField(label="新数值的首日", widget=AdminDateWidget)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        owners = PolicyValue.objects.order_by().values("area")
        self.fields["area"].queryset = PoolingArea.objects.filter(pk__in=owners).order_by("code")
        self.fields["first_day"].initial = timezone.localdate().replace(
            month=1, day=1, year=timezone.localdate().year + 1
        )


class SourceForm(forms.Form):
    """What all new rows have in common."""

    document = forms.ModelChoiceField(
        label="依据哪份文件",
        queryset=PolicyDocument.objects.accepted(),
        widget=AutocompleteSelect(PolicyValue._meta.get_field("document"), admin.site),
    )
    review_by = forms.DateField(
        label="复核截止", required=False, widget=AdminDateWidget, help_text="最晚哪天再查一遍，可以不写。"
    )
    reason = forms.CharField(
        label="理由",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="写进每一行的历史。",
    )

    def ask_for_reason(self):
        """Show at the first look at the impact already that these cells are stored only with a reason."""
        self.fields["reason"].widget.attrs["required"] = True
        self["reason"].help_text = "必填：有看起来像笔误的数，或者有算例不再成立。写进每一行的历史。"


@dataclass
class NextYearCell:
    """A row in force and the cell beside it; `new` is the row that is made of it, None while the cell is blank."""

    row: PolicyValue
    shown: str
    typed: str = ""
    new: PolicyValue | None = None
    entered: PolicyValue | None = None  # the row of that day, where somebody has entered one
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return CELL_NAME.format(self.row.pk)


class NextYearMixin:
    """Adds the page next-year/ to the admin of policy values."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.next_year_view)
        return [path("next-year/", view, name="calculators_policyvalue_next_year"), *super().get_urls()]

    def next_year_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        place = PlaceForm(request.GET if "area" in request.GET else None)
        if not place.is_valid():
            return self._next_year_page(request, place=place)
        area, first_day = place.cleaned_data["area"], place.cleaned_data["first_day"]
        source = SourceForm(request.POST or None)
        cells = list(_cells(request, area, first_day))
        context = {"place": place, "source": source, "cells": cells, "area": area, "first_day": first_day}
        if request.method == "POST" and source.is_valid() and _read(cells, area, first_day, source):
            return self._look_or_store(request, cells, context)
        return self._next_year_page(request, **context)

    def _look_or_store(self, request, cells, context):
        """Show the impact of exactly these cells first; store them all once it was shown."""
        filled, source = [cell for cell in cells if cell.new], context["source"]
        rows = [cell.new for cell in filled]
        if not rows:
            source.add_error(None, "还没有填一个新的数。")
            return self._next_year_page(request, **context)
        impact = impact_of(rows)
        slips = [(str(cell.row), sentences) for cell in filled if (sentences := outliers_of(cell.new))]
        needs_reason, shown = bool(impact.broken or slips), _digest(request.POST, cells)
        if request.POST.get("shown") == shown and (source.cleaned_data["reason"] or not needs_reason):
            self._store_next_year(request, rows, source.cleaned_data["reason"], impact)
            return redirect("admin:calculators_policyvalue_changelist")
        record_sightings(request.user, [change.old for change in impact.changes])
        if needs_reason:
            source.ask_for_reason()
        if request.POST.get("shown") == shown:
            source.add_error("reason", "有看起来像笔误的数，或者有算例不再成立，写明理由才能保存。")
        context |= {"impact": impact, "slips": slips, "shown": shown, "row_count": len(rows)}
        return self._next_year_page(request, **context)

    def _store_next_year(self, request, rows, reason, impact):
        with transaction.atomic():
            for row in rows:
                row.enter(request.user)
                row._change_reason = reason or None
                row.save()
            if not impact.is_empty:
                open_findings(impact)
        messages.success(request, f"存好了 {len(rows)} 个数，等另一个人核对。")

    def _next_year_page(self, request, **context):
        page = {**self.admin_site.each_context(request), "title": "复制为明年", "opts": self.opts, "media": self.media}
        return render(request, "admin/calculators/policyvalue/next_year.html", page | context)


def _cells(request, area, first_day):
    rows = PolicyValue.objects.filter(area=area).current(first_day - ONE_DAY)
    of_the_day = PolicyValue.objects.filter(area=area, effective_from=first_day).exclude(kind=PolicyValue.Kind.UNKNOWN)
    entered = {(row.parameter_id, row.conditions_key): row for row in of_the_day}
    for row in rows.with_source().order_by("parameter__family", "parameter__name", "conditions_key"):
        shown = "等人核对，先不显示" if is_hidden_from(request.user, row) else row.shown
        typed = request.POST.get(CELL_NAME.format(row.pk), "").strip()
        yield NextYearCell(row, shown, typed, entered=entered.get((row.parameter_id, row.conditions_key)))


def _read(cells, area, first_day, source) -> bool:
    """Make a row of each cell that says something; whether all could be read. What is wrong with the document is said once."""
    of_document = {}
    for cell in cells:
        if cell.typed:
            new = _row_of_the_day(cell.row, area, first_day)
            new.document, new.clause = source.cleaned_data["document"], ""
            new.review_by = source.cleaned_data["review_by"]
            try:
                new.written = cell.typed
                new.full_clean()
            except UnreadableCell as error:
                cell.errors = [str(error)]
            except ValidationError as error:
                said = error.message_dict
                of_document |= dict.fromkeys(said.pop("document", []))
                cell.errors = [sentence for sentences in said.values() for sentence in sentences]
            else:
                cell.new = new
    if of_document:
        source.add_error("document", list(of_document))
    return not of_document and not any(cell.errors for cell in cells)


def _row_of_the_day(row, area, first_day) -> PolicyValue:
    """A new row; where that day's says 此后未收录 it is that one, which the new figure replaces."""
    same = PolicyValue.objects.filter(parameter=row.parameter, area=area, conditions_key=row.conditions_key)
    unknown = same.filter(effective_from=first_day, kind=PolicyValue.Kind.UNKNOWN).first()
    return unknown or PolicyValue(
        parameter=row.parameter, area=area, conditions=dict(row.conditions), unit=row.unit, effective_from=first_day
    )


def _digest(post, cells):
    """Tells whether what is posted is what the impact was shown of."""
    said = [post.get("document", ""), *(f"{cell.name}={cell.typed}" for cell in cells)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
