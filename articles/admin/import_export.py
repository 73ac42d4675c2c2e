"""Import with a dry run first, and export of what is selected."""

import zipfile
from io import BytesIO

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from articles.import_export import files, importer
from articles.models import Category
from calculators.common.spreadsheets import MEDIA_TYPES, UnwritableTable

A_PART = 20  # articles checked in one request: what a person waits for a sign of progress


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        return [super(SeveralFilesField, self).clean(file, initial) for file in data or [None]]


class ImportForm(forms.Form):
    files = SeveralFilesField(
        label="文件",
        widget=SeveralFilesInput(attrs={"accept": ",".join(f".{suffix}" for suffix in files.READERS)}),
        help_text=(
            "Markdown（可以一次选多个，Hexo、Hugo、Jekyll 的也行）、CSV、XLSX、制表符分隔的文本，或 WordPress 导出的 XML。"
            "网址名相同的文章会多一个新版本，发布后读者才看到。"
        ),
    )
    really = forms.BooleanField(
        label="真的导入",
        required=False,
        help_text="不勾选只试一遍：报告每一行会怎样，什么也不存。有一行不行，就全都不存。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from"] = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def categories(self):
        """What was chosen for each 栏目 that the site does not have: the key of one of ours, NEW_CATEGORY, or nothing yet."""
        return (
            dict(zip(self.data.getlist("unknown"), self.data.getlist("becomes"), strict=False)) if self.is_bound else {}
        )

    def incoming(self):
        """The articles of all files, in their order."""
        for file in self.cleaned_data["files"]:
            yield from files.read(file.name, file.read())

    def clean(self):
        if sum(file.size for file in self.cleaned_data.get("files", [])) > files.MAX_BYTES:
            raise forms.ValidationError("文件太大：一次最多 20 MB。")
        return super().clean()


class TransferMixin:
    actions = ["export_csv", "export_xlsx", "export_markdown"]

    def get_urls(self):
        page = self.admin_site.admin_view(self.import_view)
        check = self.admin_site.admin_view(require_POST(self.check_view))
        return [
            path("import/", page, name="articles_article_import"),
            path("import/check/", check, name="articles_article_import_check"),
            *super().get_urls(),
        ]

    def import_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        report = self._import(request, form) if form.is_bound and form.is_valid() else None
        if report and report.is_clean and form.cleaned_data["really"]:
            messages.success(request, f"已导入 {report.articles} 篇。")
            return redirect(reverse("admin:articles_article_changelist"))
        context = self.admin_site.each_context(request) | {"form": form, "report": report, "opts": self.opts}
        context |= {
            "unknown": dict.fromkeys(report.unknown_categories if report else (), "") | form.categories(),
            "categories": Category.objects.all(),
            "may_add_category": request.user.has_perm("articles.add_category"),
        }
        return render(request, "admin/articles/article/import.html", context | {"title": "导入文章"})

    def _import(self, request, form):
        options = {"by": request.user, "dry_run": not form.cleaned_data["really"], "categories": form.categories()}
        return importer.import_articles(form.incoming(), **options)

    def check_view(self, request):
        """A dry run of the next few articles, so that a long one can say how far it is."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse({"error": "".join(sentence for lines in form.errors.values() for sentence in lines)})
        start, incoming = form.cleaned_data["from"] or 0, list(form.incoming())
        options = {"by": request.user, "dry_run": True, "categories": form.categories()}
        report = importer.import_articles(incoming[start : start + A_PART], **options)
        rows = [
            {
                "name": row.title,
                "result": row.result,
                "said": row.said,
                "refused": bool(row.problems),
                "skipped": row.is_skipped,
            }
            for row in report.rows
        ]
        return JsonResponse({"total": len(incoming), "rows": rows, "unknown": report.unknown_categories})

    @admin.action(description="导出为 CSV", permissions=["view"])
    def export_csv(self, request, queryset):
        return self._export_table(request, queryset, "csv")

    @admin.action(description="导出为 XLSX", permissions=["view"])
    def export_xlsx(self, request, queryset):
        return self._export_table(request, queryset, "xlsx")

    @admin.action(description="导出为 Markdown", permissions=["view"])
    def export_markdown(self, request, queryset):
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for row in files.exported(self._whole(queryset)):
                archive.writestr(f"{row['网址名']}.md", files.to_markdown(row))
        return _download(out.getvalue(), "articles.zip", "application/zip")

    def _export_table(self, request, queryset, suffix):
        try:
            content = files.to_table(self._whole(queryset), suffix)
        except UnwritableTable as error:
            self.message_user(request, str(error), messages.ERROR)
            return None
        return _download(content, f"articles.{suffix}", MEDIA_TYPES[suffix])

    @staticmethod
    def _whole(queryset):
        return queryset.defer(None)


def _download(data, name, kind):
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
