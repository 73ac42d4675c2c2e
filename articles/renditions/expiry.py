"""The moment at which pages change by the clock: midnight, because policy values change with the day, or a scheduled article's."""

from datetime import datetime, time, timedelta

from django.db.models import Min, Q
from django.utils import timezone

from articles.models import Article


def next_change(now: datetime) -> datetime:
    """One query."""
    return min(moment for moment in (midnight(now), next_scheduled(now)) if moment)


def next_scheduled(now: datetime) -> datetime | None:
    """Time at which the next article is published or withdrawn by its schedule."""
    moments = Article.objects.approved().aggregate(
        appears=Min("published_at", filter=Q(published_at__gt=now)),
        goes=Min("unpublish_at", filter=Q(unpublish_at__gt=now)),
    )
    return min(filter(None, moments.values()), default=None)


def midnight(now: datetime) -> datetime:
    tomorrow = timezone.localtime(now).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
