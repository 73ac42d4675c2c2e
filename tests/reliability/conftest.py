import signal
from contextlib import ExitStack
from datetime import UTC
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles.import_export import demo
from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from calculators.publishing.gate import publish
from tests.calculators.factories import stored
from tests.reliability.cluster_processes import Redis, running_cluster
from tests.reliability.site_processes import copy_of_the_tests_database, empty_site

ARTICLES = 6
CALCULATORS = ("personal_account_carryover", "employee_outpatient", "scheme_comparison")  # those the articles name


@pytest.fixture(scope="session", autouse=True)
def interrupts():
    """A shell that starts the tests in the background has them ignore interrupts, and what they start would too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def set_clock(monkeypatch):
    """Make it this moment: for Django, which all pages ask, and for the seconds the page cache counts."""

    def set_clock(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment.astimezone(UTC))
        clock = SimpleNamespace(time=moment.timestamp)
        monkeypatch.setattr("yibao_site.page_cache.wsgi.time", clock)

    return set_clock


@pytest.fixture(scope="session")
def template(tmp_path_factory, django_db_setup, django_db_blocker):
    """A site with the shipped values, a few calculators and articles, and an admin; tests work on copies of it."""
    with copy_of_the_tests_database(tmp_path_factory.mktemp("template") / "site", django_db_blocker) as site:
        with site.here(), pytest.MonkeyPatch.context() as patch:
            shipped = demo.demo_texts()
            patch.setattr(demo, "demo_texts", lambda: shipped[:ARTICLES])
            for code in CALCULATORS:
                publish(
                    stored(from_toml((LIBRARY_FOLDER / f"calculators/{code}.toml").read_text(encoding="utf-8"))),
                    by=None,
                )
            demo.load_demo_articles()
            demo.load_demo_pages()
            User.objects.create_superuser("admin", password="a-long-password").groups.set(Group.objects.all())
        yield site


@pytest.fixture
def new_site(tmp_path, template, django_db_blocker):
    """new_site("a") is a copy of the template; new_site("b", filled=False) has an empty database."""
    with ExitStack() as stack:

        def make(name="site", *, filled=True, **options):
            copied = template if filled else None
            return stack.enter_context(empty_site(tmp_path / name, django_db_blocker, template=copied, **options))

        yield make


@pytest.fixture
def site(new_site):
    return new_site()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory, template, django_db_blocker):
    """Two servers behind nginx with a worker and a Redis of their own, for all tests that stop parts of them."""
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as stack:
        site = stack.enter_context(empty_site(folder / "site", django_db_blocker, template=template))
        store = Redis(folder / "redis")
        store.start()
        stack.callback(store.stop)
        site.variables |= {"TRUSTED_PROXIES": "127.0.0.1", "CACHE_URL": f"redis://127.0.0.1:{store.port}/0"}
        cluster = stack.enter_context(running_cluster(site, folder))
        cluster.redis = store
        yield cluster
