"""Command that visits the links of policy documents: manage.py watch_sources [--limit N]. Meant to run once a day."""

import time
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from calculators.sources.fetch import fetch
from calculators.sources.watch import documents_to_visit, visit_document

SECONDS_BETWEEN_VISITS = 1.0  # of the same host


class Command(BaseCommand):
    help = "检查每份政策文件的链接：打不开、换了地址、文字变了的列入待办。每天运行一次，同一天不重复访问。"

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=None, help="最多访问几个链接")

    def handle(self, *, limit, **options):
        today = timezone.localdate()
        ask = partial(fetch, loopback=getattr(settings, "SOURCE_WATCH_LOOPBACK", False))
        asked = {}
        outcomes = []
        for document in documents_to_visit(today)[:limit]:
            self._wait_for(urlsplit(document.url).hostname, asked)
            outcomes.append(visit_document(document, today, ask).get_outcome_display())
        counts = "，".join(f"{outcome} {outcomes.count(outcome)}" for outcome in sorted(set(outcomes)))
        self.stdout.write(f"访问了 {len(outcomes)} 个链接{f'：{counts}' if counts else ''}。")

    def _wait_for(self, host, asked):
        """Wait SECONDS_BETWEEN_VISITS before the same host is visited again."""
        since = time.monotonic() - asked.get(host, float("-inf"))
        if since < SECONDS_BETWEEN_VISITS and not getattr(settings, "SOURCE_WATCH_LOOPBACK", False):
            time.sleep(SECONDS_BETWEEN_VISITS - since)
        asked[host] = time.monotonic()
