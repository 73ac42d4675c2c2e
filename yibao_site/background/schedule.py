"""Schedule of periodic tasks, without cron: each worker's heartbeat enqueues tasks that are due, once among all workers."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from yibao_site.models import PeriodicRun

# Dotted path of the task → interval. A new app adds its line here.
PERIODIC_TASKS = {
    "yibao_site.tasks.tidy_up": timedelta(days=1),
    "yibao_site.tasks.count_rows": timedelta(hours=1),
    "articles.tasks.tick": timedelta(seconds=30),
    "articles.tasks.close_answered_searches": timedelta(minutes=5),
    "articles.tasks.refresh_related": timedelta(minutes=5),
    "articles.tasks.draw_cards": timedelta(hours=1),
    "articles.tasks.redraw_lost_cards": timedelta(hours=1),
    "articles.tasks.drop_orphan_files": timedelta(days=1),
    "articles.tasks.write_stale_rows": timedelta(hours=1),
    "articles.tasks.check_examples": timedelta(days=1),
}
if settings.SOURCE_WATCH:
    PERIODIC_TASKS["calculators.tasks.watch_sources"] = timedelta(days=1)
if settings.BACKUP_TO:
    PERIODIC_TASKS["yibao_site.tasks.back_up"] = timedelta(minutes=30)


CLOCK_TOLERANCE = timedelta(minutes=1)  # by how much the clocks of the workers' machines may differ


def enqueue_due_tasks() -> list[str]:
    """Enqueue the periodic tasks that are due; returns the names of those this process enqueued."""
    now = timezone.now()
    started = [name for name, every in PERIODIC_TASKS.items() if _claim(name, now, every)]
    return started


def _claim(name, now, every) -> bool:
    """Claim a run: in one transaction the row's time becomes now and the task is enqueued. A second worker updates no row.

    A last run that lies ahead is one of a clock that has been set back since: the task is due.
    """
    due = Q(enqueued_at__lte=now - every) | Q(enqueued_at__gt=now + CLOCK_TOLERANCE)
    try:
        with transaction.atomic():
            claimed = PeriodicRun.objects.filter(due, name=name).update(enqueued_at=now)
            if not claimed and not PeriodicRun.objects.filter(name=name).exists():
                claimed = bool(PeriodicRun.objects.create(name=name, enqueued_at=now))
            if claimed:
                import_string(name).enqueue()
    except IntegrityError:
        return False
    return bool(claimed)
