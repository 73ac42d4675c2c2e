"""Admin page of the coverage grid: each cell links to its rows, or to a form that is filled in for a new one."""

from urllib.parse import urlencode

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from calculators.models import Calculator, Parameter, PoolingArea
from calculators.models.area import NATION_CODE
from calculators.policies.coverage_grid import CELL_STATES, coverage_grid
from calculators.policies.evidence import count_evidence
from calculators.publishing.missing_values import missing_values

MAX_AREAS_PER_PAGE = 60


class CoverageGridForm(forms.Form):
    family = forms.ChoiceField(label="类别")
    on = forms.DateField(label="哪一天", widget=AdminDateWidget)
    state = forms.ChoiceField(label="只看", choices=[("", "全部"), *CELL_STATES.items()], required=False)
    within = forms.ChoiceField(label="地区", required=False)
    view = forms.ChoiceField(label="按", choices=[("", "参数"), ("calculators", "计算器")], required=False)

    def __init__(self, asked):
        families = Parameter.objects.order_by("family").values_list("family", flat=True).distinct()
        self.families = list(families)
        defaults = {"family": self.families[0] if self.families else "", "on": timezone.localdate().isoformat()}
        super().__init__(defaults | {name: value for name, value in asked.items() if value})
        self.fields["family"].choices = [(family, family) for family in self.families]
        self.areas = list(PoolingArea.objects.with_ancestors().order_by("code"))
        parents = {area.parent_id for area in self.areas}
        above = [(area.code, f"{area.short_name}及下级") for area in self.areas if area.pk in parents]
        self.fields["within"].choices = [("", "全部地区"), *above]

    def chosen_areas(self):
        within = self.cleaned_data["within"]
        return [area for area in self.areas if not within or within in {owner.code for owner in area.chain()}]


class CoverageGridMixin:
    """Adds the page grid/ to the admin of policy values."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.grid_view)
        return [path("grid/", view, name="calculators_policyvalue_grid"), *super().get_urls()]

    def grid_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = CoverageGridForm(request.GET.dict())
        context = {**self.admin_site.each_context(request), "title": "收录情况", "opts": self.opts, "form": form}
        if form.is_valid():
            context |= self._grid_context(request, form)
        return render(request, "admin/calculators/policyvalue/grid.html", context)

    def _grid_context(self, request, form):
        if form.cleaned_data["view"]:
            return self._missing_context(request, form)
        on, state = form.cleaned_data["on"], form.cleaned_data["state"]
        page = Paginator(form.chosen_areas(), MAX_AREAS_PER_PAGE).get_page(request.GET.get("p"))
        full = coverage_grid(form.cleaned_data["family"], page, on)
        shown = full.narrowed(state) if state else full
        may_add = self.has_add_permission(request)
        lines = [(area, [(cell, cell_address(cell, on, may_add)) for cell in cells]) for area, cells in shown.lines]
        counts = [(CELL_STATES[name], name, count) for name, count in full.counts().items()]
        query = urlencode({name: value for name, value in form.data.items() if name != "p"})
        return {
            "evidence": count_evidence(),
            "grid": shown,
            "lines": lines,
            "counts": counts,
            "page": page,
            "query": query,
        }

    def _missing_context(self, request, form):
        """The table of places and calculators: in each cell the value that stops it, with the way to add it."""
        on, may_add = form.cleaned_data["on"], self.has_add_permission(request)
        areas = [area for area in form.chosen_areas() if area.code != NATION_CODE]
        page = Paginator(areas, MAX_AREAS_PER_PAGE).get_page(request.GET.get("p"))
        calculators = list(Calculator.objects.live())
        lines = missing_values(page, calculators, on)
        names = {name for _, cells in lines for cell in cells for name in cell.missing}
        parameters = dict(Parameter.objects.filter(name__in=names).values_list("name", "pk"))
        return {
            "calculators": calculators,
            "missing": [
                (area, [(cell, missing_addresses(cell, parameters, on, may_add)) for cell in cells])
                for area, cells in lines
            ],
            "page": page,
            "query": urlencode({name: value for name, value in form.data.items() if name != "p"}),
        }


def missing_addresses(cell, parameters, on, may_add):
    """Each missing parameter of a cell with the URL of the form of a new row of it."""
    return [(name, add_address(parameters[name], cell.area, on) if may_add else "") for name in cell.missing]


def add_address(parameter, area, on):
    query = {"parameter": parameter, "area": area.pk, "effective_from": on.isoformat()}
    return f"{reverse('admin:calculators_policyvalue_add')}?{urlencode(query)}"


def cell_address(cell, on, may_add):
    """URL of a cell: the list of its rows, or the form of a new row."""
    if cell.owner:
        query = {"parameter__id__exact": cell.parameter.pk, "area__id__exact": cell.owner.pk}
        return f"{reverse('admin:calculators_policyvalue_changelist')}?{urlencode(query)}"
    return add_address(cell.parameter.pk, cell.area, on) if may_add else ""
