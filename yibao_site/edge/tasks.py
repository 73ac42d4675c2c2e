"""Tasks that purge caches in front of the site: one for each change and cache, retried like every task.

A server process hears of a change within a quarter of a second. A purge waits for that, or the cache would fetch the old
page from a process that still has it; and it is repeated once every process has heard, or answers from its database only.
"""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from calculators.tasks import URGENT_QUEUE
from yibao_site.edge.addresses import addresses_of
from yibao_site.edge.caches import edge_caches
from yibao_site.edge.lifetime import tags

FIRST_AFTER = timedelta(seconds=0.35)
AGAIN_AFTER = timedelta(seconds=3)


def enqueue_purges(keys: Collection[str]) -> None:
    """Inside the transaction of the change."""
    for number in range(len(settings.EDGE_CACHES)):
        purge.using(run_after=timezone.now() + FIRST_AFTER).enqueue(number, sorted(keys), again=True)


@task(queue_name=URGENT_QUEUE)
def purge(number: int, keys: list[str], *, again: bool) -> int:
    """Purge the cache of this place in EDGE_CACHES, and once more a little later; returns how many requests it took."""
    caches = edge_caches()
    if number >= len(caches):
        return 0
    cache = caches[number]
    count = cache.purge(tags(keys), addresses_of(keys) if cache.needs_addresses else [])
    if again:
        purge.using(run_after=timezone.now() + AGAIN_AFTER).enqueue(number, keys, again=False)
    return count
