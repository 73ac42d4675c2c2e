"""Middleware that lets visitors' pages be read from the replica, and reads a page again from the primary where the replica failed."""

from django.conf import settings
from django.db import connections

from yibao_site.environment.inside_paths import INSIDE_PATHS
from yibao_site.replica.position import ERRORS, REPLICA_ALIAS, position
from yibao_site.replica.router import reading_from_replica, reads_replica

OFFICE_PATHS = ("/admin/", "/preview/")


def is_of_a_visitor(request) -> bool:
    """Whether it only reads, as nobody who is signed in."""
    path = request.path_info
    is_page = not path.startswith(OFFICE_PATHS) and path not in INSIDE_PATHS
    return request.method in {"GET", "HEAD"} and is_page and settings.SESSION_COOKIE_NAME not in request.COOKIES


class ReplicaMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_of_a_visitor(request):
            return self.get_response(request)
        position.start()
        with reading_from_replica():
            return self.get_response(request)

    def process_exception(self, request, exception):
        if not (isinstance(exception, ERRORS) and reads_replica()):
            return None
        position.lose()  # so that what follows is read from the primary
        connections[REPLICA_ALIAS].close()
        view = request.resolver_match
        return view.func(request, *view.args, **view.kwargs)
