"""Middleware: the client's address behind trusted proxies, and response headers that Django has no setting for.

X-Forwarded-* counts only from a proxy in TRUSTED_PROXIES; from anyone else the headers are removed before they are read.
The client is the right-most address of X-Forwarded-For that is not itself a trusted proxy: addresses further left were
sent by the client and can be forged.
"""

from ipaddress import ip_address, ip_network

from django.conf import settings

FORWARDED_HEADERS = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
)

# No page of this site uses these browser features.
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class TrustedProxiesMiddleware:
    """Sets REMOTE_ADDR to the client's address, or removes forwarded headers of an untrusted sender."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.trusted = [ip_network(written) for written in settings.TRUSTED_PROXIES]

    def __call__(self, request):
        request.was_forwarded = any(name in request.META for name in FORWARDED_HEADERS)
        if self.trusts(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = self.client(request.META)
        else:
            for name in FORWARDED_HEADERS:
                request.META.pop(name, None)
        return self.get_response(request)

    def trusts(self, written):
        address = parse_address(written)
        return address is not None and any(address in network for network in self.trusted)

    def client(self, meta):
        client = meta["REMOTE_ADDR"]
        for written in reversed(meta.get("HTTP_X_FORWARDED_FOR", "").split(",")):
            if parse_address(written) is None:
                break
            client = str(parse_address(written))
            if not self.trusts(client):
                break
        return client


def parse_address(written):
    """The IP address, an IPv4-mapped IPv6 one as IPv4; None if it cannot be parsed."""
    try:
        address = ip_address(written.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class HeadersMiddleware:
    """Adds Permissions-Policy to every response."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
