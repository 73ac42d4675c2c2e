"""Model admin of categories (栏目)."""

from django.contrib import admin
from django.db.models import Count

from articles.models import Category
from calculators.admin_forms import OfficeForm


@admin.register(Category)
class CategoryAdmin(OfficeForm, admin.ModelAdmin):
    list_display = ["name", "slug", "description", "order", "holds_pages", "article_count"]
    list_editable = ["order"]
    search_fields = ["name", "slug"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(article_count=Count("articles"))

    def get_readonly_fields(self, request, obj=None):
        return ["holds_pages"] if obj else []

    @admin.display(description="文章", ordering="article_count")
    def article_count(self, category):
        return category.article_count
