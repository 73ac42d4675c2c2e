from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Category
from articles.search.engine import statistics, vector_index
from articles.search.engine.find import find
from articles.search.results import Results


@pytest.fixture
def category(db):
    return Category.objects.create(name="待遇报销", slug="daiyu-baoxiao")


@pytest.fixture
def publish(category):
    """Make a public article: publish("门诊怎么报", "<p>正文。</p>", tags=["门诊"])."""

    def make(title="门诊怎么报", body="<p>正文。</p>", *, tags=(), **fields):
        given = {"status": Article.Status.PUBLISHED, "published_at": timezone.now() - timedelta(days=1)} | fields
        article = Article.objects.create(title=title, body=body, **({"category": category} | given))
        article.tags.set(tags)
        return article

    return make


@pytest.fixture(autouse=True)
def nothing_remembered():
    statistics.forget()
    vector_index.forget()


@pytest.fixture
def titles():
    """The titles found for a query, best first."""

    def search(text, **fields):
        at = timezone.now()
        return [article.title for article in Results(find(text, at, **fields), at)[:100]]

    return search


@pytest.fixture
def search(client):
    """The page of results as a visitor gets it: search("起付线", area="110000")."""

    def ask(query, **given):
        return client.get("/search/", {"q": query, **given}).content.decode()

    return ask
