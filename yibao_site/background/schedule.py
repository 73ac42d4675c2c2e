"""What runs again and again, without cron: each worker's heartbeat puts what is due into the queue, once among all workers."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from yibao_site.models import PeriodicRun

# Path of the task → how often. A new app adds its line here.
PERIODIC = {
    "yibao_site.tasks.tidy_up": timedelta(days=1),
    "yibao_site.tasks.count_rows": timedelta(hours=1),
    "articles.tasks.tick": timedelta(seconds=30),
    "articles.tasks.close_answered_searches": timedelta(minutes=5),
    "articles.tasks.refresh_related": timedelta(minutes=5),
    "articles.tasks.draw_cards": timedelta(hours=1),
    "articles.tasks.drop_orphan_files": timedelta(days=1),
    "articles.tasks.write_stale_rows": timedelta(hours=1),
}
if settings.SOURCE_WATCH:
    PERIODIC["calculators.tasks.watch_sources"] = timedelta(days=1)


def enqueue_due() -> list[str]:
    """Put what is due into the queue; returns the names this process put there."""
    now = timezone.now()
    started = [name for name, every in PERIODIC.items() if _claim(name, now, now - every)]
    return started


def _claim(name, now, due) -> bool:
    """One transaction: the row says now, and the task is queued. Whoever comes second changes no row."""
    try:
        with transaction.atomic():
            claimed = PeriodicRun.objects.filter(name=name, enqueued_at__lte=due).update(enqueued_at=now)
            if not claimed and not PeriodicRun.objects.filter(name=name).exists():
                claimed = bool(PeriodicRun.objects.create(name=name, enqueued_at=now))
            if claimed:
                import_string(name).enqueue()
    except IntegrityError:
        return False
    return bool(claimed)
