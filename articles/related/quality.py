"""Quality conditions of related lists on Article, for the worklist: too few, recommended by none, too often, outdated."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q

from articles.models import Article, RelatedArticle
from articles.related.rules import MAX_SHOWN_ENTRIES

MIN_ENTRIES = 3
MAX_TIMES_LISTED = 60  # eight is the most a page shows
REFRESH_PATIENCE = timedelta(minutes=15)


def dead_ends(now: datetime) -> Q:
    """Public articles beside which there is hardly anything to go on with."""
    enough = RelatedArticle.objects.filter(article=OuterRef("pk"), rank=MIN_ENTRIES)
    return Article.public_at(now) & ~Exists(enough)


def orphans(now: datetime) -> Q:
    """Public articles that no list shows."""
    shown = RelatedArticle.objects.filter(related=OuterRef("pk"), rank__lte=MAX_SHOWN_ENTRIES)
    return Article.public_at(now) & ~Exists(shown)


def over_recommended(now: datetime) -> Q:
    """Articles that stand in so many lists that they say nothing about any of them."""
    listings = (
        RelatedArticle.objects.filter(rank__lte=MAX_SHOWN_ENTRIES)
        .order_by()
        .values("related")
        .annotate(count=Count("pk"))
    )
    return Article.public_at(now) & Q(pk__in=listings.filter(count__gt=MAX_TIMES_LISTED).values("related"))


def outdated(now: datetime) -> Q:
    """Public articles that changed a while ago and whose list has not been computed since."""
    late = Q(profile__listed_at=None) | Q(profile__listed_at__lt=F("updated_at"))
    return Article.public_at(now) & Q(updated_at__lt=now - REFRESH_PATIENCE) & late
