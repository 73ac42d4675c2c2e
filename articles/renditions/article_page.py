"""Renditions of articles' pages: what was rendered for one reader is kept in the database for all who have chosen no place.

A rendition is good for its day, until the next article appears or goes by the clock, for the code it was made by, and
until one of its page keys is invalidated (`key_states`). Only a process that hears of changes reads and writes renditions,
for another may show what it remembers of places and words.
"""

import logging
from collections.abc import Callable
from contextlib import contextmanager

import brotli
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from articles.models import Article, ArticleRendition
from articles.renditions.compression import compress
from articles.renditions.expiry import next_change
from articles.renditions.key_states import Watch, state_of
from articles.renditions.release import release
from calculators.common import page_keys
from calculators.common.page_keys import may_cache
from calculators.preferences import CHOICE_COOKIE_NAME, reads_large_text

WRITE_WAIT_MILLISECONDS = 50  # a reader does not wait for an import
COLUMNS = ("origin", "release", "made", "expires", "keys", "state", "html")
logger = logging.getLogger(__name__)


def kept_page(request: HttpRequest, slug: str, render: Callable[[], HttpResponse]) -> HttpResponse:
    """The page of the article at `slug`: its rendition where there is a good one, two queries; else rendered, and kept."""
    if not is_for_everybody(request):
        return render()
    if html := _good_rendition(request, slug):
        return HttpResponse(html)
    watch = Watch()
    page_keys.catch_up()  # what was changed before is not remembered any more, and the watch sees what changes from now on
    with page_keys.collecting() as keys:
        response = render()
    page_keys.depends_on(*keys)
    if response.status_code == 200 and request.method == "GET":
        _keep(request, slug, response, keys, watch)
    return response


def is_for_everybody(request: HttpRequest) -> bool:
    """Whether the page shows nothing of the visitor's choice and of the query; 大字版 is kept apart."""
    has_own = request.META.get("QUERY_STRING") or CHOICE_COOKIE_NAME in request.COOKIES
    return request.method in {"GET", "HEAD"} and not has_own and may_cache()


def forget_old() -> None:
    """Delete what is past its day."""
    ArticleRendition.objects.filter(expires__lt=timezone.now()).delete()


def _good_rendition(request, slug):
    stored = ArticleRendition.objects.filter(article__slug=slug, is_large=reads_large_text(request))
    found = stored.values_list(*COLUMNS).first()
    if found is None:
        return None
    origin, made_by, made, expires, written, state, html = found
    keys = written.split(",")
    is_same = (origin, made_by) == (_origin(request), release())
    if not is_same or not made <= timezone.now() < expires or state_of(keys) != state:
        return None
    page_keys.depends_on(*keys)
    return brotli.decompress(html)


def _keep(request, slug, response, keys, watch):
    """Unless something changed while the page was rendered, or somebody is writing for long."""
    now = timezone.now()
    own = {
        "origin": _origin(request),
        "release": release(),
        "made": now,
        "expires": next_change(now),
        "keys": ",".join(sorted(keys)),
        "state": state_of(keys),
        "html": compress(response.content, quality=4),
    }
    article = Article.objects.filter(slug=slug).values_list("pk", flat=True)[0]
    rendition = ArticleRendition(article_id=article, is_large=reads_large_text(request), **own)
    if not watch.is_quiet():
        return
    try:
        with _without_waiting():
            ArticleRendition.objects.bulk_create(
                [rendition], update_conflicts=True, unique_fields=["article", "is_large"], update_fields=[*own]
            )
    except DatabaseError as error:
        logger.info("a rendition was not kept: %s", type(error).__name__)


def _origin(request):
    return request.build_absolute_uri("/")


@contextmanager
def _without_waiting():
    if connection.vendor != "sqlite":
        yield
        return
    usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    try:
        _set_sqlite_wait(WRITE_WAIT_MILLISECONDS)
        yield
    finally:
        _set_sqlite_wait(usual)


def _set_sqlite_wait(milliseconds):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
