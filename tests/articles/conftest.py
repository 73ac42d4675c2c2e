import pytest

from articles.models import Article, Category
from tests.articles.factories import EARLIER


@pytest.fixture
def category():
    return Category.objects.create(name="待遇报销", slug="daiyu-baoxiao", description="怎么报。")


@pytest.fixture
def publish(category):
    """Make a public article: publish("题目", tags=["门诊"])."""

    def make(title="门诊怎么报", *, tags=(), **fields):
        given = {"body": "<p>正文。</p>", "status": Article.Status.PUBLISHED, "published_at": EARLIER} | fields
        article = Article.objects.create(title=title, category=category, **given)
        article.tags.set(tags)
        return article

    return make


@pytest.fixture
def gathered(django_capture_on_commit_callbacks):
    """Everything published inside is committed, and its pages gathered."""
    return django_capture_on_commit_callbacks


@pytest.fixture
def media_folder(settings, tmp_path):
    """Uploads go to a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
