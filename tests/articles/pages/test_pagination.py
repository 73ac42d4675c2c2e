import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from tests.articles.factories import EARLIER, FIGURE, beijing, crowd, shows, steps
from yibao_site.tasks import count_rows

pytestmark = pytest.mark.django_db


def test_lists_are_cut_into_pages_with_addresses(client, publish, monkeypatch):
    monkeypatch.setattr("articles.pages.pagination.A_PAGE", 20)
    for number in range(21):
        publish(f"第 {number} 篇")

    assert client.get("/articles/").content.decode().count("<h3>") == 20
    assert client.get("/articles/?page=2").content.decode().count("<h3>") == 1


def test_each_page_of_a_list_is_its_own_canonical_address(client, publish, monkeypatch):
    monkeypatch.setattr("articles.pages.pagination.A_PAGE", 20)
    for number in range(21):
        publish(f"第 {number} 篇")

    assert shows(client, "/articles/?page=2", '<link rel="canonical" href="http://testserver/articles/?page=2">')
    assert shows(client, "/articles/?page=1", '<link rel="canonical" href="http://testserver/articles/">')


@pytest.mark.parametrize(
    ("page", "sentence"), [("2", "一共 1 页，没有第 2 页"), ("0", "没有第 0 页"), ("二月", "页码应该是一个整数")]
)
def test_a_page_that_is_not_there_says_so(client, publish, page, sentence):
    publish()
    response = client.get("/articles/", {"page": page})

    assert response.status_code == 404
    assert sentence in response.content.decode()


def test_pages_of_a_search_keep_what_was_searched_for(client, publish):
    for number in range(21):
        publish(f"门诊第 {number} 篇")

    assert shows(client, "/search/?q=门诊", f"?q={quote('门诊')}&amp;page=2")


def test_a_long_list_of_a_tag_holds_what_a_short_one_does(client, publish, monkeypatch):
    """Past MOST_COUNTED it is found another way: from the newest article on."""
    monkeypatch.setattr("articles.pages.pagination.A_PAGE", 2)
    tagged = [
        publish(f"第 {number} 篇", tags=["门诊"], published_at=EARLIER - timedelta(days=number)) for number in range(5)
    ]
    publish("没有标签", published_at=EARLIER)

    def titles(query):
        return re.findall(r'<h3><a href="[^"]*">(.*?)</a>', client.get(f"/tags/门诊/{query}").content.decode())

    queries = ["", "?page=2", f"?before={tagged[1].pk}", f"?before={tagged[3].pk}"]
    short = [titles(query) for query in queries]
    monkeypatch.setattr("articles.pages.pagination.MAX_COUNTED_ROWS", 4)

    assert short == [["第 0 篇", "第 1 篇"], ["第 2 篇", "第 3 篇"], ["第 2 篇", "第 3 篇"], ["第 4 篇"]]
    assert [titles(query) for query in queries] == short


def test_what_lies_behind_the_last_numbered_page_is_reached_article_by_article(client, publish, monkeypatch):
    monkeypatch.setattr("articles.pages.pagination.MAX_COUNTED_ROWS", 40)
    monkeypatch.setattr("articles.pages.pagination.A_PAGE", 20)
    published = [publish(f"第 {number} 篇", published_at=EARLIER - timedelta(days=number)) for number in range(65)]
    last_numbered = client.get("/articles/?page=2").content.decode()
    older = client.get(f"/articles/?before={published[39].pk}").content.decode()
    oldest = client.get(f"/articles/?before={published[59].pk}").content.decode()

    assert f'href="?before={published[39].pk}"' in last_numbered
    assert [f">第 {number} 篇</a>" in older for number in (39, 40, 59, 60)] == [False, True, True, False]
    assert f'href="?before={published[59].pk}"' in older
    assert "第 64 篇" in oldest
    assert 'rel="next"' not in oldest


def test_articles_of_the_same_moment_are_each_reached_once(client, publish, monkeypatch):
    monkeypatch.setattr("articles.pages.pagination.A_PAGE", 2)
    pks = [publish(f"第 {number} 篇", published_at=EARLIER).pk for number in range(5)]
    older = client.get(f"/articles/?before={pks[3]}").content.decode()

    assert [f">第 {number} 篇</a>" in older for number in range(5)] == [False, True, True, False, False]


@pytest.mark.parametrize("before", ["0", "x", "9" * 30, "-1", "²"])
def test_a_list_before_nothing_is_not_found(client, publish, before):
    publish()

    assert client.get("/articles/", {"before": before}).status_code == 404


@pytest.mark.parametrize("count", [1, 200])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/articles/", 6),  # with 栏目, areas, and areas with values, which a server's process keeps
        ("/categories/daiyu-baoxiao/", 6),
        ("/tags/门诊/", 6),
        ("/areas/110000/articles/", 6),
        ("/feeds/articles/", 2),
    ],
)
def test_lists_cost_the_same_for_one_article_and_for_two_hundred(
    client, publish, gathered, django_assert_num_queries, address, queries, count
):
    with gathered(execute=True):
        article = publish("门诊", tags=["门诊", "起付线"], area=beijing(), summary=FIGURE)
    crowd(article, count - 1)
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts the steps of SQLite")
@pytest.mark.parametrize("address", ["/articles/", "/categories/daiyu-baoxiao/"])
def test_the_oldest_articles_cost_the_database_no_more_than_newer_ones(client, publish, gathered, address):
    with gathered(execute=True):
        article = publish()
    copies = crowd(article, 600)
    count_rows.func()
    newer, oldest = (steps(lambda pk=copies[place].pk: client.get(address, {"before": pk})) for place in (20, 570))

    assert oldest < 1.2 * newer


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts by itself")
def test_once_its_rows_are_counted_the_newest_articles_are_found_without_sorting_all(publish, gathered):
    with gathered(execute=True):
        article = publish()
    crowd(article, 300)
    newest = Article.objects.published().for_list().newest()[:20]
    assert "TEMP B-TREE" in newest.explain()
    count_rows.func()

    assert "TEMP B-TREE" not in newest.explain()


def test_a_list_known_to_be_long_is_not_counted_again_until_an_article_goes(client, publish, monkeypatch):
    monkeypatch.setattr("articles.pages.pagination.MAX_COUNTED_ROWS", 4)
    monkeypatch.setattr("articles.pages.pagination.A_PAGE", 2)
    monkeypatch.setattr("calculators.common.page_keys.may_cache", lambda: True)
    articles = [publish(f"第 {number} 篇", published_at=EARLIER - timedelta(days=number)) for number in range(5)]

    def counts(address="/articles/"):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        return sum("COUNT(" in query["sql"] for query in asked), "?page=2" in page

    assert [counts(), counts(), counts("/articles/?page=2")[0]] == [(1, True), (0, True), 0]

    for article in articles[:3]:
        article.status = Article.Status.ARCHIVED
        article.save()

    assert [counts(), counts()] == [(1, False), (1, False)]
