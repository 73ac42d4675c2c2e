"""WSGI application: Django behind the page cache, behind the buffer that slow clients fill, behind the request log."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibao_site.settings")
django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402

from yibao_site.monitoring.request_log import RequestIdMiddleware, RequestLogMiddleware  # noqa: E402
from yibao_site.page_cache.instance import with_page_cache  # noqa: E402 - it reads settings
from yibao_site.request_limits.buffering import BufferingMiddleware  # noqa: E402

FREE_THREADS = 2  # that receive no body, and so answer readers and /healthz whatever is sent
cached = with_page_cache(RequestIdMiddleware(django_application))
buffered = BufferingMiddleware(cached, max(1, settings.THREADS - FREE_THREADS))
application = RequestLogMiddleware(buffered)
