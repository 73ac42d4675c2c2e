"""The site's own settings with what tests need: a throw-away data folder, plain static files, fast passwords."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="yibao-tests-"))
os.environ["HTTPS"] = "off"

from yibao_site.settings import *  # noqa: F403
from yibao_site.settings import CACHES, STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = False
TASKS = {"default": {"BACKEND": "tests.immediate_tasks.ImmediateBackend", "QUEUES": ["default", "urgent"]}}
WHITENOISE_AUTOREFRESH = True
RESULTS_PER_MINUTE = 1_000_000  # all tests are one client; those of the limit set it

# Processes that test side by side share one Redis: each has a database of its own in it.
if "redis" in CACHES["default"]["BACKEND"].lower():
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CACHES["default"]["LOCATION"] = CACHES["default"]["LOCATION"].rsplit("/", 1)[0] + f"/{worker}"
