"""Processes killed in the middle of their work: nothing saved is lost, nothing half-done is visible."""

import random
import subprocess
import time

import pytest

from tests.reliability.sites import wait_until

IMPORT = """
from articles import importing
from articles.models import Article
from django.db import transaction
print("begun", flush=True)
number = 0
while True:
    number += 1
    with transaction.atomic():
        for title in ("甲", "乙", "丙"):
            article = Article.objects.first()
            article.pk = article.id = None
            article._state.adding = True
            article.slug, article.title = f"batch-{number}-{title}", f"批次{number}{title}"
            article.save()
    print(number, flush=True)
"""
BATCHES = """
from collections import Counter
from articles.models import Article
print(sorted(Counter(slug.split("-")[1] for slug in Article.objects.filter(slug__startswith="batch-").values_list("slug", flat=True)).items()))
"""
CHECK = """
from django.core.management import call_command
from django.db import connection
connection.check_constraints()
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
call_command("check")
"""
ENQUEUE = """
from tests.reliability.chores import slow
slow.enqueue("慢")
"""
STATE = """
from django.contrib.auth.models import Group
from django_tasks_db.models import DBTaskResult
row = DBTaskResult.objects.get(task_path__endswith="slow")
print(row.status, len(row.worker_ids), Group.objects.filter(name__startswith="慢").count())
"""
HURRY = """
from datetime import timedelta
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from yibao_site.models import Worker
from yibao_site.queue import rescue_abandoned
Worker.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
rescue_abandoned()
DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
"""
RACE = """
import sys, time
from yibao_site.schedule import enqueue_due
time.sleep(max(0, START - time.time()))
print(sum(name == "yibao_site.tasks.tidy_up" for _ in range(20) for name in enqueue_due()))
"""
FULL_DISK = """
import resource, signal, sys
from django.contrib.auth.models import Group
from django.core.management import call_command
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
Group.objects.create(name="前")
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    call_command("backup", "BACKUP")
except OSError as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize("seed", [1, 2])
def test_a_batch_is_whole_or_absent_when_its_process_is_killed(site, seed):
    with site.start("-c", f"import django; django.setup()\n{IMPORT}", stdout=subprocess.PIPE) as process:
        wait_until(process.stdout.readline)
        time.sleep(random.Random(seed).uniform(0.2, 1.5))  # noqa: S311 - no secret
        process.kill()
        said = [int(word) for word in process.stdout.read().split()]
    batches = dict(eval(site.script(BATCHES + CHECK).splitlines()[0]))  # noqa: S307 - what our own script printed

    assert set(batches.values()) <= {3}
    assert {str(number) for number in said} <= batches.keys()


def test_a_task_whose_worker_is_killed_in_the_middle_is_done_by_the_next(site):
    site.script(ENQUEUE)
    first = site.start("-m", "django", "worker", stderr=subprocess.PIPE)
    wait_until(lambda: "chores.slow state=RUNNING" in first.stderr.readline())
    time.sleep(0.5)
    first.kill()
    first.wait()
    in_the_middle = site.script(STATE + HURRY)
    site.manage("worker", "--batch")

    assert in_the_middle == "RUNNING 1 0"
    assert site.script(STATE) == "SUCCESSFUL 2 2"


def test_two_workers_that_race_for_a_schedule_queue_it_once(site):
    start = time.time() + 6
    code = f"import django; django.setup()\n{RACE.replace('START', str(start))}"
    racers = [site.start("-c", code, stdout=subprocess.PIPE) for _ in range(3)]
    counts = [int(racer.communicate()[0]) for racer in racers]

    assert sum(counts) == 1


def test_a_full_disk_leaves_no_half_backup_and_the_site_whole(site):
    backup = site.folder / "backup.zip"
    said = site.script(FULL_DISK.replace("BACKUP", str(backup)))
    kept = site.script(
        CHECK + "\nfrom django.contrib.auth.models import Group; print(Group.objects.filter(name='前').count())"
    )

    assert said == "OSError"
    assert not list(site.folder.glob("backup*"))
    assert kept.splitlines()[-1] == "1"
