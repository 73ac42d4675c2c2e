"""Lifetime of a page in a cache in front: headers of one page at one moment."""

from urllib.parse import quote

STALE_WHILE_REVALIDATE = 5  # seconds; browsers obey it too, and a reader should not meet an older page for longer
STALE_IF_ERROR = 86_400


def tags(keys) -> list[str]:
    """Page keys as they stand in Cache-Tag and Surrogate-Key."""
    return [quote(key, safe=":") for key in sorted(keys)]


def cache_control(expires: float, now: float, max_age: int) -> str:
    """For a page that ends at `expires`: no cache answers with it afterwards, whatever happens."""
    remaining = max(0, int(expires - now))
    kept = min(max_age, remaining)
    beyond = remaining - kept
    return (
        f"public, max-age=0, s-maxage={kept}, stale-while-revalidate={min(STALE_WHILE_REVALIDATE, beyond)}, "
        f"stale-if-error={min(STALE_IF_ERROR, beyond)}"
    )


def with_lifetime(headers, expires: float, now: float, *, max_age: int, surrogate_keys: bool) -> list[tuple[str, str]]:
    """The headers of a page that was made for no preference; Fastly reads its tags from a header of another name."""
    given = dict(headers) | {"Cache-Control": cache_control(expires, now, max_age)}
    if surrogate_keys:
        given["Surrogate-Key"] = given["Cache-Tag"].replace(",", " ")
    return list(given.items())
