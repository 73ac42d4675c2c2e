"""A page that moved is found again: the last look before a 404."""

from django.http import HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from articles.models import Article, OldAddress
from articles.models.redirect import path_of

# An hour, not for ever: an address that is taken back later must not lead readers in a circle.
REDIRECT_CACHE_CONTROL = "public, max-age=3600"


class OldAddressMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        target = new_path(request.path) if response.status_code == 404 and request.method in {"GET", "HEAD"} else None
        return response if target is None else moved(request, target)


def new_path(path: str) -> str | None:
    """Where the page that once stood at `path` is now; None where there was none, or it is not public.

    An address is also found with or without its last slash; the one that was written as asked for comes first.
    """
    other = path[:-1] if path.endswith("/") else f"{path}/"
    known = OldAddress.objects.select_related("article", "category", "tag").filter(path__in=[path, other])
    old = min(known, key=lambda old: old.path != path, default=None)
    target = old and old.target
    hidden = isinstance(target, Article) and not target.is_public(timezone.now())
    return None if not target or hidden else path_of(target)


def moved(request, path):
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    response = HttpResponsePermanentRedirect(iri_to_uri(path + query))
    response["Cache-Control"] = REDIRECT_CACHE_CONTROL
    return response
