"""Model admin of findings: the open ones, with links to where they are resolved."""

from django.contrib import admin
from django.utils.html import format_html

from calculators.models import Finding, SecondReading
from calculators.models.finding import subject_key


class OpenFindingFilter(admin.SimpleListFilter):
    title = "状态"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("others", "等别人处理"), ("closed", "已了结"), ("all", "全部")]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": "待我处理"}, *others]

    def queryset(self, request, queryset):
        mine = queryset.open().mendable_by(request.user)
        found = {
            "others": queryset.open().exclude(pk__in=mine.values("pk")),
            "closed": queryset.filter(closed__isnull=False),
            "all": queryset,
        }
        return found.get(self.value(), mine)


@admin.register(Finding)
class FindingAdmin(admin.ModelAdmin):
    """Change list of findings, which are opened by signals and tasks, and closed by them or by the action 已核对."""

    list_display = ["subject_linked", "kind", "sentence", "opened", "deal_with"]
    list_display_links = None
    list_filter = [OpenFindingFilter, "kind"]
    list_select_related = ["closed_by"]
    search_fields = ["subject", "sentence"]
    actions = ["mark_checked"]

    class Media:
        css = {"all": ["calculators/admin.css"]}

    def get_list_display(self, request):
        """Columns; a list with closed findings also shows how each was closed."""
        return (
            [*self.list_display, "closed", "resolution", "closed_by"] if request.GET.get("state") else self.list_display
        )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="对象", ordering="subject")
    def subject_linked(self, finding):
        """The object itself, where this person deals with it."""
        return format_html('<a href="{}">{}</a>', finding.link, finding.subject) if finding.link else finding.subject

    @admin.display(description="处理")
    def deal_with(self, finding):
        return format_html('<a href="{}">去处理</a>', finding.link) if finding.link else ""

    @admin.action(description="已核对：看过了，不用改", permissions=["change"])
    def mark_checked(self, request, queryset):
        """Close findings about what this user may change, except differences of second readings that they made."""
        own = SecondReading.objects.filter(reader=request.user, agrees=False).select_related("value")
        mine = {subject_key(reading.value) for reading in own}
        mendable = queryset.mendable_by(request.user)
        allowed = mendable.exclude(kind=Finding.Kind.READINGS_DIFFER, subject_key__in=mine)
        of_others, own = queryset.count() - mendable.count(), mendable.count() - allowed.count()
        closed = allowed.close("已核对", by=request.user)
        said = [f"了结了 {closed} 项。"]
        said += [f"{of_others} 项要由能修改它的人处理。"] if of_others else []
        said += [f"{own} 项是你自己核对时不一致的，要由另一个人查清。"] if own else []
        self.message_user(request, "".join(said))
