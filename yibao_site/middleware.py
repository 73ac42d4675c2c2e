"""Middleware: the client behind trusted proxies, and headers that Django has no setting for.

X-Forwarded-* counts only when it comes from a proxy named in TRUSTED_PROXIES.

The client is the right-most address of X-Forwarded-For that is not itself a trusted proxy: what stands further left was
written by the client and could be anything. From everyone else the headers are removed before anything can read them.
"""

from ipaddress import ip_address, ip_network

from django.conf import settings

FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
)

# A page of this site needs none of the browser's instruments.
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class TrustedProxiesMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.trusted = [ip_network(written) for written in settings.TRUSTED_PROXIES]

    def __call__(self, request):
        request.was_forwarded = any(name in request.META for name in FORWARDED)
        if self.trusts(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = self.client(request.META)
        else:
            for name in FORWARDED:
                request.META.pop(name, None)
        return self.get_response(request)

    def trusts(self, written):
        address = parsed(written)
        return address is not None and any(address in network for network in self.trusted)

    def client(self, meta):
        client = meta["REMOTE_ADDR"]
        for written in reversed(meta.get("HTTP_X_FORWARDED_FOR", "").split(",")):
            if parsed(written) is None:
                break
            client = str(parsed(written))
            if not self.trusts(client):
                break
        return client


def parsed(written):
    """The address, an IPv4 one written as IPv6 included; None where it is none."""
    try:
        address = ip_address(written.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class HeadersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
