import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibao_site.settings")
django_application = get_wsgi_application()

from yibao_site.page_cache.instance import keep_pages  # noqa: E402 - it reads the settings made ready above

application = keep_pages(django_application)
