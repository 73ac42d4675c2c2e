"""Work that waits on related lists, noted on an article's ArticleProfile; articles.related.refresh does it."""

from collections.abc import Iterable

from articles.models import ArticleProfile

Due = ArticleProfile.Due


def enlist(articles: Iterable[int]) -> None:
    """New articles: they can be marked from here on."""
    rows = [ArticleProfile(article_id=pk, due=Due.NOTHING) for pk in articles]
    ArticleProfile.objects.bulk_create(rows, ignore_conflicts=True)


def mark(articles, due: Due) -> bool:
    """Note that these articles (ids, or a query for them) need this work; whether some needed none before."""
    return ArticleProfile.objects.filter(article__in=articles).mark(due)


def pending() -> int:
    """How many articles wait for work."""
    return ArticleProfile.objects.due().count()
