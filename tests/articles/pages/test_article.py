from datetime import datetime

import pytest
from django.utils import timezone

from articles.models import Article, ArticleSource, RelatedArticle
from calculators.models import Calculator, PolicyDocument
from tests.articles.calculator_factory import live_calculator
from tests.articles.factories import FIGURE, beijing, crowd, shows

pytestmark = pytest.mark.django_db


def test_an_article_shows_its_title_category_date_tags_and_body(client, publish):
    article = publish(
        tags=["门诊", "起付线"], published_at=datetime(2026, 3, 1, 9, tzinfo=timezone.get_default_timezone())
    )

    page = client.get(article.get_absolute_url()).content.decode()

    assert "<h1>门诊怎么报</h1>" in page
    for text in ["待遇报销", "2026年3月1日", "起付线</a>", "<p>正文。</p>", "读完约 1 分钟"]:
        assert text in page


def test_an_article_shows_its_figures_with_their_sources(client, publish):
    article = publish(body="<p>起付线是〔职工门诊起付线·北京·在职〕。</p>")

    page = client.get(article.get_absolute_url()).content.decode()

    assert "1,800 元" in page
    assert 'id="figure-1" popover>' in page
    assert "依据：1 份文件" in page


def test_an_article_names_its_sources(client, publish):
    article = publish()
    document = PolicyDocument.objects.get(number="国办发〔2021〕14号")
    ArticleSource.objects.create(article=article, document=document, clause="第三条")

    page = client.get(article.get_absolute_url()).content.decode()

    for text in [document.title, "国办发〔2021〕14号", "国务院办公厅", "2021年4月13日", document.url, "第三条"]:
        assert text in page


def test_an_article_lists_its_live_calculators_only(client, publish):
    article = publish()
    live = live_calculator("shown", "能用的计算器")
    draft = Calculator.objects.create(code="draft", name="没发布的计算器", summary="一句话")
    article.calculators.set([live, draft])

    page = client.get(article.get_absolute_url()).content.decode()

    assert "能用的计算器" in page
    assert "没发布的计算器" not in page


def test_related_reading_lists_at_most_eight_readable_articles_with_reasons(client, publish):
    article = publish()
    for rank in range(12):
        RelatedArticle.objects.create(
            article=article, related=publish(f"另一篇 {rank:02}"), rank=rank, score=2, reason="都讲门诊"
        )
    RelatedArticle.objects.filter(rank=0).update(related=publish("草稿", status=Article.Status.DRAFT))

    page = client.get(article.get_absolute_url()).content.decode()

    assert "大家还在看" in page
    assert page.count("都讲门诊") == 8
    assert "草稿" not in page


def test_without_related_articles_there_is_no_such_heading(client, publish):
    assert not shows(client, publish().get_absolute_url(), "大家还在看")


def test_long_articles_have_a_table_of_contents_and_short_ones_do_not(client, publish):
    heading = "<h2>小标题</h2><p>文字</p>"

    long, short = publish(body=heading * 4), publish(body=heading * 3)

    assert shows(client, long.get_absolute_url(), '<a href="#section-4">小标题</a>')
    assert not shows(client, short.get_absolute_url(), "这一篇讲什么")


@pytest.mark.parametrize("count", [1, 200])
def test_an_article_costs_four_queries_among_one_and_among_two_hundred(
    client, publish, gathered, django_assert_num_queries, count
):
    with gathered(execute=True):
        article = publish(tags=["门诊", "北京"], summary=FIGURE, body=f"<p>{FIGURE}</p>", area=beijing())
        other = publish("另一篇", summary=FIGURE)
    beside = [other, *crowd(other, count - 1)][:12]
    RelatedArticle.objects.bulk_create(
        RelatedArticle(article=article, related=one, rank=rank, score=1) for rank, one in enumerate(beside)
    )

    with django_assert_num_queries(4):  # the last is the glossary, which a server process keeps
        client.get(article.get_absolute_url())
