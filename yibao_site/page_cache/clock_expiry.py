"""Expiry of cached pages: midnight, because policy values change with the day, or the next scheduled publishing of an article."""

import threading

from django.utils import timezone

from articles.renditions.expiry import midnight, next_scheduled
from calculators.common.page_keys import content_changed


class PageExpiry:
    """Expiry time of a page rendered now. The next scheduled moment is queried once, and again after any change."""

    def __init__(self):
        self._scheduled = None
        self._asked_at = None
        self._lock = threading.Lock()
        content_changed.connect(self.forget)

    def forget(self, **kwargs):
        self._asked_at = None

    def __call__(self) -> float:
        now = timezone.now()
        with self._lock:
            if self._is_outdated(now):
                self._asked_at, self._scheduled = now, next_scheduled(now)
        return min(moment.timestamp() for moment in (midnight(now), self._scheduled) if moment)

    def _is_outdated(self, now):
        """Whether the moment has come, something changed, or the clock was set back behind the answer."""
        return self._asked_at is None or now < self._asked_at or bool(self._scheduled and self._scheduled <= now)
