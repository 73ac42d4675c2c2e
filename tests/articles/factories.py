"""Made-up public articles, whether a page shows them, and what it costs the database."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from taggit.models import TaggedItem

from articles.models import Article, ArticlePage
from calculators.models import PoolingArea

EARLIER = timezone.now() - timedelta(days=1)
FIGURE = "〔职工门诊起付线·北京·在职〕"


def beijing():
    return PoolingArea.objects.get(code="110000")


def shows(client, address, text):
    return text in client.get(address).content.decode()


def crowd(article, count):
    """So many copies of an article, filed, tagged and gathered as it is, each an hour older than the one before."""
    fields = {field.attname: getattr(article, field.attname) for field in Article._meta.concrete_fields}
    copies = Article.objects.bulk_create(
        Article(
            **fields
            | {"id": None, "slug": f"copy-{number}", "published_at": article.published_at - timedelta(hours=number)}
        )
        for number in range(1, count + 1)
    )
    page, tags = ArticlePage.objects.get(article=article), list(article.tags.all())
    ArticlePage.objects.bulk_create(
        ArticlePage(article=copy, parts=page.parts, references=page.references) for copy in copies
    )
    kind = ContentType.objects.get_for_model(Article)
    TaggedItem.objects.bulk_create(
        TaggedItem(tag=tag, object_id=copy.pk, content_type=kind) for copy in copies for tag in tags
    )
    return copies


def steps(action):
    """What `action` costs SQLite, the same on every machine: tens of steps of its own machine."""
    count = 0

    def count_ten():
        nonlocal count
        count += 1

    connection.connection.set_progress_handler(count_ten, 10)
    try:
        action()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return count
