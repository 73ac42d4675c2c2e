from contextlib import ExitStack

import pytest

from tests.reliability.sites import FILL, empty_site


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A migrated site with the shipped values and an admin; tests work on copies of it."""
    with empty_site(tmp_path_factory.mktemp("template") / "site") as site:
        site.manage("migrate", "-v0")
        site.script(FILL)
        yield site


@pytest.fixture
def new_site(tmp_path, template):
    """new_site("a") is a copy of the template; new_site("b", filled=False) has an empty database."""
    with ExitStack() as stack:

        def make(name="site", *, filled=True, **options):
            folder = tmp_path / name
            return stack.enter_context(empty_site(folder, template=template if filled else None, **options))

        yield make


@pytest.fixture
def site(new_site):
    return new_site()
