"""List of articles in the office: views by state as tabs, one's own first, author, state as a chip, last change."""

from django.contrib import admin
from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from articles.admin.worklist_filter import WorkFilter
from articles.models import Article, Version
from articles.workflow import permissions

Status, EditStatus = Article.Status, Article.EditStatus
VIEWS = {
    "mine": ("我的", lambda user: Q(author=user)),
    "all": ("全部", lambda user: Q()),
    "draft": ("草稿", lambda user: Q(status=Status.DRAFT)),
    "review": ("待审", lambda user: Q(status=Status.REVIEW) | Q(edit_status=EditStatus.REVIEW)),
    "scheduled": ("已排期", lambda user: Q(status=Status.SCHEDULED) | Q(edit_status=EditStatus.SCHEDULED)),
    "published": ("已发布", lambda user: Q(status=Status.PUBLISHED)),
    "edited": ("有修改稿", lambda user: ~Q(edit_status=EditStatus.NONE)),
    "archived": ("已归档", lambda user: Q(status=Status.ARCHIVED)),
}
CHIPS = {
    Status.PUBLISHED: "chip-live",
    Status.SCHEDULED: "chip-live",
    Status.REVIEW: "chip-waiting",
    EditStatus.DRAFT: "chip-waiting",
    EditStatus.REVIEW: "chip-waiting",
}
PAGE_PARAMETERS = {"p", "o", "all"}


class StateView(admin.SimpleListFilter):
    """The tabs above the list. An author who asks for nothing else sees their own articles."""

    title = "看哪些"
    parameter_name = "view"
    template = "admin/articles/article/_views.html"

    def __init__(self, request, *args, **kwargs):
        self.user = request.user
        is_asked = set(request.GET) - PAGE_PARAMETERS
        is_author = request.user.has_perm("articles.add_article") and not permissions.may_publish(request.user)
        self.default = "mine" if is_author and not is_asked else "all"
        super().__init__(request, *args, **kwargs)

    def lookups(self, request, model_admin):
        return [(name, words) for name, (words, _) in VIEWS.items()]

    @property
    def chosen(self):
        return self.value() if self.value() in VIEWS else self.default

    def queryset(self, request, queryset):
        return queryset.filter(VIEWS[self.chosen][1](self.user))

    def choices(self, changelist):
        for name, (words, _) in VIEWS.items():
            query = changelist.get_query_string({self.parameter_name: name}, ["p"])
            yield {"selected": name == self.chosen, "query_string": query, "display": words}


class ArticleListMixin:
    """Mixed into the admin of articles."""

    list_display = ["title", "stage", "author_name", "category", "area", "changed", "tags_text"]
    list_filter = [StateView, WorkFilter, "category", ("area", admin.RelatedOnlyFieldListFilter), "author"]
    list_select_related = ["category", "area", "author"]
    list_per_page = 50
    search_fields = ["title", "slug", "summary", "body", "tags_text", "author__username", "author__last_name"]
    search_help_text = "按标题、正文、摘要、标签、作者或网址名查找"

    def get_queryset(self, request):
        articles = super().get_queryset(request)
        if not request.resolver_match.url_name.endswith("_changelist"):
            return articles
        return articles.defer("body").annotate(changed_at=_changed_at())

    def get_ordering(self, request):
        """Drafts first, then what was changed last."""
        if not request.resolver_match or not request.resolver_match.url_name.endswith("_changelist"):
            return super().get_ordering(request)
        draft = Case(When(status=Status.DRAFT, then=Value(0)), default=Value(1), output_field=IntegerField())
        is_own = not permissions.may_publish(request.user)
        return [*([draft.asc()] if is_own else []), _changed_at().desc(), "-pk"]

    @admin.display(description="状态", ordering="status")
    def stage(self, article):
        states = [(article.status, article.get_status_display())]
        if article.edit_status:
            states.append((article.edit_status, article.get_edit_status_display()))
        return format_html_join(
            " ", '<span class="chip {}">{}</span>', ((CHIPS.get(key, ""), words) for key, words in states)
        )

    @admin.display(description="作者", ordering="author", empty_value="没有")
    def author_name(self, article):
        return article.author and (article.author.get_full_name() or article.author.get_username())

    @admin.display(description="最后修改", ordering="changed_at")
    def changed(self, article):
        day = timezone.localtime(article.changed_at)
        return format_html('<time datetime="{}">{}</time>', day.isoformat(), f"{day:%Y-%m-%d %H:%M}")


def _changed_at():
    """When the newest version was written: an edit beside a public article does not touch its row."""
    newest = Version.objects.filter(article=OuterRef("pk")).order_by("-number").values("at")[:1]
    return Coalesce(Subquery(newest), F("updated_at"))
