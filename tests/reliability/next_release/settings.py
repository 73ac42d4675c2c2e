from tests.reliability.settings import *  # noqa: F403
from tests.reliability.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.reliability.next_release"]
MIGRATION_MODULES = {"articles": "tests.reliability.next_release.migrations", "next_release": None}
