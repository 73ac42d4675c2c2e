"""Prometheus metrics at /metrics: requests by view and status, their time and the database's, tasks, workers, state of the site.

Those that the page cache answers itself are in yibao_pages (`page_cache/counters.py`) alone: they reach no view.

The view answers loopback, or a bearer of METRICS_TOKEN, and is 404 to everyone else. Several server processes share their
metrics in PROMETHEUS_MULTIPROC_DIR, which the commands that start the server set.
"""

import os
import time
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Min
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django_tasks_db.models import DBTaskResult
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from yibao_site.models import Worker
from yibao_site.monitoring.database_time import timed_statements
from yibao_site.monitoring.request_log import DATABASE_SECONDS
from yibao_site.monitoring.site_state import SiteCollector

DURATION_BUCKETS_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
requests = Counter("yibao_requests", "Requests answered", ["view", "method", "status"])
seconds = Histogram("yibao_request_seconds", "Time to an answer", ["view"], buckets=DURATION_BUCKETS_SECONDS)
database_seconds = Histogram(
    "yibao_request_database_seconds", "Of that, time of the database", ["view"], buckets=DURATION_BUCKETS_SECONDS
)
COUNTED_METHODS = {"GET", "HEAD", "POST"}  # any other becomes "other"


class MetricsMiddleware:
    """Middleware that counts and times requests by the name of their view: paths would make a series of each visitor's typing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        with timed_statements() as statements:
            response = self.get_response(request)
        request.META[DATABASE_SECONDS] = statements.seconds
        view = request.resolver_match.view_name if request.resolver_match else "none"
        method = request.method if request.method in COUNTED_METHODS else "other"
        requests.labels(view or "unnamed", method, response.status_code).inc()
        seconds.labels(view or "unnamed").observe(time.perf_counter() - start)
        database_seconds.labels(view or "unnamed").observe(statements.seconds)
        return response


class QueueCollector:
    """Prometheus collector of the task queue, queried at each scrape."""

    def collect(self):
        tasks = GaugeMetricFamily("yibao_tasks", "Background tasks by state", labels=["status"])
        for row in DBTaskResult.objects.order_by().values("status").annotate(count=Count("pk")):
            tasks.add_metric([row["status"].lower()], row["count"])
        yield tasks
        oldest = DBTaskResult.objects.ready().aggregate(first=Min("enqueued_at"))["first"]
        waited = (timezone.now() - oldest).total_seconds() if oldest else 0
        yield GaugeMetricFamily("yibao_task_oldest_seconds", "Age of the oldest task that waits", value=waited)
        yield GaugeMetricFamily("yibao_workers", "Background workers alive", value=Worker.objects.alive().count())


@never_cache
def metrics(request):
    if not may_read(request):
        raise Http404
    queue = CollectorRegistry()
    queue.register(QueueCollector())
    queue.register(SiteCollector())
    return HttpResponse(generate_latest(processes()) + generate_latest(queue), content_type=CONTENT_TYPE_LATEST)


def processes():
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    forget_ended_processes(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]))
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry


def forget_ended_processes(folder: Path):
    """Gauges of a process that has ended count no longer; its counters do."""
    for path in folder.glob("gauge_live*_*.db"):
        pid = int(path.stem.rpartition("_")[2])
        try:
            os.kill(pid, 0)  # asks whether it runs
        except ProcessLookupError:
            mark_process_dead(pid, folder)
        except PermissionError:
            continue


def may_read(request):
    if settings.METRICS_TOKEN:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    # Behind a proxy on the same machine every visitor would look like loopback.
    return not request.was_forwarded and ip_address(request.META["REMOTE_ADDR"]).is_loopback
