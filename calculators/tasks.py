"""Periodic tasks of calculators."""

from django.core.management import call_command
from django_tasks import task


@task()
def watch_sources() -> None:
    """Visit the links of policy documents; what was visited today is not visited again."""
    call_command("watch_sources")
