"""Admin pages for import and export of policy values: a dry run shows the changes of each row, then all rows are stored or none."""

import tablib
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from calculators.admin.value_second_reading import record_sightings
from calculators.common.spreadsheets import (
    MEDIA_TYPES,
    Table,
    UnreadableTable,
    read_csv,
    read_table,
    rewrite_table,
    write_table,
)
from calculators.policies.value_import_columns import PolicyValueResource
from calculators.publishing.impact import impact_of, open_findings


class ValueImportForm(forms.Form):
    file = forms.FileField(
        label="表格",
        help_text="CSV 或 XLSX，表头和导出的一样。先试运行给你看每一行改了什么，确认以后才保存；有一行不对就一行都不存。",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.tsv,.txt"}),
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            self.table = read_table(upload.name, upload.read())
        except UnreadableTable as error:
            raise forms.ValidationError(str(error)) from error
        return upload


class ValueImportConfirmForm(forms.Form):
    """Confirmation of an import; it carries the table of the dry run, so that exactly that table is stored."""

    table = forms.CharField(widget=forms.HiddenInput, strip=False)
    reason = forms.CharField(label="理由", max_length=100, required=False, help_text="写进每一行的历史记录。")

    def clean_table(self):
        try:
            return read_csv(self.cleaned_data["table"])
        except UnreadableTable as error:
            raise forms.ValidationError(str(error)) from error


class ValueImportExportMixin:
    """Adds import/, export.csv and export.xlsx to the admin of policy values."""

    change_list_template = "admin/calculators/policyvalue/change_list.html"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.import_view), name="calculators_policyvalue_import"),
            path("export.<str:suffix>", wrap(self.export_view), name="calculators_policyvalue_export"),
            *super().get_urls(),
        ]

    def import_view(self, request):
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        if "table" in request.POST:
            return self._store(request, ValueImportConfirmForm(request.POST))
        form = ValueImportForm(request.POST or None, request.FILES or None)
        if not form.is_valid():
            return self._render_import(request, form=form)
        return self._show_trial(request, form.table, ValueImportDryRun(form.table, request.user))

    def _show_trial(self, request, table, trial, confirm=None):
        record_sightings(request.user, trial.told)
        confirm = confirm or ValueImportConfirmForm(initial={"table": rewrite_table(table)})
        confirm.fields["reason"].required = trial.needs_reason
        return self._render_import(request, form=ValueImportForm(), confirm=confirm, report=trial, impact=trial.impact)

    def _store(self, request, confirm):
        """Store the table after another dry run: rows may have changed since, and the impact is known only before storing."""
        if not confirm.is_valid():
            return self._render_import(request, form=ValueImportForm(), confirm=confirm)
        table, reason = confirm.cleaned_data["table"], confirm.cleaned_data["reason"]
        trial = ValueImportDryRun(table, request.user)
        if trial.needs_reason and not reason:
            confirm.add_error("reason", "有看起来像笔误的数，或者有算例不再成立，写明理由才能保存。")
        if trial.faults or confirm.errors:
            return self._show_trial(request, table, trial, confirm)
        store_table(table, request.user, reason)
        if trial.impact and not trial.impact.is_empty:
            open_findings(trial.impact)
        messages.success(request, f"导入完成：{trial.summary}。")
        return redirect("admin:calculators_policyvalue_changelist")

    def _render_import(self, request, **context):
        columns = PolicyValueResource().get_export_headers()
        page = {**self.admin_site.each_context(request), "title": "导入政策数值", "opts": self.opts, "columns": columns}
        return render(request, "admin/calculators/policyvalue/import.html", page | context)

    def export_view(self, request, suffix):
        """Export the rows of the filtered list, in the format that import reads."""
        if suffix not in MEDIA_TYPES or not self.has_view_permission(request):
            raise PermissionDenied
        rows = list(self.get_changelist_instance(request).get_queryset(request).with_source())
        record_sightings(request.user, rows)
        exported = PolicyValueResource().export(rows)
        content = write_table(exported.headers, exported, suffix)
        name = f"policy-values-{timezone.localdate():%Y%m%d}.{suffix}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=MEDIA_TYPES[suffix], headers=headers)


class ValueImportDryRun:
    """Import that is rolled back: errors of the table, or the changes and warnings of each row and the impact of all."""

    def __init__(self, table: Table, user):
        resource = PolicyValueResource()
        result = resource.import_data(_dataset(table), dry_run=True, user=user)
        self.totals = result.totals
        self.notes = sorted(table.notes.items())
        numbers = list(table.rows)  # a person counts as the spreadsheet does
        found = [(place and numbers[place - 1], sentence) for place, sentence in _faults(result)]
        unread = [(number, sentence) for number, sentences in table.faults.items() for sentence in sentences]
        self.faults = sorted([*unread, *(fault for fault in found if fault[0] not in table.faults)])
        kept = [] if self.faults else result.valid_rows()
        for row in kept:
            row.number = numbers[row.number - 1]
        self.rows = [(row, list(resource.changes(row))) for row in kept]
        moved = [row.instance for row in kept if not row.original or not row.instance.is_same_figure(row.original)]
        self.impact = impact_of(moved) if moved else None
        # Rows that the trial shows, or tells to be as the table has them.
        self.told = [*resource.met, *(change.old for change in (self.impact.changes if self.impact else ()))]
        self.needs_reason = any(row.outliers for row in kept) or bool(self.impact and self.impact.broken)

    @property
    def summary(self):
        totals = self.totals
        return f"新增 {totals['new']} 行，修改 {totals['update']} 行，{totals['skip']} 行没有变化"


def _dataset(table):
    return tablib.Dataset(*table.rows.values(), headers=table.headers)


def _faults(result):
    """Error sentences with the place of their row in the table, 0 for the whole table."""
    if result.base_errors:
        yield from ((0, str(error.error)) for error in result.base_errors)
        return
    yield from ((place, str(error.error)) for place, errors in result.row_errors() for error in errors)
    yield from ((row.number, sentence) for row in result.invalid_rows for sentence in row.error.messages)


def store_table(table: Table, user, reason):
    """Import all rows or none; an error that the dry run did not show raises."""
    PolicyValueResource().import_data(
        _dataset(table), raise_errors=True, rollback_on_validation_errors=True, user=user, reason=reason
    )
