"""Work that waits on related lists, noted on an article's ArticleProfile; articles.related.refresh does it."""

from articles.models import Article, ArticleProfile

Due = ArticleProfile.Due


def enlist(article: Article) -> None:
    """A new article: it can be marked from here on."""
    ArticleProfile.objects.bulk_create([ArticleProfile(article=article, due=Due.NOTHING)], ignore_conflicts=True)


def mark(articles, due: Due) -> bool:
    """Note that these articles (ids, or a query for them) need this work; whether some needed none before."""
    return ArticleProfile.objects.filter(article__in=articles).mark(due)


def pending() -> int:
    """How many articles wait for work."""
    return ArticleProfile.objects.due().count()
