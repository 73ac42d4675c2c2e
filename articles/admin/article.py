from django.contrib import admin
from django.template.loader import render_to_string

from articles.admin.editor import EditorAdmin
from articles.admin.inlines import RelatedChoiceInline, SourceInline
from articles.forms import ArticleForm
from articles.models import Article


@admin.register(Article)
class ArticleAdmin(EditorAdmin):
    form = ArticleForm
    list_display = ["title", "category", "area", "status", "published_at", "tags_text"]
    list_filter = ["status", "category", ("area", admin.RelatedOnlyFieldListFilter), "published_at"]
    list_select_related = ["category", "area"]
    list_per_page = 50
    date_hierarchy = "published_at"
    search_fields = ["title", "slug", "summary", "tags_text"]
    search_help_text = "按标题、摘要、标签或网址名查找"
    autocomplete_fields = ["category", "area", "calculators"]
    inlines = [SourceInline, RelatedChoiceInline]
    readonly_fields = ["computed_related"]
    fieldsets = [
        (None, {"fields": ["title", "summary", "body"]}),
        ("归类", {"fields": ["category", "tags", "area", "calculators"]}),
        ("发布", {"fields": ["status", "published_at", "unpublish_at", "slug"]}),
        ("大家还在看", {"fields": ["computed_related"]}),
    ]

    def get_queryset(self, request):
        articles = super().get_queryset(request)
        return articles.defer("body") if request.resolver_match.url_name.endswith("_changelist") else articles

    @admin.display(description="自动推荐")
    def computed_related(self, article):
        if article.pk is None:
            return "发布以后自动算出。"
        entries = article.related.select_related("related__category")
        return render_to_string("admin/articles/article/_computed_related.html", {"entries": entries})
