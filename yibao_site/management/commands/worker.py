"""Command that runs a worker of the task queue: manage.py worker [--batch]."""

from django.conf import settings
from django.core.management import BaseCommand

from articles.search.engine.backend import search_backend
from calculators.tasks import URGENT_QUEUE
from yibao_site.background.worker import (
    PURGING_INTERVAL_SECONDS,
    URGENT_INTERVAL_SECONDS,
    TaskWorker,
    urgent_queue_beside,
)


class Command(BaseCommand):
    help = "Run background tasks until stopped; several workers share the queue."

    def add_arguments(self, parser):
        parser.add_argument("--batch", action="store_true", help="run what is ready, then stop")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks at an empty queue")

    def handle(self, *, batch, interval, **options):
        worker = TaskWorker(batch=batch, interval=interval, other_queues=() if batch else (URGENT_QUEUE,))
        worker.configure_signals()
        if batch:
            worker.serve()
            return
        others_wait = settings.EDGE_CACHES or search_backend().keeps_copy
        with urgent_queue_beside(PURGING_INTERVAL_SECONDS if others_wait else URGENT_INTERVAL_SECONDS):
            worker.serve()
