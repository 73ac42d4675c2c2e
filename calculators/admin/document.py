"""Model admin of policy documents, with the outcome of the last source check."""

import re

from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.utils.html import format_html

from calculators.admin.history import HistoryAdmin
from calculators.admin_forms import OfficeForm
from calculators.common.codes import code_from_name
from calculators.models import PolicyDocument

DECIDED_BY_MANAGERS = ["slug", "grade", "clause_text", "is_proposal"]
_PIECE = re.compile(r"[\u3400-\u9fff]+|[0-9]+|[A-Za-z_]+")


@admin.register(PolicyDocument)
class PolicyDocumentAdmin(OfficeForm, HistoryAdmin):
    help_links = {"grade": "document", "title": "document"}
    list_display = ["title", "number", "issuer", "issued", "grade", "link", "checked", "value_count"]
    list_filter = ["is_proposal", "grade", "source_check__outcome", ("url", admin.EmptyFieldListFilter), "issuer"]
    list_select_related = ["source_check"]
    search_fields = ["title", "number", "issuer", "slug"]
    search_help_text = (
        "按标题里的词、文号或发布机关查找，如“北京 门诊 2023”“京医保发〔2023〕12号”，括号和空格怎么写都行"
    )
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_change_permission(self, request, obj=None):
        """Whoever may propose a document may correct a proposal, too; what is accepted belongs to policy managers."""
        own = obj is not None and obj.is_proposal and self.has_add_permission(request)
        return own or super().has_change_permission(request, obj)

    def get_exclude(self, request, obj=None):
        proposes = not self._may_accept(request) and (obj is None or obj.is_proposal)
        return DECIDED_BY_MANAGERS if proposes else None

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if slug := form.base_fields.get("slug"):
            slug.required, slug.help_text = False, "留空就由文号或标题取名。"
        return form

    def save_model(self, request, obj, form, change):
        if not self._may_accept(request):
            obj.is_proposal = True
            obj.grade = obj.grade or PolicyDocument.Grade.KNOWN
        obj.slug = obj.slug or _free_slug(obj)
        super().save_model(request, obj, form, change)

    def _may_accept(self, request):
        return super().has_change_permission(request)

    def get_search_results(self, request, queryset, search_term):
        """Brackets and blanks of a 文号 do not matter: its words and numbers are looked for one by one."""
        return super().get_search_results(request, queryset, " ".join(_PIECE.findall(search_term)))

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(value_count=Count("values"))

    @admin.display(description="链接")
    def link(self, document):
        if not document.url:
            return "没有公开链接"
        return format_html('<a href="{}" rel="noopener noreferrer" target="_blank">打开</a>', document.url)

    @admin.display(description="最近检查")
    def checked(self, document):
        check = getattr(document, "source_check", None)
        return f"{check.checked_on:%Y-%m-%d} {check.get_outcome_display()}" if check else "未检查"

    @admin.display(description="数值", ordering="value_count")
    def value_count(self, document):
        return document.value_count


def _free_slug(document):
    """An address that no other document has, of its number or title."""
    taken = {slug.replace("-", "_") for slug in PolicyDocument.objects.values_list("slug", flat=True)}
    return code_from_name(document.number or document.title, taken, "document").replace("_", "-")
