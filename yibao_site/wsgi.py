"""WSGI application: Django behind the page cache."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibao_site.settings")
django_application = get_wsgi_application()

from yibao_site.page_cache.instance import with_page_cache  # noqa: E402 - it reads settings

application = with_page_cache(django_application)
