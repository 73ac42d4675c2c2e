"""Middleware of the rate limit: how often one client may ask for pages that are computed for each request.

These take ten to a hundred times the processor of a page that is kept: results, reports of them, searches, suggestions and
the values of another day. Each is counted by itself; reading is not limited.
"""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render

from calculators.common.rate_limit import client_address, is_within_limit

MINUTE_SECONDS = 60
SUGGESTIONS = "articles:suggest"
ALWAYS_COMPUTED = {SUGGESTIONS, "calculators:report", "calculators:data_file", "calculators:area_data_file"}
COMPUTED_WITH_A_QUERY = {"articles:search", "calculators:calculator", "calculators:embed", "calculators:area"}


class RateLimitMiddleware:
    """Answers 429 once a client has asked for more than RESULTS_PER_MINUTE pages of one kind."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        if not (name in ALWAYS_COMPUTED or (name in COMPUTED_WITH_A_QUERY and request.META.get("QUERY_STRING"))):
            return None
        most = settings.RESULTS_PER_MINUTE
        if is_within_limit(name, client_address(request), most=most, seconds=MINUTE_SECONDS):
            return None
        response = self.refuse(request, name)
        response["Retry-After"] = str(MINUTE_SECONDS)
        response["Cache-Control"] = "no-store"
        return response

    def refuse(self, request, name):
        if name == SUGGESTIONS:
            return JsonResponse({"suggestions": []}, status=429)
        return render(request, "429.html", {"most": settings.RESULTS_PER_MINUTE}, status=429)
