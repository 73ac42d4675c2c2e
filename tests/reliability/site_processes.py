"""Whole sites for tests that stop real processes: each with a folder and a database of its own.

The database is of the kind the tests run on: SQLite, or a new database in the PostgreSQL behind DATABASE_URL. A site is a
copy of the tests' own database. What is looked up or prepared in it is done from here (`here`); what is to be killed is a
process: a program of the site (`start`), or a fork of this one (`fork`), which has nothing to load and so costs little.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import traceback
import uuid
import warnings
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.db.utils import load_backend
from django.test import override_settings

from yibao_site.processes.supervisor import end_with_parent

ROOT = Path(__file__).parent.parent.parent
SERVER = os.environ.get("DATABASE_URL", "")
CACHE = os.environ.get("CACHE_URL", "")
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "urgent"]}}
DJANGO = "import django; django.setup()\n"


@dataclass
class Site:
    folder: Path
    database_url: str
    blocker: object
    variables: dict = field(default_factory=dict)
    started: list = field(default_factory=list)

    def environment(self):
        ours = {"DATA_DIR": str(self.folder), "DATABASE_URL": self.database_url, "HTTPS": "off"}
        ours |= {"DJANGO_SETTINGS_MODULE": "tests.reliability.settings", "PYTHONPATH": str(ROOT)}
        if CACHE:
            ours["CACHE_URL"] = f"{CACHE.rsplit('/', 1)[0]}/15"  # not one that tests in this process use
        return os.environ | ours | self.variables

    def start(self, *arguments, **options):
        """A process of this site that goes on beside the test, at most until the site's end."""
        command = [sys.executable, *arguments]
        options = {"cwd": ROOT, "env": self.environment(), "text": True, "preexec_fn": end_with_parent()} | options
        self.started.append(subprocess.Popen(command, **options))
        return self.started[-1]

    def end(self):
        for process in self.started:
            with process:  # waits, and closes its pipes
                process.kill()

    def run(self, *arguments):
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment(), text=True, capture_output=True, check=False)

    def manage(self, *arguments):
        """What the command printed; a failed one fails the test."""
        done = self.run("manage.py", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def here(self):
        """Inside the block this process works on the site: its database, queue, uploads and an empty cache."""
        ours, theirs = self._connection(), connections["default"]
        cache = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(self.folder)}}
        changed = override_settings(TASKS=QUEUE, CACHES=cache, MEDIA_ROOT=self.folder / "media")
        with self.blocker.unblock(), changed:
            connections["default"] = ours
            ContentType.objects.clear_cache()
            try:
                yield
            finally:
                ours.close()
                connections["default"] = theirs
                ContentType.objects.clear_cache()

    def _connection(self):
        place, made = urlsplit(self.database_url), connections["default"].settings_dict
        if place.scheme == "sqlite":
            options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL;"}
            made = made | {"ENGINE": "django.db.backends.sqlite3", "NAME": place.path[1:], "OPTIONS": options}
        else:
            where = {"NAME": place.path[1:], "HOST": place.hostname, "PORT": place.port}
            made = made | where | {"USER": place.username, "PASSWORD": place.password, "OPTIONS": {}}
        return load_backend(made["ENGINE"]).DatabaseWrapper(made, "default")

    def fork(self, work):
        """A process that goes through the generator `work()` inside the site; each thing yielded is one line from it."""
        reader, writer = os.pipe()
        sys.stdout.flush()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads: none of them is needed in the child
            pid = os.fork()
        if pid == 0:
            os.close(reader)
            os._exit(self._go_through(work, writer))
        os.close(writer)
        return Fork(pid, os.fdopen(reader, encoding="utf-8"))

    def _go_through(self, work, writer):
        try:
            with self.here(), os.fdopen(writer, "w", buffering=1, encoding="utf-8") as said:
                for line in work() or ():
                    said.write(f"{line}\n")
        except BaseException:  # noqa: BLE001 - the child must end here, whatever happened
            traceback.print_exc()
            return 1
        return 0


@dataclass
class Fork:
    pid: int
    said: object

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        return self.wait()

    def wait(self):
        """Every line that was still to be read, after the end of the process; `code` is below 0 if it was killed."""
        with self.said:
            lines = self.said.read().splitlines()
        self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return lines


def on_postgres():
    return SERVER.startswith("postgresql")


@contextmanager
def empty_site(folder, blocker, *, template=None, sqlite=False):
    """A site whose database does not exist yet, or is a copy of the template's; its processes end with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    with database(folder, template, sqlite) as url:
        site = Site(folder, url, blocker)
        try:
            yield site
        finally:
            site.end()


@contextmanager
def database(folder, template, sqlite):
    if sqlite or not on_postgres():
        if template:
            shutil.copytree(template.folder, folder, dirs_exist_ok=True)
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    name = f"site_{uuid.uuid4().hex[:12]}"
    origin = f" TEMPLATE {urlsplit(template.database_url).path[1:]}" if template else ""
    tell_server(f"CREATE DATABASE {name}{origin}")
    try:
        yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
    finally:
        tell_server(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def copy_of_the_tests_database(folder, blocker):
    """A site with the tables and policy values that this test run has made already."""
    folder.mkdir()
    if not on_postgres():
        with blocker.unblock(), closing(sqlite3.connect(folder / "db.sqlite3")) as file:
            connection.ensure_connection()
            connection.connection.backup(file)
        yield Site(folder, f"sqlite:///{folder / 'db.sqlite3'}", blocker)
        return
    name = settings.DATABASES["default"]["NAME"]
    with blocker.unblock():
        connection.close()
        connection.close_pool()
    with database(folder, Site(folder, f"postgresql:///{name}", blocker), sqlite=False) as url:
        yield Site(folder, url, blocker)


def wait_until(true, seconds=60, message="it did not come true"):
    end = time.monotonic() + seconds
    while not (answer := true()):
        assert time.monotonic() < end, message
        time.sleep(0.05)
    return answer


def tell_server(statement):
    import psycopg  # noqa: PLC0415 - only where the tests run on PostgreSQL is it sure to be there

    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(statement)
