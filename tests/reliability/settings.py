"""The site's own settings; only static files keep their plain names, which saves collecting them for each site."""

from yibao_site.settings import *  # noqa: F403
from yibao_site.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
