"""Model admin of articles: list, form, workflow, related reading, versions and exports from their mixins."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone

from articles import fields
from articles.admin.archive import ArchiveMixin
from articles.admin.article_form import ArticleForm
from articles.admin.article_list import ArticleListMixin
from articles.admin.bulk_actions import BulkMixin
from articles.admin.editing import WritingMixin
from articles.admin.figure_picker import find_figures, show_figures
from articles.admin.import_export import TransferMixin
from articles.admin.inlines import CorrectionInline, RelatedChoiceInline, SourceInline
from articles.admin.rich_text_editor import EditorMixin
from articles.admin.versions import VersionsMixin
from articles.admin.view_page import ViewPageMixin
from articles.admin.writing.beside import BesideMixin
from articles.admin.writing.link_search import find_links
from articles.admin.writing.tag_suggestions import suggest_tags
from articles.models import Article
from articles.rich_text import sanitise
from articles.workflow import permissions, steps
from calculators.admin_forms import AutosaveMixin, DeletionMixin, HelpLinksMixin


@admin.register(Article)
class ArticleAdmin(
    HelpLinksMixin,
    BesideMixin,
    AutosaveMixin,
    DeletionMixin,
    ArchiveMixin,
    ViewPageMixin,
    BulkMixin,
    ArticleListMixin,
    TransferMixin,
    VersionsMixin,
    WritingMixin,
    EditorMixin,
    admin.ModelAdmin,
):
    form = ArticleForm
    actions = [*BulkMixin.actions, *TransferMixin.actions]
    autocomplete_fields = ["category", "area", "calculators"]
    inlines = [SourceInline, RelatedChoiceInline, CorrectionInline]
    readonly_fields = ["computed_related"]
    fieldsets = [
        (None, {"fields": ["title", "summary", "body"]}),
        ("栏目、标签、地区", {"fields": ["category", "tags", "area"]}),
        ("来源", {"fields": []}),
        ("相关阅读", {"fields": ["computed_related"]}),
        ("计算器", {"fields": ["calculators"]}),
        ("网址和期限", {"fields": ["slug", "unpublish_at"]}),
        ("更正", {"fields": []}),
    ]

    help_links = {
        "body": "text",
        "tags": "tags",
        "calculators": "calculator",
        "slug": "publish",
        "unpublish_at": "publish",
    }

    class Media:
        scripts = ("writing", "tag_field", "ordered_rows", "beside")
        js = [*EditorMixin.editor_js, *(f"articles/{name}.js" for name in scripts)]
        css = {"all": [*EditorMixin.editor_css["all"], "articles/writing.css"]}

    def get_fieldsets(self, request, obj=None):
        """With a section for the fields of other apps."""
        names = [field.name for field in fields.registered_fields()]
        return [*self.fieldsets, *([("更多", {"fields": names})] if names else [])]

    def get_form(self, request, obj=None, change=False, **kwargs):
        boxes = {field.name: field.form_field() for field in fields.registered_fields()}
        form = type("ArticleForm", (self.form,), boxes) if boxes else self.form
        return super().get_form(request, obj, change, **{"form": form} | kwargs)

    def get_urls(self):
        view = self.admin_site.admin_view
        tools = {"figures/shown/": show_figures, "links/": find_links, "tags/": suggest_tags}
        own = [
            path(address, view(self._for_writers(tool)), name=f"articles_article_{address[:-1].replace('/', '_')}")
            for address, tool in tools.items()
        ]
        return [path("figures/", view(find_figures), name="articles_article_figures"), *own, *super().get_urls()]

    def _for_writers(self, view):
        def guarded(request):
            if not (self.has_add_permission(request) or self.has_change_permission(request)):
                raise PermissionDenied
            return view(request)

        return guarded

    def kept_fields(self, posted):
        return posted | {"body": [sanitise(text) for text in posted.get("body", [])]}

    def kept_again(self, request, posted, obj):
        """What this person saved before is no other's text to be told of."""
        version = steps.newest(obj)
        return posted | {"base": [str(version.number)]} if version and version.by_id == request.user.pk else posted

    def get_view_on_site_url(self, obj=None):
        """Only while readers can open it."""
        return super().get_view_on_site_url(obj) if obj is None or obj.is_public(timezone.now()) else None

    def get_readonly_fields(self, request, obj=None):
        names = super().get_readonly_fields(request, obj)
        return names if permissions.may_publish(request.user) else [*names, "unpublish_at"]

    @admin.display(description="自动推荐")
    def computed_related(self, article):
        if article.pk is None:
            return "发布以后自动算出。"
        entries = article.related.select_related("related__category")
        return render_to_string("admin/articles/article/_computed_related.html", {"entries": entries})
