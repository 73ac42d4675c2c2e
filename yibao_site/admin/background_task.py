"""Model admin of the background queue: states, attempts and tracebacks of tasks, and an action that retries failed ones."""

from django.contrib import admin, messages
from django.utils import timezone
from django_tasks_db.admin import DBTaskResultAdmin
from django_tasks_db.models import DBTaskResult, get_date_max

from yibao_site.models import BackgroundTask

admin.site.unregister(DBTaskResult)

TASK_STATE_NAMES = {"READY": "等待", "RUNNING": "进行中", "FAILED": "失败", "SUCCESSFUL": "完成"}


class TaskStateFilter(admin.SimpleListFilter):
    title = "状态"
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return TASK_STATE_NAMES.items()

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(BackgroundTask)
class BackgroundTaskAdmin(DBTaskResultAdmin):
    list_display = ["task", "state", "attempts", "enqueued", "started", "finished", "next_attempt"]
    list_filter = [TaskStateFilter]
    date_hierarchy = "enqueued_at"
    search_fields = ["task_path"]
    actions = ["run_again"]

    @admin.display(description="任务", ordering="task_path")
    def task(self, task):
        return task.task_path.removeprefix("yibao_site.").replace(".tasks.", "：")

    @admin.display(description="状态", ordering="status")
    def state(self, task):
        return TASK_STATE_NAMES[task.status]

    @admin.display(description="运行次数")
    def attempts(self, task):
        return len(task.worker_ids)

    @admin.display(description="排队", ordering="enqueued_at")
    def enqueued(self, task):
        return task.enqueued_at

    @admin.display(description="开始", ordering="started_at")
    def started(self, task):
        return task.started_at

    @admin.display(description="结束", ordering="finished_at")
    def finished(self, task):
        return task.finished_at

    @admin.display(description="下次运行", ordering="run_after")
    def next_attempt(self, task):
        return task.run_after if task.status == "READY" and task.run_after != get_date_max() else None

    @admin.action(description="把失败的任务再运行一次", permissions=["retry"])
    def run_again(self, request, queryset):
        count = queryset.filter(status="FAILED").update(
            status="READY", run_after=timezone.now(), worker_ids=[], finished_at=None
        )
        messages.success(request, f"{count} 个任务已重新排队。")

    def has_retry_permission(self, request):
        return request.user.has_perm("yibao_site.change_backgroundtask")
