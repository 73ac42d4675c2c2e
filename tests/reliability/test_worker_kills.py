"""Background processes killed in the middle of a task: the next one does it again, and its result is there once."""

import subprocess

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.reliability.site_processes import wait_until
from tests.reliability.slow_tasks import slow
from yibao_site.background.queue import requeue_abandoned_tasks
from yibao_site.models import Worker

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.timedelta(minutes=2)


def test_a_task_whose_worker_is_killed_in_the_middle_is_done_by_the_next(site, tried):
    with site.here():
        slow.enqueue("慢")
    first = site.start("-m", "django", "worker", stderr=subprocess.PIPE)
    wait_until(lambda: "slow_tasks.slow state=RUNNING" in first.stderr.readline())
    wait_until(lambda: begun(site))
    first.kill()
    first.wait()
    with site.here():
        in_the_middle = state_of_slow()
        Worker.objects.update(seen_at=timezone.now() - LONG_AGO)
        requeue_abandoned_tasks()
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    site.manage("worker", "--batch")
    with site.here():
        assert in_the_middle == ("RUNNING", 1, 0)
        assert state_of_slow() == ("SUCCESSFUL", 2, 2)
    tried("kill -9：后台进程做到一半", "1 次", "任务由下一个进程重做，结果只有一份")


def begun(site):
    with site.here():
        return DBTaskResult.objects.filter(task_path__endswith="slow", started_at__isnull=False).exists()


def state_of_slow():
    row = DBTaskResult.objects.get(task_path__endswith="slow")
    return row.status, len(row.worker_ids), Group.objects.filter(name__startswith="慢").count()
