"""Background tasks without a queue: each runs where it is enqueued, and its error is the caller's."""

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend


class ImmediateBackend(ImmediateBackend):
    supports_defer = True

    def _execute_task(self, task_result):
        later = task_result.task.run_after
        if later and later > timezone.now():
            return
        super()._execute_task(task_result)
        if task_result.status == TaskResultStatus.FAILED:
            raise RuntimeError(task_result.errors[0].traceback)
