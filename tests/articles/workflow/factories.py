"""An edit of an article, the row that readers see, and the moments of these tests."""

from datetime import timedelta

from django.utils import timezone

from articles.models import Article
from articles.workflow import steps

NOW = timezone.make_aware(timezone.datetime(2026, 3, 1, 12))
LATER = NOW + timedelta(days=3)
SECOND = timedelta(seconds=1)


def edit(article, by, **changes):
    content = steps.newest(article).content | changes
    return steps.save(article, content, by=by, at=NOW)


def seen(article):
    return Article.objects.get(pk=article.pk)
