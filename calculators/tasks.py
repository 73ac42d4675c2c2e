"""Periodic tasks of calculators, and the queue for tasks that make a change visible: it runs beside the long ones."""

from django.core.management import call_command
from django_tasks import task

URGENT_QUEUE = "urgent"


@task()
def watch_sources() -> None:
    """Visit the links of policy documents; what was visited today is not visited again."""
    call_command("watch_sources")
