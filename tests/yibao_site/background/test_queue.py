from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from yibao_site.background import schedule, worker
from yibao_site.background.queue import MAX_ATTEMPTS, RETRY_DELAYS, record_heartbeat, requeue_abandoned_tasks
from yibao_site.background.worker import TaskWorker
from yibao_site.models import BackgroundTask, PeriodicRun, Worker
from yibao_site.tasks import tidy_up

pytestmark = pytest.mark.django_db
done = []


@task()
def note(word):
    done.append(word)


@task()
def fail():
    raise ValueError("没有成功")


@pytest.fixture(autouse=True)
def queue(settings, monkeypatch):
    # The worker drops its connection now and then; here it holds the test's transaction.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "urgent"]}}
    done.clear()


def work():
    """Run what is ready, in this thread."""
    TaskWorker(batch=True).run()


def only_task():
    return DBTaskResult.objects.get()


def claimed_by(worker_id):
    note.enqueue("甲")
    task = only_task()
    task.claim(worker_id)
    return task


def test_a_task_runs_once():
    note.enqueue("甲")
    work()
    work()

    assert done == ["甲"]


def test_a_task_of_a_transaction_that_failed_does_not_exist():
    with transaction.atomic():
        note.enqueue("甲")
        transaction.set_rollback(True)

    assert not DBTaskResult.objects.exists()


def test_a_task_that_fails_waits_and_keeps_its_traceback():
    before = timezone.now()
    fail.enqueue()
    work()

    assert only_task().status == "READY"
    assert only_task().run_after >= before + RETRY_DELAYS[0]
    assert "没有成功" in only_task().traceback


def test_each_retry_of_a_task_waits_longer():
    fail.enqueue()
    for wait in (10, 60, 600, 3600):
        before = timezone.now()
        work()
        assert before + timedelta(seconds=wait) <= only_task().run_after <= timezone.now() + timedelta(seconds=wait)
        DBTaskResult.objects.update(run_after=timezone.now())
    work()

    assert only_task().status == "FAILED"


def test_a_task_that_waits_is_not_run_before_its_time():
    fail.enqueue()
    work()
    work()

    assert len(only_task().worker_ids) == 1


@pytest.mark.parametrize(("deaths", "wait"), [(1, 10), (2, 60), (3, 600), (4, 3600)])
def test_an_abandoned_task_waits_longer_with_every_worker_that_died(deaths, wait):
    claimed_by("gone")
    DBTaskResult.objects.update(worker_ids=["gone"] * deaths)
    before = timezone.now()
    requeue_abandoned_tasks()

    assert before + timedelta(seconds=wait) <= only_task().run_after <= timezone.now() + timedelta(seconds=wait)


def test_a_worker_waits_two_seconds_and_takes_another_id_while_the_database_is_away(monkeypatch):
    serving = TaskWorker(batch=True)
    names, waits = [], []

    def run():
        names.append(serving.worker_id)
        if len(names) < 3:
            raise OperationalError("the database is away")

    monkeypatch.setattr(serving, "run", run)
    monkeypatch.setattr(worker, "Heartbeat", lambda worker_id: nullcontext())
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    monkeypatch.setattr(worker.time, "sleep", waits.append)
    serving.serve()

    assert waits == [2, 2]
    assert len(set(names)) == 3


def test_a_task_that_keeps_failing_stays_failed():
    fail.enqueue()
    for _ in range(MAX_ATTEMPTS):
        DBTaskResult.objects.update(run_after=timezone.now())
        work()

    assert only_task().status == "FAILED"
    assert len(only_task().worker_ids) == MAX_ATTEMPTS


def test_an_abandoned_task_whose_worker_died_runs_again():
    claimed_by("gone")

    assert requeue_abandoned_tasks() == 1
    DBTaskResult.objects.update(run_after=timezone.now())
    work()
    assert done == ["甲"]


def test_a_task_whose_worker_sends_heartbeats_is_not_requeued():
    record_heartbeat("here")
    claimed_by("here")

    assert requeue_abandoned_tasks() == 0


def test_a_worker_without_heartbeat_for_over_a_minute_counts_as_dead():
    record_heartbeat("here")
    claimed_by("here")
    Worker.objects.update(seen_at=timezone.now() - timedelta(seconds=61))

    assert requeue_abandoned_tasks() == 1


def test_a_task_that_kills_every_worker_stays_failed():
    task = claimed_by("gone")
    DBTaskResult.objects.update(worker_ids=["gone"] * MAX_ATTEMPTS)
    requeue_abandoned_tasks()

    task.refresh_from_db()
    assert task.status == "FAILED"
    assert "WorkerDied" in task.traceback


def test_a_periodic_task_is_queued_once_and_again_after_its_interval():
    first, second = schedule.enqueue_due_tasks(), schedule.enqueue_due_tasks()
    PeriodicRun.objects.update(enqueued_at=timezone.now() - timedelta(days=1))

    assert first == list(schedule.PERIODIC_TASKS)
    assert second == []
    assert schedule.enqueue_due_tasks() == first


def test_finished_tasks_are_deleted_after_their_retention():
    note.enqueue("甲")
    note.enqueue("乙")
    work()
    old = DBTaskResult.objects.first()
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=31))
    tidy_up.enqueue()
    work()

    assert not DBTaskResult.objects.filter(pk=old.pk).exists()
    assert DBTaskResult.objects.filter(task_path__endswith="note").count() == 1


def test_the_admin_shows_the_queue_in_chinese_and_retries_a_failed_task(admin_client):
    claimed_by("gone").set_failed(ValueError("坏了"))
    page = admin_client.get("/admin/yibao_site/backgroundtask/").content.decode()
    answer = admin_client.post(
        "/admin/yibao_site/backgroundtask/",
        {"action": "run_again", "_selected_action": [str(BackgroundTask.objects.get().pk)]},
        follow=True,
    )

    assert "后台任务" in page
    assert "失败" in page
    assert "1 个任务已重新排队" in answer.content.decode()
    work()
    assert done == ["甲"]
