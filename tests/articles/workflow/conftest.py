import pytest

from articles.models import Article, Category
from articles.workflow import snapshot, steps
from tests.articles.workflow.factories import NOW


@pytest.fixture
def author(staff):
    return staff("编辑", username="author")


@pytest.fixture
def chief(staff):
    return staff("主编", username="chief")


@pytest.fixture
def article(author):
    article = Article.objects.create(
        title="旧标题", body="<p>旧文。</p>", category=Category.objects.create(name="健康新闻"), author=author
    )
    steps.save(article, snapshot.take(article) | {"tags": ["门诊"]}, by=author, at=NOW)
    return article


@pytest.fixture
def published(article, chief):
    steps.publish(article, by=chief, at=NOW)
    return article
