"""Every test that touches the database finds the shipped policy values in it, loaded once.

A fault, load or attack that a test tried is told at the end of the run in one table: `tried(what, how often, outcome)`.
"""

import fcntl
import gc
from itertools import count
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, User
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test.utils import setup_databases, teardown_databases
from xdist.scheduler import LoadScopeScheduling

from calculators.common import rate_limit, site_identity
from calculators.library.loading import load_values
from tests.database_copy import copy_into_memory, fingerprint, keep_copy
from tests.one_database import ONE_DATABASE
from yibao_site.site_settings import reading

HOURS = count(1)
NOT_ONE_DATABASE = "not one_database"  # the marks that the second half of `make test` asks for
SHARING_SERVERS = ("tests/browser/", "tests/reliability/")


def pytest_xdist_make_scheduler(config, log):
    return OneProcessAFolder(config, log)


class OneProcessAFolder(LoadScopeScheduling):
    """Test functions are handed out one by one, but those that share servers stay in one process, one after another."""

    def _split_scope(self, nodeid):
        return shared_folder(nodeid) or nodeid.partition("[")[0]


def pytest_ignore_collect(collection_path, config):
    """A file that is not run is not read either."""
    path = collection_path.relative_to(config.rootpath).as_posix()
    return True if config.option.markexpr == NOT_ONE_DATABASE and path.startswith(ONE_DATABASE) else None


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item):
    if item.nodeid.startswith(ONE_DATABASE):
        item.add_marker("one_database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The same order within a process, also when shuffled: what shares servers comes last."""
    items.sort(key=lambda item: shared_folder(item.nodeid))


def pytest_collection_finish():
    """What is loaded by now stays to the end, so no search for garbage goes through it."""
    gc.freeze()


def shared_folder(nodeid):
    return next((folder for folder in SHARING_SERVERS if nodeid.startswith(folder)), "")


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """A database with the shipped policy values; on SQLite a copy of the one that the last run made from the same files."""
    with django_db_blocker.unblock():
        cache = getattr(request.config, "cache", None)  # pytest may run without
        if cache and connection.vendor == "sqlite":
            made = cache.mkdir("databases") / f"{fingerprint()}.sqlite3"
            with made.with_name("lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)  # of the processes of a run, one makes it
                if made.exists():
                    copy_into_memory(made)
                else:
                    request.getfixturevalue("migrated_database_with_values")
                    keep_copy(made)
        else:
            request.getfixturevalue("migrated_database_with_values")
        assert connection.features.supports_json_field  # a query of its own once in a process: in no test that counts


@pytest.fixture(scope="session")
def migrated_database_with_values(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False)
        load_values()
    yield
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0)


@pytest.fixture(autouse=True)
def shipped_identity_in_memory():
    """As in a server that has answered before: no page asks for the site's name, until a test changes it."""
    site_identity.memory.keep(reading.shipped_identity())


@pytest.fixture(autouse=True)
def own_period_of_the_rate_limit(monkeypatch):
    """What a test asks falls into one minute and one hour, in which nobody asked before."""
    moment = next(HOURS) * 3600
    monkeypatch.setattr(rate_limit, "time", SimpleNamespace(time=lambda: moment))


@pytest.fixture
def one_connection(db):
    """Requests through WSGI leave the connection open that holds the test's own transaction, as Django's client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def staff(db):
    """Make a member of staff in these groups: staff("编辑")."""

    def make(*groups, username="staff", **fields):
        user = User.objects.create_user(username, password="a-long-password", is_staff=True, **fields)
        user.groups.set(Group.objects.filter(name__in=groups))
        return user

    return make


@pytest.fixture
def house_figure(record_property):
    """Tell a figure of the code itself at the end of the run: house_figure("import circles", 0)."""

    def tell(what, figure):
        record_property("house figure", f"| {what} | {figure} |")

    return tell


@pytest.fixture
def tried(record_property):
    def tell(what, times, outcome):
        record_property("tried", f"| {what} | {times} | {outcome} |")

    return tell


def pytest_terminal_summary(terminalreporter):
    table(terminalreporter, "tried", "| 试了什么 | 多少 | 结果 |\n|---|---|---|")
    table(terminalreporter, "house figure", "| what | figure |\n|---|---|")


def table(terminalreporter, kind, head):
    """What tests recorded under `kind`, each row once."""
    reports = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    rows = {row: None for report in reports for name, row in report.user_properties if name == kind}
    if rows:
        terminalreporter.section(kind)
        terminalreporter.line("\n".join([head, *rows]))
