"""Worker process of the task queue: runs one task at a time and urgent ones beside it, sends heartbeats, reconnects after a database outage."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker

from calculators.tasks import URGENT_QUEUE
from yibao_site.background.queue import (
    hasten_retries,
    record_heartbeat,
    remove_worker,
    requeue_abandoned_tasks,
    retry_task,
)
from yibao_site.background.schedule import enqueue_due_tasks

HEARTBEAT_SECONDS = 10  # models.ALIVE_TIMEOUT, 60 s, allows five to be missed
RECONNECT_SECONDS = 2
URGENT_INTERVAL_SECONDS = 1.0  # between looks at the urgent queue
PURGING_INTERVAL_SECONDS = 0.1  # where a cache in front or a search service waits for it
URGENT_END_SECONDS = 1.5  # that a worker waits for the task in hand when it ends
DATABASE_ERRORS = (DatabaseError, InterfaceError)
logger = logging.getLogger(__name__)


class TaskWorker(DatabaseWorker):
    def __init__(self, *, batch=False, interval=1.0, queues=("*",), other_queues=()):
        super().__init__(
            queue_names=list(queues),
            excluded_queue_names=list(other_queues),
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(12),
        )

    def run_task(self, task):
        super().run_task(task)
        if task.status == "FAILED":
            retry_task(task)

    def serve(self):
        """Run tasks until a signal stops the worker. A task that a database outage interrupts runs again later."""
        while self.running:
            try:
                with Heartbeat(self.worker_id):
                    self.run()
                return
            except DATABASE_ERRORS as error:
                logger.warning("the database is away: %s", type(error).__name__)
                connection.close()
                time.sleep(RECONNECT_SECONDS)
                # The interrupted task belongs to a worker id that sends no more heartbeats, so it is requeued.
                self.worker_id = get_random_string(12)


@contextmanager
def urgent_queue_beside(interval: float) -> Iterator[None]:
    """Run urgent tasks in a thread beside the worker's: none waits for a long one to end."""
    worker = TaskWorker(interval=interval, queues=(URGENT_QUEUE,))
    thread = threading.Thread(target=worker.serve, name="urgent tasks", daemon=True)
    thread.start()
    try:
        yield
    finally:
        worker.running = False
        thread.join(URGENT_END_SECONDS)


class Heartbeat:
    """Thread that, every HEARTBEAT_SECONDS, records a heartbeat, requeues abandoned tasks and enqueues periodic ones."""

    def __init__(self, worker_id):
        self.worker_id = worker_id
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.beat, daemon=True, name="heartbeat")

    def __enter__(self):
        record_heartbeat(self.worker_id)
        self.thread.start()
        return self

    def __exit__(self, kind, *error):
        self.stopped.set()
        self.thread.join(5)
        if kind is None or not issubclass(kind, DATABASE_ERRORS):
            remove_worker(self.worker_id)

    def beat(self):
        while True:
            try:
                record_heartbeat(self.worker_id)
                requeue_abandoned_tasks()
                hasten_retries()
                enqueue_due_tasks()
            except DATABASE_ERRORS as error:
                logger.warning("no heartbeat: %s", type(error).__name__)
            finally:
                connection.close()
            if self.stopped.wait(HEARTBEAT_SECONDS):
                return
