"""How often one client may ask: a count in the cache for each minute or hour, nothing else kept."""

import time

from django.core.cache import cache
from django.http import HttpRequest


def client(request: HttpRequest) -> str:
    """The client's address; yibao_site.middleware sees to it that it cannot be made up."""
    return str(request.META.get("REMOTE_ADDR", ""))


def is_within(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more time that `who` does `what`; False once that is more than `most` in this span of time."""
    key = f"limit:{what}:{who}:{int(time.time()) // seconds}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the cache forgot it just now, or is away: better to answer than to refuse
        return True
