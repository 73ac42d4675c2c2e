"""Model admins of the audit trail: additions, changes and deletions in the admin, logins, failed logins."""

import axes.admin  # noqa: F401 - registers what ours takes the place of
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.admin.models import LogEntry

from yibao_site.accounts.sessions import browser_name
from yibao_site.admin_site.names import model_in_chinese

for model in (AccessAttempt, AccessFailureLog, AccessLog):
    admin.site.unregister(model)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Model admin without permission to add, change or delete, for superusers too."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    list_display = ["action_time", "user", "action", "model_name", "object_repr", "message"]
    list_filter = ["action_flag", ("user", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "content_type"]
    date_hierarchy = "action_time"
    search_fields = ["object_repr", "user__username"]
    search_help_text = "按对象或账号查找"

    @admin.display(description="种类", ordering="content_type")
    def model_name(self, entry):
        model = entry.content_type.model_class()
        return model_in_chinese(model) if model else entry.content_type.name

    @admin.display(description="做了什么", ordering="action_flag")
    def action(self, entry):
        return entry.get_action_flag_display()

    @admin.display(description="说明")
    def message(self, entry):
        return entry.get_change_message()


class LoginRecordAdmin(ReadOnlyAdmin):
    """Base of the admins of logins and failed logins, which have the same columns."""

    list_display = ["at", "account", "address", "seen_browser"]
    list_display_links = None
    date_hierarchy = "attempt_time"
    search_fields = ["username", "ip_address"]
    search_help_text = "按账号或地址查找"

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": model_in_chinese(self.model)} | (extra_context or {}))

    @admin.display(description="时间", ordering="attempt_time")
    def at(self, attempt):
        return attempt.attempt_time

    @admin.display(description="账号", ordering="username")
    def account(self, attempt):
        return attempt.username

    @admin.display(description="地址", ordering="ip_address")
    def address(self, attempt):
        return attempt.ip_address

    @admin.display(description="浏览器")
    def seen_browser(self, attempt):
        return browser_name(attempt.user_agent)


@admin.register(AccessLog)
class AccessLogAdmin(LoginRecordAdmin):
    list_display = [*LoginRecordAdmin.list_display, "left"]

    @admin.display(description="退出", ordering="logout_time", empty_value="没有退出")
    def left(self, log):
        return log.logout_time


@admin.register(AccessAttempt)
class AccessAttemptAdmin(LoginRecordAdmin):
    list_display = [*LoginRecordAdmin.list_display, "failures"]

    @admin.display(description="连续输错", ordering="failures_since_start")
    def failures(self, attempt):
        return attempt.failures_since_start
