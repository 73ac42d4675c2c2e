"""A backup of many articles: how long it takes to write and verify, to restore on trial, and how large it is.

    python tests/benchmarks/backup.py                      10,000 articles; --articles 100000 for a large site

Seconds of this machine, so beside each other only. Articles are copies of the shipped ones: real texts pack less well.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks._site import fill, prepare  # isort: skip - it sets Django up

from django.conf import settings

from yibao_site.backup.archive import verify_backup, write_backup
from yibao_site.backup.schedule import try_backup


def measured(work, *arguments):
    start = time.monotonic()
    work(*arguments)
    return time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    count = parser.parse_args().articles
    prepare()
    fill(count)
    folder = Path(settings.DATA_DIR)
    path = folder / "backup.zip"
    seconds = {"written and verified": measured(write_backup, path), "verified alone": measured(verify_backup, path)}
    seconds["restored on trial, every row compared"] = measured(try_backup, path)
    database = sum(file.stat().st_size for file in folder.glob("*.sqlite3"))
    print(f"{count:,} articles: database {database / 1e6:,.0f} MB, backup {path.stat().st_size / 1e6:,.0f} MB")
    for what, taken in seconds.items():
        print(f"| {what} | {taken:,.1f} s |")


if __name__ == "__main__":
    main()
