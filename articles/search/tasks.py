"""Task that brings a search backend with a copy of its own up to date; nothing is enqueued for one without."""

from collections.abc import Iterable, Iterator

from django_tasks import task

from articles.models import SearchRow
from articles.search.engine.backend import search_backend
from calculators.tasks import URGENT_QUEUE

ARTICLES_A_TASK = 200


def enqueue_indexing(pks: Iterable[int]) -> None:
    """Inside the transaction in which the rows of these articles were written."""
    if search_backend().keeps_copy:
        pks = sorted(pks)
        for start in range(0, len(pks), ARTICLES_A_TASK):
            index_articles.enqueue(pks[start : start + ARTICLES_A_TASK])


def enqueue_forgetting(pk: int) -> None:
    """Inside the transaction in which the article is deleted."""
    if search_backend().keeps_copy:
        forget_article.enqueue(pk)


@task(queue_name=URGENT_QUEUE)
def forget_article(pk: int) -> None:
    search_backend().delete([pk])


@task(queue_name=URGENT_QUEUE)
def index_articles(pks: list[int]) -> int:
    """Index what is stored of these articles now, and forget those that are gone; returns how many were indexed."""
    rows = list(SearchRow.objects.filter(pk__in=pks).select_related("article"))
    search_backend().index(rows)
    search_backend().delete(set(pks) - {row.pk for row in rows})
    return len(rows)


def index_everything() -> Iterator[int]:
    """Send every row, and say after each batch how many there were."""
    last, count = 0, 0
    every = SearchRow.objects.select_related("article").order_by("pk")
    while rows := list(every.filter(pk__gt=last)[:ARTICLES_A_TASK]):
        search_backend().index(rows)
        last, count = rows[-1].pk, count + len(rows)
        yield count
