"""Task queue in the site's own database, on a laptop as on many machines: retries, heartbeats, abandoned tasks.

A task is a function at the top of a module, in `articles/tasks.py` for instance:

    from django_tasks import task

    @task()
    def refresh_related(article_id: int) -> None: ...

    refresh_related.enqueue(article.pk)                                  # inside the transaction that saved the article
    refresh_related.using(run_after=timezone.now() + delay).enqueue(article.pk)

Guarantees:
- A task is a row. Written inside a transaction it exists when, and only when, that transaction is committed.
- `manage.py worker` runs tasks, as many workers as wanted; each row is claimed by one of them.
- A task that raises runs again after 10 s, 1 min, 10 min and 1 h; then it stays as failed, with its traceback, in the admin.
- A task whose worker was killed is found by the next heartbeat of any other worker (within about a minute) and runs again.
  So a task may run twice: it must be idempotent – compute from what is stored, write the whole result in one transaction.
- Arguments are JSON: primary keys, never objects. The row, with its arguments, is deleted after tasks.TASK_RETENTION.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from yibao_site.models import Worker

RETRY_DELAYS = [timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)]
MAX_ATTEMPTS = len(RETRY_DELAYS) + 1
SILENT_WORKER_RETENTION = timedelta(days=1)
logger = logging.getLogger(__name__)


class WorkerDied(Exception):
    """A worker process ended while it ran a task."""


def retry_task(task: DBTaskResult) -> bool:
    """Put a failed or abandoned task back into the queue; False once its attempts are used up."""
    attempts = len(task.worker_ids)
    if attempts >= MAX_ATTEMPTS:
        return False
    run_after = timezone.now() + RETRY_DELAYS[max(attempts, 1) - 1]
    unchanged = DBTaskResult.objects.filter(pk=task.pk, status=task.status, started_at=task.started_at)
    return bool(unchanged.update(status="READY", run_after=run_after, finished_at=None))


def hasten_retries() -> int:
    """Let retries run that wait longer than any does: they were put off by a clock that has been set back since."""
    longest = timezone.now() + RETRY_DELAYS[-1] + timedelta(minutes=1)
    waiting = DBTaskResult.objects.filter(status="READY", run_after__gt=longest, started_at__isnull=False)
    return waiting.exclude(run_after=get_date_max()).update(run_after=timezone.now())


def record_heartbeat(worker_id: str) -> None:
    """Record the heartbeat of a worker: a row with the database's time."""
    if not Worker.objects.filter(pk=worker_id).update(seen_at=Now()):
        Worker.objects.create(worker_id=worker_id)


def remove_worker(worker_id: str) -> None:
    Worker.objects.filter(pk=worker_id).delete()


def requeue_abandoned_tasks() -> int:
    """Put tasks that are marked as running by a dead worker back into the queue; returns how many."""
    with transaction.atomic():
        alive = set(Worker.objects.alive().values_list("pk", flat=True))
        running = DBTaskResult.objects.running().select_for_update(skip_locked=True)
        abandoned = [task for task in running if not task.worker_ids or task.worker_ids[-1] not in alive]
        for task in abandoned:
            if not retry_task(task):
                task.set_failed(WorkerDied(f"{len(task.worker_ids)} workers in a row ended while running this task"))
        Worker.objects.filter(seen_at__lt=Now() - SILENT_WORKER_RETENTION).delete()
    if abandoned:
        logger.warning("%d tasks of a worker that ended go back into the queue", len(abandoned))
    return len(abandoned)
