"""API object: rate limit, error responses, OpenAPI description."""

from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponseNotAllowed
from ninja import NinjaAPI
from ninja.errors import Throttled
from ninja.throttling import BaseThrottle

from calculators.api.openapi import add_calculator_paths
from calculators.common.rate_limit import client_address, is_within_limit
from calculators.common.site_identity import site_name
from calculators.values.types import ParameterNotInForce

MINUTE_SECONDS = 60
API_DESCRIPTION = (
    "医保计算器和政策数值，只读。代码与网页相同；地区用六位行政区划代码；金额是两位小数的字符串。"
    "结果以参保地经办机构结算为准。"
)


class RequestRefused(Exception):
    """The question cannot be answered: a sentence, one for each input that is wrong, and what such an input may be."""

    def __init__(self, sentence: str, errors: dict[str, str] | None = None, options: dict[str, list] | None = None):
        super().__init__(sentence)
        self.errors = errors or {}
        self.options = options or {}


class PerMinute(BaseThrottle):
    """`what` is counted apart from everything else; `most` requests a minute."""

    what = "api"

    @property
    def most(self):
        return settings.API_PER_MINUTE

    def allow_request(self, request):
        return is_within_limit(self.what, client_address(request), most=self.most, seconds=MINUTE_SECONDS)

    def wait(self):
        return MINUTE_SECONDS


class SiteAPI(NinjaAPI):
    """Its description also lists what each published calculator asks and answers."""

    @property
    def urls(self):
        """Each answers a method that it does not take with a sentence too."""
        patterns, *names = super().urls
        for pattern in patterns:
            pattern.callback = _in_words(pattern.callback)
        return patterns, *names

    def get_openapi_schema(self, *args, **kwargs):
        schema = super().get_openapi_schema(*args, **kwargs)
        schema["info"]["title"] = f"{site_name()} API"
        add_calculator_paths(schema)
        return schema

    def create_response(self, request, data, **kwargs):
        """Any page may use it: there is nothing private in it, and no cookie is read."""
        response = super().create_response(request, data, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cache-Control"] = "no-store"
        return response


api = SiteAPI(
    version="1",
    description=API_DESCRIPTION,
    docs_url=None,  # its page would load scripts from elsewhere; ours is calculators.api.docs
    urls_namespace="api",
    throttle=[PerMinute()],
)


def _in_words(view):
    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        worded = sentence_response(request, response.status_code, f"这里只能读取：请用 {response['Allow']}。")
        worded["Allow"] = response["Allow"]
        return worded

    return answered


def sentence_response(request, status, sentence, **more):
    return api.create_response(request, {"detail": sentence, **more}, status=status)


@api.exception_handler(Http404)
def not_found(request, error):
    return sentence_response(request, 404, str(error) or "没有这个地址。")


@api.exception_handler(ParameterNotInForce)
def not_in_force(request, error):
    return sentence_response(request, 422, str(error), parameter=error.code)


@api.exception_handler(RequestRefused)
def refused(request, error):
    return sentence_response(request, 422, str(error), errors=error.errors, options=error.options)


@api.exception_handler(Throttled)
def too_often(request, error):
    response = sentence_response(request, 429, f"请求太多：每分钟最多 {settings.API_PER_MINUTE} 次，请稍后再试。")
    response["Retry-After"] = str(MINUTE_SECONDS)
    return response
