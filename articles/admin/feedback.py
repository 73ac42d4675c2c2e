"""Model admin of readers' feedback: reports are handled, votes are only read."""

from django.contrib import admin
from django.utils.html import format_html

from articles.models import Feedback
from articles.models.feedback import is_own_page
from calculators.admin_forms import OfficeForm


@admin.register(Feedback)
class FeedbackAdmin(OfficeForm, admin.ModelAdmin):
    """What readers said; reports are dealt with by ticking 已处理."""

    list_display = ["kind", "reason", "text", "page", "on", "done"]
    list_editable = ["done"]
    list_filter = ["kind", "done", "reason"]
    date_hierarchy = "on"
    search_fields = ["path", "text"]
    search_help_text = "按页面或说明查找"
    readonly_fields = ["kind", "path", "article", "reason", "text", "on"]
    list_select_related = ["article"]
    actions = ["mark_done"]

    def has_add_permission(self, request):
        return False

    @admin.action(description="已处理", permissions=["change"])
    def mark_done(self, request, queryset):
        count = queryset.filter(done=False).update(done=True)
        self.message_user(request, f"{count} 条记成已处理。")

    @admin.display(description="页面", ordering="path")
    def page(self, feedback):
        """A link only to a page of ours: readers wrote the address."""
        name = feedback.article or feedback.path
        return format_html('<a href="{}">{}</a>', feedback.path, name) if is_own_page(feedback.path) else name
