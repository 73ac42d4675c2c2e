from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, ArticleSource, TagPage
from calculators.models import PolicyDocument
from tests.articles.factories import EARLIER, beijing, shows

pytestmark = pytest.mark.django_db
LATER = timezone.now() + timedelta(days=1)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.ARCHIVED},
        {"status": Article.Status.SCHEDULED, "published_at": LATER},
        {"unpublish_at": EARLIER},
    ],
)
def test_what_is_not_public_is_nowhere(client, publish, fields):
    article = publish("藏起来的", tags=["秘密"], area=beijing(), **fields)

    assert client.get(article.get_absolute_url()).status_code in {404, 410}
    for address in ["/", "/articles/", "/categories/daiyu-baoxiao/", "/tags/秘密/", "/areas/110000/articles/"]:
        assert not shows(client, address, "藏起来的")
    for address in ["/areas/110000/", "/feeds/articles/", "/sitemap-articles.xml"]:
        assert article.slug not in client.get(address).content.decode()
    assert shows(client, "/search/?q=藏起来的", "没有找到")


def test_a_scheduled_article_appears_when_its_time_has_come(client, publish):
    publish("到点了", status=Article.Status.SCHEDULED)

    assert shows(client, "/articles/", "到点了")


def test_an_unknown_slug_is_a_404_page_with_a_way_on(client):
    response = client.get("/articles/mei-you/")

    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()
    assert 'role="search"' in response.content.decode()


def test_a_tag_has_a_chinese_address(client, publish):
    publish("讲起付线的", tags=["起付线"])

    assert shows(client, "/tags/起付线/", "讲起付线的")


def test_a_tag_with_a_space_has_an_address(client, publish):
    article = publish(tags=["异地 就医"])

    slug = article.tags.get().slug

    assert shows(client, f"/tags/{slug}/", "门诊怎么报")


def test_a_list_with_nothing_in_it_offers_a_way_on(client, category):
    assert shows(client, category.get_absolute_url(), "这里还没有文章")


def test_search_wants_every_word_somewhere(client, publish):
    publish("北京门诊", body="<p>讲起付线。</p>")
    publish("成都门诊")

    found = client.get("/search/?q=门诊 起付线").content.decode()

    assert "北京<mark>门诊</mark>" in found
    assert "成都<mark>" not in found


@pytest.mark.parametrize("query", ["", "   ", "<script>", "' OR 1=1 --", "长" * 500, "\x00"])
def test_search_takes_anything(client, publish, query):
    response = client.get("/search/", {"q": query})

    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_search_results_are_not_for_search_engines(client):
    assert shows(client, "/search/?q=门诊", '<meta name="robots" content="noindex">')


def test_a_reference_in_a_summary_shows_its_figure(client, publish):
    publish(summary="北京起付线 〔职工门诊起付线·北京·在职〕。")

    assert shows(client, "/articles/", "北京起付线 1,800 元。")


def test_a_document_lists_the_articles_that_cite_it(client, publish):
    document = PolicyDocument.objects.get(number="国办发〔2021〕14号")
    ArticleSource.objects.create(article=publish("引用它的"), document=document)

    assert shows(client, document.get_absolute_url(), "引用它的</a>")


def test_an_area_lists_its_articles(client, publish):
    publish("只讲北京的", area=beijing())

    assert shows(client, "/areas/110000/", "只讲北京的")
    assert shows(client, "/areas/110000/articles/", "只讲北京的")


def test_a_tag_page_opens_with_its_introduction(client, publish):
    tag = publish(tags=["起付线"]).tags.get()
    TagPage.objects.create(tag=tag, summary="先过这条线。", introduction="<p>北京 〔职工门诊起付线·北京·在职〕</p>")

    page = client.get("/tags/起付线/").content.decode()

    assert "先过这条线。" in page
    assert "1,800 元" in page


@pytest.mark.parametrize(("name", "is_place"), [("北京", True), ("起付线", False)])
def test_the_tag_of_a_place_leads_to_the_page_of_the_place(client, publish, name, is_place):
    publish("一篇", tags=[name])

    assert shows(client, f"/tags/{name}/", 'href="/areas/110000/">北京的数字和计算器') == is_place
