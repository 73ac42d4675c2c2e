"""Addresses of the pages that a cache in front may keep: stored when a page is rendered, looked up by the keys of a change."""

import logging
from collections.abc import Collection
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from yibao_site.edge.models import EdgeAddress

ADDRESS_RETENTION = timedelta(days=2)  # every page ends at midnight
MAX_ADDRESS = EdgeAddress._meta.get_field("address").max_length
MAX_KEY = EdgeAddress._meta.get_field("key").max_length
AT_ONCE = 500
logger = logging.getLogger(__name__)


def remember(address: str, keys: Collection[str]) -> bool:
    """Whether the address is stored under each of its keys, so that a change of one finds it."""
    if len(address) > MAX_ADDRESS or any(len(key) > MAX_KEY for key in keys):
        return False
    now = timezone.now()
    rows = [EdgeAddress(address=address, key=key, at=now) for key in sorted(keys)]
    try:
        EdgeAddress.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["address", "key"], update_fields=["at"]
        )
    except (DatabaseError, InterfaceError) as error:
        logger.warning("a page may not be kept in front: %s", type(error).__name__)
        return False
    finally:
        if not connection.in_atomic_block:
            close_old_connections()  # the request has ended: its connection goes back to the pool
    return True


def addresses_of(keys: Collection[str]) -> list[str]:
    keys, found = list(keys), set()
    for start in range(0, len(keys), AT_ONCE):
        found.update(
            EdgeAddress.objects.filter(key__in=keys[start : start + AT_ONCE]).values_list("address", flat=True)
        )
    return sorted(found)


def forget_old() -> int:
    return EdgeAddress.objects.filter(at__lt=timezone.now() - ADDRESS_RETENTION).delete()[0]
