"""Model admin of tags: introduction, rename and merge with redirects; their synonyms stand in the table of synonyms."""

import taggit.admin  # noqa: F401 - registers the plain tag admin that is replaced here
from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from taggit.models import Tag

from articles import tags
from articles.admin.rich_text_editor import EditorMixin
from articles.models import MAX_TAG_LENGTH, Synonym, TagPage, in_other_script
from calculators.admin_forms import OfficeForm
from calculators.common.names import canonical_name, identity

admin.site.unregister(Tag)


class OrphanFilter(admin.SimpleListFilter):
    title = "使用情况"
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [("no", "没有文章"), ("once", "只有一篇")]

    def queryset(self, request, queryset):
        counts = {"no": 0, "once": 1}
        return queryset.filter(article_count=counts[self.value()]) if self.value() in counts else queryset


class TagPageInline(admin.StackedInline):
    model = TagPage
    extra = 1
    max_num = 1
    verbose_name = verbose_name_plural = "标签介绍（读者打开这个标签时看到）"


class TagForm(forms.ModelForm):
    def clean_name(self):
        name = canonical_name(self.cleaned_data["name"])
        others = Tag.objects.exclude(pk=self.instance.pk)
        twin = next((other for other in others if identity(other.name) == identity(name)), None)
        if not name:
            raise forms.ValidationError("标签里要有看得见的字。")
        if len(name) > MAX_TAG_LENGTH:
            raise forms.ValidationError(f"标签最多 {MAX_TAG_LENGTH} 个字。")
        if twin:
            raise forms.ValidationError(f"已有标签“{twin}”：请在标签列表里用“合并所选标签”。")
        self.in_other_script = in_other_script([name])
        return name


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(Tag.objects.none(), label="并入", widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args, tags, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = tags


@admin.register(Tag)
class TagAdmin(OfficeForm, EditorMixin, admin.ModelAdmin):
    form = TagForm
    list_display = ["name", "address", "article_count"]
    list_filter = [OrphanFilter]
    search_fields = ["name", "slug"]
    search_help_text = "按标签、同义词或网址名查找"
    inlines = [TagPageInline]
    readonly_fields = ["synonyms"]
    help_links = {"name": "tags"}
    actions = ["merge"]
    ordering = ["name"]

    class Media:
        js = EditorMixin.editor_js
        css = EditorMixin.editor_css

    def get_queryset(self, request):
        counted = Count("taggit_taggeditem_items", distinct=True)
        return super().get_queryset(request).annotate(article_count=counted)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if slug := form.base_fields.get("slug"):  # not for who may only look
            slug.label, slug.required = "网址名", change
            slug.help_text = "改了以后，旧网址自动转到新的。" if change else "出现在网址里，留空就用标签本身。"
        return form

    @admin.display(description="网址名", ordering="slug")
    def address(self, tag):
        return tag.slug

    @admin.display(description="文章", ordering="article_count")
    def article_count(self, tag):
        return tag.article_count

    def get_list_display(self, request):
        """The synonyms of all tags are read once, however many rows the list has."""
        if not hasattr(request, "synonyms_shown"):
            request.synonyms_shown = _column_of_synonyms()
        return [*super().get_list_display(request), request.synonyms_shown]

    @admin.display(description="同义词")
    def synonyms(self, tag):
        words = Synonym.objects.filter(meaning=tag.name).values_list("word", flat=True)
        url = f"{reverse('admin:articles_synonym_changelist')}?{urlencode({'q': tag.name})}"
        return format_html(
            '{}　<span class="quiet"><a href="{}">在同义词里改</a></span>', "、".join(words) or "没有", url
        )

    def get_search_results(self, request, queryset, search_term):
        """By a synonym, too."""
        found, is_doubled = super().get_search_results(request, queryset, search_term)
        words = Synonym.objects.filter(word__icontains=search_term) if search_term else Synonym.objects.none()
        return queryset.filter(Q(pk__in=found.values("pk")) | Q(name__in=words.values("meaning"))), is_doubled

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            tags.rename(obj, form.initial["name"])
        for sentence in getattr(form, "in_other_script", []):
            messages.warning(request, sentence)

    @admin.action(description="合并所选标签", permissions=["delete"])
    def merge(self, request, queryset):
        chosen = Tag.objects.filter(pk__in=queryset.values("pk")).order_by("name")
        form = MergeForm(request.POST if "into" in request.POST else None, tags=chosen)
        if form.is_bound and form.is_valid():
            into = form.cleaned_data["into"]
            count = tags.merge(list(chosen), into)
            messages.success(request, f"已并入“{into}”，{count} 篇文章换了标签，旧标签的网址自动转过去。")
            return None
        if chosen.count() < 2:
            messages.warning(request, "至少选两个标签才能合并。")
            return None
        context = self.admin_site.each_context(request) | {"form": form, "opts": self.opts, "title": "合并标签"}
        return render(request, "admin/articles/merge_tags.html", context | {"chosen": chosen})


def _column_of_synonyms():
    words = {}
    for word, meaning in Synonym.objects.values_list("word", "meaning"):
        words.setdefault(meaning, []).append(word)

    @admin.display(description="同义词")
    def synonyms_in_list(tag):
        return "、".join(words.get(tag.name, ()))

    return synonyms_in_list
