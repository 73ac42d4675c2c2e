"""Command that runs a worker of the task queue: manage.py worker [--batch]."""

from django.conf import settings
from django.core.management import BaseCommand

from yibao_site.background.worker import TaskWorker, serve_urgent_queue
from yibao_site.edge.tasks import URGENT_QUEUE


class Command(BaseCommand):
    help = "Run background tasks until stopped; several workers share the queue."

    def add_arguments(self, parser):
        parser.add_argument("--batch", action="store_true", help="run what is ready, then stop")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks at an empty queue")

    def handle(self, *, batch, interval, **options):
        beside = bool(settings.EDGE_CACHES) and not batch
        worker = TaskWorker(batch=batch, interval=interval, other_queues=[URGENT_QUEUE] if beside else [])
        worker.configure_signals()
        if beside:
            serve_urgent_queue()
        worker.serve()
