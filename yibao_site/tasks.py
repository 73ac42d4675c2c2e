"""Housekeeping in the background: what has served its time goes."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

KEPT = timedelta(days=30)


@task()
def tidy_up() -> int:
    """Drop finished tasks older than KEPT and sessions that have ended; returns how many tasks went."""
    call_command("clearsessions")
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()[0]
