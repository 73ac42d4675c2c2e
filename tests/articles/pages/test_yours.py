"""The reader's own figures beside an article that compares places, and the switch to another place."""

import pytest

from articles.models import Article, ArticlePage, RelatedArticle
from calculators.common import page_keys
from calculators.common.page_keys import content_outdated

COMPARISON = "<p>北京〔职工门诊起付线·北京·在职〕，武汉〔职工门诊起付线·武汉·在职〕。</p>"
URL = "/articles/bi-yi-bi/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, publish):
    """The article that compares two places, for this choice: page("310000.retired")."""
    publish("职工门诊起付线比一比", body=COMPARISON, slug="bi-yi-bi")

    def read(choice=""):
        client.cookies["choice"] = choice
        return client.get(URL).content.decode()

    return read


def test_the_readers_own_figure_stands_beside_the_comparison(page):
    read = page("310000.retired")
    own = read[read.index("你的：上海 · 退休") : read.index('<div class="prose">')]

    assert "300 元" in own
    assert "上海" in own
    assert "500 元" not in own  # of people at work


def test_a_place_without_the_figure_is_said_to_have_none(page):
    read = page("430100.retired")

    assert "你的：长沙 · 退休" in read
    assert "还没有收录。下面是已收录的各地" in read


def test_a_related_article_that_nobody_has_read_since_its_change_hides_no_figure(page, publish):
    related = publish("武汉起付线", summary="〔职工门诊起付线·武汉·退休〕起。")
    first = page("310000.retired")
    article = Article.objects.get(slug="bi-yi-bi")
    RelatedArticle.objects.get_or_create(article=article, related=related, defaults={"rank": 1, "score": 1})
    ArticlePage.objects.filter(article=related).outdate(references=True)
    content_outdated.send(None, keys=frozenset([page_keys.article(related.pk)]))

    assert "300 元" in first
    read = page("310000.retired")
    assert "武汉起付线" in read
    assert "300 元" in read[read.index("你的：上海 · 退休") : read.index('<div class="prose">')]


def test_without_a_choice_the_places_of_the_article_are_offered(page):
    read = page()

    assert "先看你那里的" in read
    assert 'name="area" value="110000"' in read
    assert 'name="area" value="420100"' in read


def test_the_switch_keeps_the_identity(page, client):
    page("110000.retired")

    response = client.post("/choice/", {"area": "420100", "back": URL})

    assert response.url == URL
    assert response.cookies["choice"].value == "420100.retired"


def test_an_article_of_one_place_has_no_switch(client, publish):
    article = publish("北京起付线", body="<p>〔职工门诊起付线·北京·在职〕和〔职工门诊起付线·北京·退休〕</p>")

    assert 'class="yours"' not in client.get(article.get_absolute_url()).content.decode()
