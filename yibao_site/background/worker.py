"""One background worker: claims tasks one at a time, says that it lives, survives a database that is away for a while."""

import logging
import threading
import time

from django.db import DatabaseError, InterfaceError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker

from yibao_site.background.queue import rescue_abandoned, say_alive, say_goodbye, try_again
from yibao_site.background.schedule import enqueue_due

HEARTBEAT = 10  # seconds
AWAY = (DatabaseError, InterfaceError)
logger = logging.getLogger(__name__)


class Worker(DatabaseWorker):
    def __init__(self, *, batch=False, interval=1.0):
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
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
            try_again(task)

    def serve(self):
        """Work until told to stop; whatever the database was doing when it went away runs again later."""
        while self.running:
            try:
                with Heartbeat(self.worker_id):
                    self.run()
                return
            except AWAY as error:
                logger.warning("the database is away: %s", type(error).__name__)
                connection.close()
                time.sleep(2)
                # The task in hand belongs to a name that is never seen again, so it will be rescued.
                self.worker_id = get_random_string(12)


class Heartbeat:
    """A thread that says every HEARTBEAT seconds that this worker lives, rescues what others left, and starts what is due."""

    def __init__(self, worker_id):
        self.worker_id = worker_id
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.beat, daemon=True, name="heartbeat")

    def __enter__(self):
        say_alive(self.worker_id)
        self.thread.start()
        return self

    def __exit__(self, kind, *error):
        self.stopped.set()
        self.thread.join(5)
        if kind is None or not issubclass(kind, AWAY):
            say_goodbye(self.worker_id)

    def beat(self):
        while True:
            try:
                say_alive(self.worker_id)
                rescue_abandoned()
                enqueue_due()
            except AWAY as error:
                logger.warning("no heartbeat: %s", type(error).__name__)
            finally:
                connection.close()
            if self.stopped.wait(HEARTBEAT):
                return
