"""Middleware: the client's address behind trusted proxies, methods, text that no database can carry, and response headers.

X-Forwarded-* counts only from a proxy in TRUSTED_PROXIES; from anyone else the headers are removed before they are read.
The client is the right-most address of X-Forwarded-For that is not itself a trusted proxy: addresses further left were
sent by the client and can be forged.
"""

from ipaddress import ip_address, ip_network

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import Http404, HttpResponseNotAllowed, QueryDict

from calculators.common.characters import clean, is_storable
from calculators.common.site_identity import site_identity

PAGE_METHODS = ["GET", "HEAD", "POST"]
FORWARDED_HEADERS = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
)

UNCOUNTED_PATHS = ("/admin/", "/preview/", "/api/")
ANALYTICS_DIRECTIVES = ("script-src", "connect-src", "img-src")
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


class MethodsMiddleware:
    """Answers 405 to methods that no page takes, such as TRACE and OPTIONS. The API answers for itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in PAGE_METHODS or request.path.startswith("/api/"):
            return self.get_response(request)
        sentence = f"这里只能用 {'、'.join(PAGE_METHODS)}。\n"
        return HttpResponseNotAllowed(PAGE_METHODS, sentence, content_type="text/plain; charset=utf-8")


def is_counted(request) -> bool:
    """Whether the page may load the one allowed script that counts visits.

    None does whose address holds what a visitor typed or a token, nor the office.
    """
    return request.method == "GET" and not request.GET and not request.path.startswith(UNCOUNTED_PATHS)


class ContentSecurityMiddleware(CSPMiddleware):
    """The policy of the settings, and the origin of the script that counts visits on the pages that load it."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        origin = site_identity().analytics_origin if is_counted(request) else ""
        if origin:
            parts.update = {name: [origin] for name in ANALYTICS_DIRECTIVES} | (parts.update or {})
        return parts


class HeadersMiddleware:
    """Adds Permissions-Policy to every response."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class RequestTextMiddleware:
    """The one door through which the text of a request comes in: behind it no view meets a character databases refuse.

    An address with NUL is no page, a cookie with NUL is none, and what was typed is cleaned. The office cleans what is
    posted itself, for it tells the editor (yibao_site.admin_site.posted_text).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_storable(request.path_info):
            raise Http404
        request.COOKIES = {name: text for name, text in request.COOKIES.items() if is_storable(name + text)}
        request.GET = clean_query(request.GET)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method == "POST" and request.resolver_match.app_name != "admin":
            request.POST = clean_query(request.POST)


def clean_query(typed: QueryDict) -> QueryDict:
    """The same names and texts without characters that no database can carry."""
    cleaned = QueryDict(mutable=True, encoding=typed.encoding)
    for name, texts in typed.lists():
        for text in texts:
            cleaned.appendlist(clean(name), clean(text))
    cleaned._mutable = False
    return cleaned
