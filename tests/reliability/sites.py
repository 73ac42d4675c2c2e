"""Whole sites for tests that stop real processes: each with a folder and a database of its own.

The database is of the kind the tests run on: SQLite, or a new database in the PostgreSQL behind DATABASE_URL.
"""

import os
import shutil
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from yibao_site.supervise import end_with_parent

ROOT = Path(__file__).parent.parent.parent
SERVER = os.environ.get("DATABASE_URL", "")
CACHE = os.environ.get("CACHE_URL", "")
FILL = """
from django.contrib.auth.models import Group, User
from yibao_site.demo import load_demo
load_demo()
User.objects.create_superuser("admin", password="a-long-password").groups.set(Group.objects.all())
"""
DJANGO = "import django; django.setup()\n"


@dataclass
class Site:
    folder: Path
    database_url: str
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
        options |= {"cwd": ROOT, "env": self.environment(), "text": True, "preexec_fn": end_with_parent()}
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

    def script(self, code):
        """Run this code inside the site; what it printed."""
        done = self.run("-c", DJANGO + code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def on_postgres():
    return SERVER.startswith("postgresql")


@contextmanager
def empty_site(folder, *, template=None, sqlite=False):
    """A site whose database does not exist yet, or is a copy of the template's; its processes end with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    with database(folder, template, sqlite) as url:
        site = Site(folder, url)
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


def wait_until(true, seconds=30, message="it did not come true"):
    end = time.monotonic() + seconds
    while not (answer := true()):
        assert time.monotonic() < end, message
        time.sleep(0.1)
    return answer


def tell_server(statement):
    import psycopg  # noqa: PLC0415 - only where the tests run on PostgreSQL is it sure to be there

    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(statement)
