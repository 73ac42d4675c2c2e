"""The rows below an article. Sources and choices belong to its text: they are kept in the version, not saved as rows."""

from django import forms
from django.contrib import admin

from articles.admin.writing.plain_choices import PlainChoicesMixin
from articles.models import ArticleSource, Correction, RelatedChoice
from articles.workflow import permissions


class ContentRowForm(forms.ModelForm):
    """A row of a version; that the public article has the same row is no reason to refuse it."""

    def validate_unique(self):
        pass

    def validate_constraints(self):
        pass


class ContentFormSet(forms.BaseInlineFormSet):
    """Rows that are read from the posted form with the rest of the text; saving them here does nothing."""

    def save(self, commit=True):
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        return []


class ContentInline(PlainChoicesMixin, admin.TabularInline):
    form = ContentRowForm
    formset = ContentFormSet
    part = ""

    def get_queryset(self, request):
        return self.model.objects.none()

    def get_extra(self, request, obj=None, **kwargs):
        return len(self.initial(obj))

    def initial(self, obj):
        return getattr(obj, "content_shown", {}).get(self.part, [])


class SourceInline(ContentInline):
    model = ArticleSource
    part = "sources"
    autocomplete_fields = ["document"]
    verbose_name_plural = "来源（显示在文章末尾，带文号和链接）"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "clause":
            field.widget.attrs["placeholder"] = "条款，如“第十二条”"
        if db_field.name == "document":
            field.widget.can_add_related = request.user.has_perm("calculators.add_policydocument")
        return field

    def initial(self, obj):
        return [source | {"order": order} for order, source in enumerate(super().initial(obj), start=1)]


class RelatedChoiceInline(ContentInline):
    model = RelatedChoice
    part = "choices"
    fk_name = "article"
    autocomplete_fields = ["other"]
    verbose_name_plural = "大家还在看：人工选择（排在自动推荐之前，总是算数）"


class CorrectionInline(admin.TabularInline):
    """Published at once, so only those who may publish write them."""

    model = Correction
    extra = 0
    verbose_name_plural = "更正（立刻显示在页面上，一直保留）"

    def has_add_permission(self, request, obj=None):
        return permissions.may_publish(request.user)

    has_change_permission = has_delete_permission = has_add_permission

    def has_view_permission(self, request, obj=None):
        return True
