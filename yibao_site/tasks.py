"""Periodic tasks of the project: delete expired rows, refresh SQLite's statistics, back up and try the backups."""

from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from articles.renditions import article_page, key_states
from calculators.models import FormOpening
from yibao_site.backup import schedule
from yibao_site.edge import addresses
from yibao_site.page_cache.models import PageChange

TASK_RETENTION = timedelta(days=30)
PAGE_CHANGE_RETENTION = timedelta(days=1)  # every process reads them within a second


@task()
def tidy_up() -> int:
    """Delete finished tasks, page changes, renditions and kept texts past their retention, and expired sessions; returns the number of tasks."""
    call_command("clearsessions")
    addresses.forget_old()
    article_page.forget_old()
    key_states.forget_old()
    FormOpening.objects.outdated().delete()
    PageChange.objects.filter(at__lt=timezone.now() - PAGE_CHANGE_RETENTION).delete()
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - TASK_RETENTION).delete()[0]


@task()
def count_rows() -> None:
    """Run ANALYZE on SQLite; PostgreSQL gathers statistics by itself. Without them SQLite sorts all articles to find the newest.

    Every row is counted (0.5 s with 100,000 articles): with a sample of 1,000 rows SQLite chooses the same slow plan.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@task()
def back_up() -> None:
    """Make the backup of the night, if it is not made yet; asked often, so that one missed is made later."""
    now = timezone.now()
    if not schedule.is_backup_due(now):
        return
    schedule.make_backup(now)
    if schedule.is_trial_due(now):
        schedule.try_newest_backup()
