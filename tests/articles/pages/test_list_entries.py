"""Lists of articles: headings from 栏目 and tags, key figures, and the filters beside them."""

import re

import pytest

from articles.models import Article, Category
from articles.pages.list_entries import ArticleEntry, by_category, by_topic
from calculators.models import PoolingArea
from tests.articles.factories import FIGURE, beijing

ONE, OTHER = Category(pk=1, name="待遇报销", order=2), Category(pk=2, name="参保缴费", order=1)


def entry(pk, tags="", category=ONE):
    return ArticleEntry(Article(pk=pk, title=str(pk), tags_text=tags, category=category), "")


def headings(groups):
    return [(group.heading, [item.article.pk for item in group.entries]) for group in groups]


def test_a_list_of_one_category_is_grouped_by_the_tags_most_articles_share():
    shown = (
        [entry(pk, "门诊、北京") for pk in range(4)] + [entry(pk, "住院") for pk in range(4, 7)] + [entry(7, "大病")]
    )

    assert headings(by_topic(shown)) == [("门诊", [0, 1, 2, 3]), ("住院", [4, 5, 6]), ("其他问题", [7])]


@pytest.mark.parametrize("count", [7, 8])
def test_a_short_list_has_no_headings(count):
    shown = [entry(pk, "门诊" if pk < 3 else "住院") for pk in range(count)]

    assert [group.heading for group in by_topic(shown)] == ([""] if count < 8 else ["门诊", "其他问题"])


def test_a_tag_that_nearly_all_articles_share_is_no_heading():
    assert headings(by_topic([entry(pk, "门诊") for pk in range(9)])) == [("", list(range(9)))]


def test_a_list_of_all_categories_is_grouped_in_their_order():
    shown = [entry(pk, category=ONE if pk % 2 else OTHER) for pk in range(8)]

    assert [group.heading for group in by_category(shown)] == ["参保缴费", "待遇报销"]


@pytest.fixture
def articles(publish, gathered):
    with gathered(execute=True):
        publish("在北京", body=f"<p>甲 {FIGURE}</p>", area=beijing())
        publish("在上海", body="<p>乙</p>", area=PoolingArea.objects.get(code="310000"))
        publish("举例", body="<p>比如上海 〔职工门诊起付线·上海·在职〕</p>")
        publish("比较各地", body=f"<p>〔职工门诊起付线·上海·在职〕和 {FIGURE}</p>")


def key_figures(page):
    return re.findall(r'class="key-figure"><span>(.*?)</span> <b>(.*?)</b>', page)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("choice", "figures"),
    [
        ("", [("职工门诊起付线（在职）", "1,800 元")]),
        ("310000", [("上海职工门诊起付线（在职）", "500 元")]),
    ],
)
def test_a_key_figure_is_of_the_articles_own_place_or_the_visitors(client, articles, choice, figures):
    if choice:
        client.cookies["choice"] = choice

    assert key_figures(client.get("/articles/").content.decode()) == figures


@pytest.mark.django_db
def test_a_list_filtered_by_place_shows_that_place_alone_and_is_not_indexed(client, articles):
    slug = Article.objects.get(title="在北京").category.slug
    page = client.get(f"/categories/{slug}/?area=110000").content.decode()

    assert re.findall(r"<h3><a [^>]*>(.*?)</a>", page) == ["在北京"]
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="http://testserver/categories/{slug}/">' in page
    assert f'<a href="/categories/{slug}/?area=110000" aria-current="true">北京</a>' in page


@pytest.mark.django_db
@pytest.mark.parametrize(("area", "status"), [("110000", 200), ("999999", 404), ("x", 404)])
def test_a_filter_by_a_place_that_is_none_is_not_found(client, articles, area, status):
    slug = Article.objects.get(title="在北京").category.slug

    assert client.get(f"/categories/{slug}/", {"area": area}).status_code == status
