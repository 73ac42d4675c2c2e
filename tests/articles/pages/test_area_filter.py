"""Lists follow the area a visitor chose, say so, and lead to the rest."""

import pytest

from articles.models import Article, ArticlePage, Category
from calculators.common import page_keys
from calculators.models import PoolingArea

pytestmark = pytest.mark.django_db
LISTS = ["/articles/", "/categories/bao-xiao/", "/tags/menzhen/"]


@pytest.fixture(autouse=True)
def articles():
    """One of Beijing, one of Shanghai, one for everywhere."""
    category = Category.objects.create(name="报销", slug="bao-xiao")
    for title, code in (("在北京", "110000"), ("在上海", "310000"), ("在哪里都一样", None)):
        area = PoolingArea.objects.get(code=code) if code else None
        article = Article.objects.create(
            title=title, category=category, area=area, body="<p>文</p>", status="published"
        )
        article.tags.add("门诊")
    article.tags.all().update(slug="menzhen")
    ArticlePage.objects.update(references={})  # as they are once gathered


def titles(client, address):
    page = client.get(address).content.decode()
    return {title for title in ("在北京", "在上海", "在哪里都一样") if f">{title}</a>" in page}


def choose(client, area="110000"):
    client.cookies["choice"] = area


@pytest.mark.parametrize("address", LISTS)
def test_without_a_choice_a_list_is_whole(client, address):
    assert titles(client, address) == {"在北京", "在上海", "在哪里都一样"}
    assert "现在只列" not in client.get(address).content.decode()


@pytest.mark.parametrize("address", LISTS)
def test_with_a_choice_it_holds_that_area_and_everywhere_and_says_so(client, address):
    choose(client)
    page = client.get(address).content.decode()

    assert titles(client, address) == {"在北京", "在哪里都一样"}
    assert "现在只列北京和全国通用的文章" in page
    assert f'<link rel="canonical" href="http://testserver{address}">' in page


@pytest.mark.parametrize("address", LISTS)
def test_one_click_shows_all_areas_under_the_same_canonical_address(client, address):
    choose(client)
    page = client.get(f"{address}?areas=all").content.decode()

    assert titles(client, f"{address}?areas=all") == {"在北京", "在上海", "在哪里都一样"}
    assert "只看北京和全国通用的" in page
    assert f'<link rel="canonical" href="http://testserver{address}">' in page


def test_all_areas_stay_chosen_on_the_next_page(client, monkeypatch):
    monkeypatch.setattr("articles.pages.pagination.A_PAGE", 1)
    choose(client)

    assert 'href="?areas=all&amp;page=2"' in client.get("/articles/?areas=all").content.decode()


def test_an_area_without_articles_is_named_all_the_same(client):
    choose(client, "420100")

    assert "现在只列武汉和全国通用的文章" in client.get("/articles/").content.decode()


@pytest.fixture
def server_process(monkeypatch):
    """As in a server's process, where what rarely changes is kept until it does; nothing is left for the next test."""
    monkeypatch.setattr(page_keys, "may_cache", lambda: True)
    yield
    page_keys.content_outdated.send(None, keys=frozenset([page_keys.ALL_AREAS, page_keys.ALL_DIMENSIONS]))


@pytest.mark.parametrize("choice", ["110000", "110000.retired"])
@pytest.mark.usefixtures("server_process")
def test_a_choice_costs_a_list_no_query(client, django_assert_num_queries, choice):
    client.get("/choice/")
    client.get("/articles/")
    choose(client, choice)
    client.get("/articles/")  # the key figures of that place

    with django_assert_num_queries(2):
        client.get("/articles/")


def test_the_place_of_a_choice_costs_no_query_where_a_process_keeps_nothing(client, django_assert_num_queries):
    choose(client)

    with django_assert_num_queries(6):  # the words of 身份 in the header, 栏目, areas, and areas with values
        client.get("/articles/")


def test_the_home_page_lists_what_is_near(client):
    choose(client)

    assert titles(client, "/") == {"在北京", "在哪里都一样"}
