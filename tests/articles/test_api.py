"""API of articles: the public ones, newest first, and one with its figures of today."""

import pytest
from django.core.cache import cache

from articles.models import Article
from tests.articles.factories import FIGURE, crowd

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_asked_yet(settings):
    settings.API_PER_MINUTE = 10_000
    cache.clear()


def titles(answer):
    return [article["title"] for article in answer["articles"]]


def test_the_api_lists_every_public_article_once_page_after_page(client, publish, gathered, monkeypatch):
    monkeypatch.setattr("articles.pages.pagination.MAX_COUNTED_ROWS", 50)
    with gathered(execute=True):
        article = publish()
    crowd(article, 124)
    slugs, address = [], "/api/v1/articles/"
    while address:
        answer = client.get(address).json()
        slugs += [one["slug"] for one in answer["articles"]]
        address = answer["next"]

    assert len(slugs) == 125
    assert set(slugs) == set(Article.objects.values_list("slug", flat=True))


def test_the_api_lists_articles_of_a_category_an_area_and_a_tag(client, publish):
    publish("北京门诊怎么报", tags=["门诊"])
    publish("断缴怎么办", tags=["断缴"])

    assert titles(client.get("/api/v1/articles/?tag=门诊").json()) == ["北京门诊怎么报"]
    assert titles(client.get("/api/v1/articles/?area=110000").json()) == []
    assert len(titles(client.get("/api/v1/articles/?category=daiyu-baoxiao").json())) == 2


def test_an_article_of_the_api_holds_its_figures_of_today(client, publish, gathered):
    with gathered(execute=True):
        article = publish(body=f"<p>先付{FIGURE}。</p>", tags=["门诊"])
    answer = client.get(f"/api/v1/articles/{article.slug}/").json()

    assert "1,800 元" in answer["html"]
    assert "〔" not in answer["html"]
    assert (answer["tags"], answer["category"]) == (["门诊"], "待遇报销")


@pytest.mark.parametrize("status", [Article.Status.DRAFT, Article.Status.ARCHIVED])
def test_an_article_that_is_not_public_is_not_in_the_api(client, publish, status):
    article = publish(status=status)
    answer = client.get(f"/api/v1/articles/{article.slug}/")

    assert (answer.status_code, answer.json()["detail"]) == (404, f"没有网址名为“{article.slug}”的文章。")
    assert titles(client.get("/api/v1/articles/").json()) == []


@pytest.mark.parametrize("page", ["0", "99", "x"])
def test_a_page_that_is_none_is_a_sentence_of_the_api(client, publish, page):
    publish()
    answer = client.get("/api/v1/articles/", {"page": page})

    assert answer.status_code == 404
    assert "页" in answer.json()["detail"]
