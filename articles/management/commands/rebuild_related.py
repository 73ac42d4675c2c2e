"""Command rebuild_related: related lists computed now, with progress."""

import os
import time

from django.core.management import BaseCommand

from articles import related
from articles.models import ArticleProfile

PROCESSES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
PROGRESS_INTERVAL_SECONDS = 0.5  # seconds between two looks at the progress
PROGRESS_BAR_WIDTH = 30


class Command(BaseCommand):
    help = "Compute the related lists that are due, or all of them. Stopped half-way, the next run goes on from there."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="read every article anew and compute every list")
        parser.add_argument(
            "--processes", type=int, default=PROCESSES, help="how many compute side by side (%(default)s)"
        )

    def handle(self, **options):
        if options["all"]:
            ArticleProfile.objects.mark(ArticleProfile.Due.TEXT)
        self.told = 0
        started = time.monotonic()
        related.work(progress=self.tell, processes=options["processes"])
        self.stdout.write(f"相关阅读已全部算好，用时 {time.monotonic() - started:.0f} 秒。")

    def tell(self, what, left):
        if left and time.monotonic() - self.told < PROGRESS_INTERVAL_SECONDS:
            return
        self.told = time.monotonic()
        every = ArticleProfile.objects.count()
        done = PROGRESS_BAR_WIDTH * (every - left) // max(every, 1)
        self.stderr.write(
            f"\r{what} [{'█' * done}{'·' * (PROGRESS_BAR_WIDTH - done)}] 还有 {left} 篇   ", ending="" if left else "\n"
        )
