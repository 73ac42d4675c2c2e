"""Rotation of backups: of the last 7 days, 4 weeks and 12 months that have one, the newest of each is kept."""

import re
from collections.abc import Iterable
from datetime import datetime

NAME_PATTERN = re.compile(r"yibao-(\d{8}-\d{6})\.zip")
TIME_FORMAT = "%Y%m%d-%H%M%S"
DAY, WEEK, MONTH = "%Y%m%d", "%G-%V", "%Y%m"
PERIODS_KEPT = {DAY: 7, WEEK: 4, MONTH: 12}


def backup_name(made: datetime) -> str:
    return f"yibao-{made:{TIME_FORMAT}}.zip"


def backup_names(names: Iterable[str]) -> list[str]:
    """Those that are backups of ours, newest first: no other file is ever looked at or deleted."""
    return sorted(filter(NAME_PATTERN.fullmatch, names), reverse=True)


def superfluous(names: Iterable[str]) -> list[str]:
    """The backups that rotation deletes."""
    ours = backup_names(names)
    kept = {name for period, count in PERIODS_KEPT.items() for name in newest_of_each(ours, period)[:count]}
    return [name for name in ours if name not in kept]


def newest_of_each(names: list[str], period: str) -> list[str]:
    """`names`, newest first, without those that share their period with a newer one."""
    first = {}
    for name in names:
        made = datetime.strptime(NAME_PATTERN.fullmatch(name)[1], TIME_FORMAT)  # noqa: DTZ007 - the site's own time
        first.setdefault(made.strftime(period), name)
    return list(first.values())
