"""HTTP fetch of public pages, safe from SSRF: a link that an editor typed cannot reach the internal network.

Only http and https, only ports 80 and 443, only public addresses; the connection goes to the very
address that was checked. Redirects are followed one at a time under the same rules; size and time are bounded.
No Django.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

MAX_REDIRECTS = 5
MAX_PAGE_BYTES = 5_000_000
FETCH_TIMEOUT_SECONDS = 15.0  # for the whole fetch, redirects included
ALLOWED_PORTS = {"http": 80, "https": 443}
PERMANENT_REDIRECT_STATUSES = {301, 308}
REDIRECT_STATUSES = {301, 302, 303, 307, 308}
REQUEST_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; yibao-source-watch)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}


class AddressRefused(Exception):
    """The address may not be fetched; the message says why."""


class FetchFailed(Exception):
    """No complete response in time; the message says what happened."""


@dataclass(frozen=True)
class FetchedPage:
    """A response. `moved_to` is the final address if every redirect was permanent, else empty."""

    status: int
    body: bytes
    content_type: str
    moved_to: str = ""


class PinnedHTTP(http.client.HTTPConnection):
    """Connection to the checked `address`, whatever the host name resolves to by now (no DNS rebinding)."""

    def __init__(self, host, port, address, timeout):
        super().__init__(host, port, timeout=timeout)
        self.address = address

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class PinnedHTTPS(http.client.HTTPSConnection):
    def __init__(self, host, port, address, timeout):
        self.tls = ssl.create_default_context()
        super().__init__(host, port, timeout=timeout, context=self.tls)
        self.address = address

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = self.tls.wrap_socket(self.sock, server_hostname=self.host)


def fetch(url: str, *, loopback: bool = False) -> FetchedPage:
    """Fetch `url`. Raises AddressRefused, FetchFailed. `loopback` lets tests reach their own server."""
    deadline = time.monotonic() + FETCH_TIMEOUT_SECONDS
    moved_for_good, current = True, url
    for _ in range(MAX_REDIRECTS + 1):
        status, headers, body = _get(current, deadline, loopback)
        if status not in REDIRECT_STATUSES or not headers.get("Location"):
            moved_to = current if current != url and moved_for_good else ""
            return FetchedPage(status, body, headers.get("Content-Type", ""), moved_to)
        moved_for_good = moved_for_good and status in PERMANENT_REDIRECT_STATUSES
        current = urljoin(current, headers["Location"])
    raise FetchFailed(f"转了 {MAX_REDIRECTS} 次还没有到。")


def _get(url, deadline, loopback):
    parts, host, port = split_address(url, loopback)
    address = public_address(host, port, loopback)
    connection_type = PinnedHTTPS if parts.scheme == "https" else PinnedHTTP
    connection = connection_type(host, port, address, _left(deadline))
    try:
        with _cut_off_at(deadline, connection):
            connection.request("GET", urlunsplit(("", "", parts.path or "/", parts.query, "")), headers=REQUEST_HEADERS)
            answer = connection.getresponse()
            return answer.status, answer.headers, _read(answer, deadline)
    except (OSError, http.client.HTTPException, UnicodeError, zlib.error) as error:
        _left(deadline)
        raise FetchFailed(f"没有应答（{type(error).__name__}）。") from error
    finally:
        connection.close()


@contextmanager
def _cut_off_at(deadline, connection):
    """Context that shuts the connection down at the deadline, even if the server sends a byte now and then."""
    timer = threading.Timer(_left(deadline), _hang_up, [connection])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(connection):
    """Shut the socket down, which wakes a blocked read; it may be closed at the same moment."""
    sock = connection.sock
    if sock is not None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def split_address(url: str, loopback: bool):
    """Parts, host and port of an address that may be fetched. Raises AddressRefused."""
    try:
        parts = urlsplit(url)
        port = parts.port or ALLOWED_PORTS.get(parts.scheme)
    except ValueError as error:
        raise AddressRefused("网址写得不对。") from error
    if parts.scheme not in ALLOWED_PORTS or not parts.hostname:
        raise AddressRefused("只检查 http 和 https 的链接。")
    if parts.username or parts.password:
        raise AddressRefused("链接里不能有用户名和密码。")
    if port not in ALLOWED_PORTS.values() and not loopback:
        raise AddressRefused("只检查 80 和 443 端口。")
    return parts, parts.hostname, port


def public_address(host: str, port: int, loopback: bool) -> str:
    """One address of the host; every one it has must be public. Raises AddressRefused, FetchFailed."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise FetchFailed("域名查不到。") from error
    for address in found:
        if not may_connect(address, loopback):
            raise AddressRefused("链接指向内部网络的地址，不访问。")
    return sorted(found, key=lambda address: (":" in address, address))[0]


def may_connect(address: str, loopback: bool) -> bool:
    """Public unicast addresses only; an IPv4 address inside an IPv6 one counts as itself."""
    ip = ipaddress.ip_address(address.split("%")[0])
    for inner in ("ipv4_mapped", "sixtofour"):
        ip = getattr(ip, inner, None) or ip
    if loopback and ip.is_loopback:
        return True
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _left(deadline):
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchFailed(f"{FETCH_TIMEOUT_SECONDS:.0f} 秒内没有读完。")
    return left


def _read(answer, deadline):
    """The body, whole or its first MAX_PAGE_BYTES. A response that ends early raises FetchFailed."""
    chunks, size = [], 0
    while size < MAX_PAGE_BYTES and (chunk := answer.read1(65_536)):
        chunks.append(chunk)
        size += len(chunk)
    _left(deadline)
    if size < MAX_PAGE_BYTES and answer.length:
        raise FetchFailed("没有传完就断了。")
    body = b"".join(chunks)[:MAX_PAGE_BYTES]
    if answer.headers.get("Content-Encoding", "") == "gzip":
        return zlib.decompressobj(wbits=31).decompress(body, MAX_PAGE_BYTES)
    return body
