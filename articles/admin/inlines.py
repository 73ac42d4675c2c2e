from django.contrib import admin

from articles.models import ArticleSource, RelatedChoice


class SourceInline(admin.TabularInline):
    model = ArticleSource
    autocomplete_fields = ["document"]
    extra = 0
    verbose_name_plural = "来源（显示在文章末尾，带文号和链接）"


class RelatedChoiceInline(admin.TabularInline):
    model = RelatedChoice
    fk_name = "article"
    autocomplete_fields = ["other"]
    extra = 0
    verbose_name_plural = "大家还在看：人工选择（排在自动推荐之前，总是算数）"
