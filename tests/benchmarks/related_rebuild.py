"""A rebuild of all related lists, killed half-way and started again.

    python tests/benchmarks/related_rebuild.py --docs FILE
    python tests/benchmarks/related_rebuild.py --docs FILE --data FOLDER    keeps the database there and uses it again

FILE holds JSON lines {id, title, body_html, published_at}, gzipped or not; articles are stored in bulk. Then
`manage.py rebuild_related --all` runs as an operator runs it: every text is read anew and every list computed. It is
killed (SIGKILL) when half of the lists are there, and goes on by `manage.py rebuild_related`. Memory is what all its processes hold
together, what they share counted once (PSS).
"""

# ruff: noqa: E402 - Django is set up before its models are imported

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
if "--data" in sys.argv:
    os.environ["DATA_DIR"] = sys.argv[sys.argv.index("--data") + 1]
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="yibao-bench-"))

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from articles.models import Article, ArticleProfile, RelatedArticle
from tests.benchmarks.search_speed import build

LOOK_EVERY = 1.0


def rebuild(*arguments, until=lambda: False):
    """Run the command to its end, or kill it once `until` holds. Returns seconds and the highest memory in MB."""
    started, highest = time.monotonic(), 0
    command = [sys.executable, "manage.py", "rebuild_related", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            time.sleep(LOOK_EVERY)
            highest = max(highest, held_by(process.pid))
            if until():
                process.kill()
        if process.returncode > 0:
            raise SystemExit("rebuild_related failed")
    return time.monotonic() - started, highest


def held_by(pid):
    """MB that this process and those it started hold."""
    started = Path(f"/proc/{pid}/task/{pid}/children")
    return sum(held(one) for one in [pid, *(started.read_text().split() if started.exists() else [])])


def held(pid):
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def left():
    return ArticleProfile.objects.due().count()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs")
    parser.add_argument("--data")
    arguments = parser.parse_args()
    if not arguments.docs:
        parser.print_usage()
        return
    call_command("migrate", verbosity=0)
    if not Article.objects.exists():
        build(arguments.docs)
    every = Article.objects.count()
    ArticleProfile.objects.all().delete()
    RelatedArticle.objects.all()._raw_delete(using=connection.alias)  # two million of them, without a signal for each
    connection.close()
    print(f"{connection.vendor}, {every} articles, {os.cpu_count()} cores")
    first, held_first = rebuild("--all", until=lambda: 0 < left() < every / 2)
    waiting, stored = left(), RelatedArticle.objects.values("article").distinct().count()
    print(f"killed after {first:.0f} s: {stored} lists stored, {waiting} waiting; at most {held_first:.0f} MB")
    second, held_second = rebuild()
    stored = RelatedArticle.objects.values("article").distinct().count()
    print(f"done after {second:.0f} s more: {stored} lists stored, {left()} waiting; at most {held_second:.0f} MB")
    print(f"together {(first + second) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
