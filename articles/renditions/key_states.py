"""States of page keys in the database: another one after each change of one of the keys, in whatever order changes commit.

Each invalidation adds a row a key (PageKeyChange) in the transaction of the change. The number of these rows and the sum
of their ids are the state of a page's keys. Rows are only ever added, so no change waits for another.
"""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Count, Max, Sum
from django.utils import timezone

from articles.models import PageKeyChange
from calculators.common import page_keys

CHANGE_RETENTION = timedelta(days=2)  # every rendition ends at midnight
OVERLAP_CHANGES = 10_000  # that may commit while one before them is not committed yet; a publish has about 30
MAX_KEY = PageKeyChange._meta.get_field("key").max_length


def connect() -> None:
    page_keys.content_changed.connect(record)


def record(sender: object, keys: Collection[page_keys.PageKey], **kwargs: object) -> None:
    PageKeyChange.objects.bulk_create(PageKeyChange(key=key[:MAX_KEY]) for key in sorted(keys))


def state_of(keys: Collection[str]) -> str:
    """One query. Rows that are cleared away make it another one too."""
    return _counted(PageKeyChange.objects.filter(key__in=keys))


def forget_old() -> None:
    PageKeyChange.objects.filter(at__lt=timezone.now() - CHANGE_RETENTION).delete()


class Watch:
    """Whether anything at all was changed since it was begun. Two queries to begin, one to ask."""

    def __init__(self) -> None:
        newest = PageKeyChange.objects.aggregate(newest=Max("pk"))["newest"] or 0
        self._latest = PageKeyChange.objects.filter(pk__gt=newest - OVERLAP_CHANGES)
        self._before = _counted(self._latest)

    def is_quiet(self) -> bool:
        return _counted(self._latest) == self._before


def _counted(changes):
    found = changes.aggregate(count=Count("pk"), sum=Sum("pk"))
    return f"{found['count']} {found['sum']}"
