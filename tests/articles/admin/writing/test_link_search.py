import pytest
from django.urls import reverse

from articles.models import Article
from calculators.models import PolicyDocument
from tests.articles.calculator_factory import live_calculator

LINKS = reverse("admin:articles_article_links")


@pytest.fixture
def find(client, staff):
    client.force_login(staff("编辑"))
    return lambda query: [(link["kind"], link["title"]) for link in client.get(LINKS, {"q": query}).json()["links"]]


def test_links_are_found_by_words_of_the_titles_of_articles_calculators_documents_and_areas(find, publish):
    publish("职工门诊怎么报销")
    PolicyDocument.objects.create(
        slug="a", title="职工门诊共济办法", number="国办发〔2021〕14号", url="https://www.gov.cn/"
    )

    live_calculator("outpatient", "职工门诊报销")

    kinds = {kind for kind, _ in find("职工 门诊")}
    assert {"文章", "计算器", "政策文件"} <= kinds
    assert ("地区", "北京") in find("北京")
    assert ("政策文件", "职工门诊共济办法") in find("〔2021〕14号")
    assert find("门诊 没有的词") == find("") == []


def test_what_readers_do_not_see_is_not_linked(find, publish):
    publish("还没有写完的门诊文章", status=Article.Status.DRAFT)

    assert ("文章", "还没有写完的门诊文章") not in find("没有写完")
