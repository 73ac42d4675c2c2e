"""Health checks: /healthz (this process answers) and /readyz (send it visitors).

A site without its cache is slow and right, one without its worker is up to date except for related lists: both still serve,
so /readyz names them and answers 200. `/readyz?strict=1` is for monitors: any part that fails is 503.
"""

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from yibao_site import VERSION
from yibao_site.environment.inside_paths import INSIDE_PATHS
from yibao_site.models import Worker

OK, AWAY = "ok", "away"
DATABASE_ERRORS = (DatabaseError, InterfaceError)
migrated = []  # not empty once this process has found no pending migration


class AnyHostMiddleware:
    """Middleware that lets machines inside ask for health and metrics under any name, such as an address: no answer of theirs
    contains it. So ALLOWED_HOSTS holds the names of the site alone.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        first = next(iter(settings.ALLOWED_HOSTS), "localhost").lstrip(".")
        self.host = "localhost" if first == "*" else first

    def __call__(self, request):
        if request.path_info in INSIDE_PATHS:
            request.META["HTTP_HOST"] = self.host
            request.META.pop("HTTP_X_FORWARDED_HOST", None)
        return self.get_response(request)


@never_cache
def healthz(request):
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request):
    state = {"database": database(), "migrations": AWAY, "worker": AWAY, "cache": cache_state()}
    if state["database"] == OK:
        state |= {"migrations": migrations(), "worker": worker()}
    needed = state if "strict" in request.GET else ("database", "migrations")
    ready = all(state[part] == OK for part in needed)
    return JsonResponse({"ready": ready, "version": VERSION, **state}, status=200 if ready else 503)


def database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DATABASE_ERRORS:
        return AWAY
    return OK


def migrations():
    """Pending migrations: a process whose code is newer than its tables must get no visitors. Queried until there are none."""
    if not migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "pending"
        migrated.append(True)
    return OK


def worker():
    try:
        return OK if Worker.objects.alive().exists() else AWAY
    except DATABASE_ERRORS:
        return AWAY


def cache_state():
    backend = caches["default"]
    return OK if not hasattr(backend, "is_available") or backend.is_available() else AWAY
