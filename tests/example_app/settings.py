"""A settings module of one's own. In a project it starts with `from yibao_site.settings import *`."""

from pathlib import Path

from tests.reliability.settings import *  # noqa: F403
from tests.reliability.settings import INSTALLED_APPS, TEMPLATES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.example_app"]
ROOT_URLCONF = "tests.example_app.urls"
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "overrides", *TEMPLATES[0]["DIRS"]]
