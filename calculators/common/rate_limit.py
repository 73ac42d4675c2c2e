"""Rate limit by client address: a counter in the cache for each minute or hour, nothing else stored."""

import time

from django.core.cache import cache
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address, which TrustedProxiesMiddleware protects from forgery."""
    return str(request.META.get("REMOTE_ADDR", ""))


def count_event(what: str, who: str, *, seconds: int) -> None:
    """Count a `what` of `who` without asking whether it is within a limit."""
    is_within_limit(what, who, most=0, seconds=seconds)


def is_exhausted(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Whether `who` has used up all of this period; counts nothing."""
    return int(cache.get(_key(what, who, seconds)) or 0) >= most


def _key(what: str, who: str, seconds: int) -> str:
    return f"limit:{what}:{who}:{int(time.time()) // seconds}"


def is_within_limit(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more `what` of client `who`; False once there are more than `most` in this period."""
    key = _key(what, who, seconds)
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the key expired just now, or the cache does not respond: better to allow than to refuse
        return True
