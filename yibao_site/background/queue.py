"""Background work: one queue, kept in the site's own database, on a laptop as on many machines.

A task is a function at the top of a module, in `articles/tasks.py` for instance:

    from django_tasks import task

    @task()
    def refresh_related(article_id: int) -> None: ...

    refresh_related.enqueue(article.pk)                                  # inside the transaction that saved the article
    refresh_related.using(run_after=timezone.now() + delay).enqueue(article.pk)

What holds:
- A task is a row. Written inside a transaction it exists when, and only when, that transaction is committed.
- `manage.py worker` runs tasks, as many workers as wanted; each row is claimed by one of them.
- A task that raises runs again after 10 s, 1 min, 10 min and 1 h; then it stays as failed, with its traceback, in the admin.
- A task whose worker was killed is found by the next heartbeat of any other worker (within about a minute) and runs again.
  So a task may run twice: it must be idempotent – compute from what is stored, write the whole result in one transaction.
- Arguments are JSON: primary keys, never objects. The row, with its arguments, is kept for KEPT days.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from yibao_site.models import Worker

BACKOFF = [timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)]
ATTEMPTS = len(BACKOFF) + 1
FORGET_WORKERS = timedelta(days=1)
logger = logging.getLogger(__name__)


class WorkerDied(Exception):
    """The process that ran a task ended in the middle of it."""


def try_again(task: DBTaskResult) -> bool:
    """Put a failed or abandoned task back into the queue; False once its attempts are used up."""
    attempts = len(task.worker_ids)
    if attempts >= ATTEMPTS:
        return False
    run_after = timezone.now() + BACKOFF[max(attempts, 1) - 1]
    unchanged = DBTaskResult.objects.filter(pk=task.pk, status=task.status, started_at=task.started_at)
    return bool(unchanged.update(status="READY", run_after=run_after, finished_at=None))


def say_alive(worker_id: str) -> None:
    """A worker's heartbeat."""
    if not Worker.objects.filter(pk=worker_id).update(seen_at=Now()):
        Worker.objects.create(worker_id=worker_id)


def say_goodbye(worker_id: str) -> None:
    Worker.objects.filter(pk=worker_id).delete()


def rescue_abandoned() -> int:
    """Tasks that claim to run although their worker is gone go back into the queue; returns how many."""
    with transaction.atomic():
        alive = set(Worker.objects.alive().values_list("pk", flat=True))
        running = DBTaskResult.objects.running().select_for_update(skip_locked=True)
        abandoned = [task for task in running if not task.worker_ids or task.worker_ids[-1] not in alive]
        for task in abandoned:
            if not try_again(task):
                task.set_failed(WorkerDied(f"{len(task.worker_ids)} workers in a row ended while running this task"))
        Worker.objects.filter(seen_at__lt=Now() - FORGET_WORKERS).delete()
    if abandoned:
        logger.warning("%d tasks of a worker that ended go back into the queue", len(abandoned))
    return len(abandoned)
