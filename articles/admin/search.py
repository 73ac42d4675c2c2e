"""Model admins of synonyms, of search and tags alike, and of searches that found nothing."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from articles.models import MissedSearch, Synonym
from calculators.admin_forms import OfficeForm


@admin.register(Synonym)
class SynonymAdmin(OfficeForm, admin.ModelAdmin):
    list_display = ["word", "meaning", "try_it"]
    help_links = {"meaning": "synonyms"}
    search_fields = ["word", "meaning"]
    search_help_text = "按别的说法或本站的说法查找"

    @admin.display(description="试一试")
    def try_it(self, synonym):
        return _link(synonym.word)


@admin.register(MissedSearch)
class MissedSearchAdmin(OfficeForm, admin.ModelAdmin):
    """What readers looked for in vain; an entry closes by itself once there is something to find."""

    list_display = ["words", "count", "last_on", "status", "try_it", "add_synonym"]
    list_filter = ["status"]
    search_fields = ["words"]
    search_help_text = "按搜索词查找"
    readonly_fields = ["words", "count", "first_on", "last_on"]
    fields = [*readonly_fields, "status"]
    actions = ["dismiss"]

    def has_add_permission(self, request):
        return False

    def get_list_display(self, request):
        """Synonyms are added by who may: they change what readers find at once."""
        may_add = request.user.has_perm("articles.add_synonym")
        return [name for name in self.list_display if may_add or name != "add_synonym"]

    @admin.display(description="试一试")
    def try_it(self, missed):
        return _link(missed.words)

    @admin.display(description="同义词")
    def add_synonym(self, missed):
        url = f"{reverse('admin:articles_synonym_add')}?{urlencode({'word': missed.words})}"
        return format_html('<a href="{}">加同义词</a>', url)

    @admin.action(description="不处理", permissions=["change"])
    def dismiss(self, request, queryset):
        count = queryset.update(status=MissedSearch.Status.DISMISSED)
        messages.success(request, f"{count} 条不再列在工作台上。")


def _link(words):
    url = f"{reverse('articles:search')}?{urlencode({'q': words})}"
    return format_html('<a href="{}">搜一搜</a>', url)
