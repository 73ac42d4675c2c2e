"""Background tasks that take their time, for workers that are killed in the middle."""

import time

from django.contrib.auth.models import Group
from django.db import transaction
from django_tasks import task


@task(takes_context=True)
def slow(context, name):
    """Idempotent: begin and end are written in one transaction. The first attempt stops in the middle for a minute."""
    with transaction.atomic():
        Group.objects.get_or_create(name=f"{name} 开始")
        time.sleep(60 if context.attempt == 1 else 0)
        Group.objects.get_or_create(name=f"{name} 结束")


@task()
def rebuild(seconds):
    """One that keeps the worker busy, as computing related lists does."""
    time.sleep(seconds)
