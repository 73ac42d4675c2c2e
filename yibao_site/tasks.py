"""Housekeeping in the background: what has served its time goes."""

from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from yibao_site.page_cache.models import PageChange

KEPT = timedelta(days=30)
CHANGES_KEPT = timedelta(days=1)  # every process follows within a second


@task()
def tidy_up() -> int:
    """Drop finished tasks older than KEPT, page changes all have followed, and ended sessions; returns how many tasks went."""
    call_command("clearsessions")
    PageChange.objects.filter(at__lt=timezone.now() - CHANGES_KEPT).delete()
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()[0]


@task()
def count_rows() -> None:
    """Without statistics SQLite takes the newest articles to be quickest found by sorting all. PostgreSQL gathers its own.

    Each row is counted, half a second's work with 100,000 articles: from a sample of 1,000 it draws the same wrong conclusion.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
