"""Task that tells one search engine of articles. A failure is written to the log and tried again a few times, nothing more."""

import logging

from django.utils import timezone
from django_tasks import task

from yibao_site.background.queue import RETRY_DELAYS
from yibao_site.search_engines.addresses import not_announced, public_articles, remember_announced, site_origin
from yibao_site.search_engines.requests import MAX_ADDRESSES, AnnouncementRefused, engines, send

logger = logging.getLogger(__name__)


def articles_were_changed(sender, changes, **kwargs):
    """In the transaction of the change; only what readers can find now, or could before, is worth a look."""
    seen = sorted(changes.filings.keys() | (changes.tags.keys() & changes.articles.keys()))
    for engine in engines():
        for start in range(0, len(seen), MAX_ADDRESSES[engine]):
            announce.enqueue(engine, seen[start : start + MAX_ADDRESSES[engine]])


@task()
def announce(engine: str, pks: list[int], attempt: int = 0) -> int:
    """Send the addresses of those that are public and not known to the engine as they are; returns how many were sent."""
    origin = site_origin()
    articles = not_announced(engine, public_articles(pks)) if origin and engine in engines() else []
    if not articles:
        return 0
    try:
        send(engine, origin, [f"{origin}{article.get_absolute_url()}" for article in articles])
    except (OSError, AnnouncementRefused) as error:
        _again(engine, [article.pk for article in articles], attempt, error)
        return 0
    remember_announced(engine, articles)
    return len(articles)


def _again(engine, pks, attempt, error):
    logger.warning("%s was not told of %d articles: %s", engine, len(pks), error or type(error).__name__)
    if attempt < len(RETRY_DELAYS):
        announce.using(run_after=timezone.now() + RETRY_DELAYS[attempt]).enqueue(engine, pks, attempt + 1)
