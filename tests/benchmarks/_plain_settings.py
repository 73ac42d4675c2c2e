"""The site's settings with as little as a lean Django site would have."""

from yibao_site.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks._served"
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
