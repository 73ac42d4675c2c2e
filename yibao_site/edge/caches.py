"""The caches that EDGE_CACHES names, and the request by which each is purged.

varnish+http://10.0.0.2:6081                       BAN with a pattern of tags (varnish.vcl in this folder)
purge+http://10.0.0.2:80                           PURGE of each address (nginx.conf in this folder)
cloudflare+https://TOKEN@api.cloudflare.com/ZONE   POST /client/v4/zones/ZONE/purge_cache with tags
fastly+https://TOKEN@api.fastly.com/SERVICE        POST /service/SERVICE/purge with surrogate keys
"""

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

TIMEOUT_SECONDS = 5
MAX_TAGS = {
    "varnish": 50,
    "cloudflare": 30,
    "fastly": 256,
}  # of one request: what the services allow, and a header of 8 kB
ENCODINGS = ("br", "gzip", "")  # nginx keeps a page once for each
KINDS = ("varnish", "purge", "cloudflare", "fastly")
NOT_KEPT = {404, 412}  # nginx about an address that it does not keep


class PurgeFailed(Exception):
    """The cache did not confirm a purge."""


@dataclass(frozen=True)
class EdgeCache:
    """One cache in front, as its address in EDGE_CACHES says."""

    kind: str
    scheme: str
    host: str
    port: int | None
    token: str
    service: str

    @property
    def needs_addresses(self) -> bool:
        return self.kind == "purge"

    def requests(self, tags: list[str], addresses: list[str]) -> Iterator[tuple[str, str, dict[str, str], str]]:
        """Method, path, headers and body of each request that purges these tags, or these addresses."""
        if self.needs_addresses:
            yield from _address_requests(addresses)
            return
        size = MAX_TAGS[self.kind]
        for start in range(0, len(tags), size):
            yield self._tags_request(tags[start : start + size])

    def _tags_request(self, tags):
        if self.kind == "varnish":
            return "BAN", "/", {"X-Cache-Tags": f"(^|,)({'|'.join(tags)})(,|$)"}, ""
        if self.kind == "fastly":
            headers = {"Fastly-Key": self.token, "Surrogate-Key": " ".join(tags), "Accept": "application/json"}
            return "POST", f"/service/{self.service}/purge", headers, ""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        return "POST", f"/client/v4/zones/{self.service}/purge_cache", headers, json.dumps({"tags": tags})

    def purge(self, tags: list[str], addresses: list[str]) -> int:
        """Send every request over one connection; returns how many. Raises PurgeFailed or OSError."""
        secure = self.scheme == "https"
        made = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection, count = made(self.host, self.port, timeout=TIMEOUT_SECONDS), 0
        try:
            for method, path, headers, body in self.requests(tags, addresses):
                connection.request(method, path, body or None, headers)
                answer = connection.getresponse()
                answer.read()
                if not 200 <= answer.status < 300 and not (self.needs_addresses and answer.status in NOT_KEPT):
                    raise PurgeFailed(f"{self.host} answered {method} with {answer.status}")
                count += 1
        except http.client.HTTPException as error:
            raise PurgeFailed(f"{self.host}: {type(error).__name__}") from error
        finally:
            connection.close()
        return count


def _address_requests(addresses):
    """An address is the page cache's: the path as WSGI has it, bytes as characters."""
    for address in addresses:
        place = urlsplit(address)
        path = quote(place.path.encode("latin-1")) + (f"?{place.query}" if place.query else "")
        for encoding in ENCODINGS:
            yield "PURGE", path, {"Host": place.netloc, "Accept-Encoding": encoding}, ""


def parsed(address: str) -> EdgeCache:
    place = urlsplit(address)
    kind, _, scheme = place.scheme.partition("+")
    if kind not in KINDS or scheme not in {"http", "https"} or not place.hostname:
        known = ", ".join(f"{kind}+https://…" for kind in KINDS)
        raise ImproperlyConfigured(f"EDGE_CACHES names {kind or address!r}; it knows {known}.")
    return EdgeCache(kind, scheme, place.hostname, place.port, place.username or "", place.path.strip("/"))


def edge_caches() -> list[EdgeCache]:
    return [parsed(address) for address in settings.EDGE_CACHES]
