"""Old addresses entered by hand: one target each, never a page that is there, never a circle, never another site."""

import pytest

from articles.models import Category, OldAddress
from tests.articles.factories import EARLIER

ADD = "/admin/articles/oldaddress/add/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    category = Category.objects.create(name="健康新闻", slug="news")
    return category.articles.create(title="甲", slug="jia", body="<p>文</p>", status="published", published_at=EARLIER)


def add(client, **typed):
    return client.post(ADD, {"path": "", "article": "", "category": "", "tag": "", "address": ""} | typed)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("/old/news.html", "/old/news.html"),
        ("https://old.example.org/旧闻/", "/旧闻/"),
        ("/old", "/old/"),
        ("/old/x/", "/old/x"),
    ],
)
def test_an_old_address_entered_by_hand_leads_to_its_article(admin_client, client, article, typed, asked):
    assert add(admin_client, path=typed, article=article.pk).status_code == 302
    answer = client.get(asked)

    assert (answer.status_code, answer["Location"]) == (301, "/articles/jia/")


def test_an_old_address_may_lead_to_another_page_of_the_site_and_no_further(admin_client, client, article):
    add(admin_client, path="/beijing.html", address="/areas/110000/")

    assert client.get("/beijing.html")["Location"] == "/areas/110000/"
    OldAddress.objects.remember("/beijing.html", article)
    assert client.get("/beijing.html")["Location"] == "/articles/jia/"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"path": "/?p=12", "address": "/areas/"}, "问号后面的部分不能用来转"),
        ({"path": "/areas/", "address": "/about/"}, "现在就是网站上的页面"),
        ({"path": "/articles/jia/", "address": "/about/"}, "现在就是网站上的页面"),
        ({"path": "/old/", "address": "/older/"}, "现在没有这个页面"),
        ({"path": "/old/", "address": "/old/"}, "现在没有这个页面"),
        ({"path": "/old/", "address": "https://elsewhere.example/"}, "写本站的网址"),
        ({"path": "/old/", "address": "//elsewhere.example/areas/"}, "写本站的网址"),
        ({"path": "/old/"}, "选一个，只选一个"),
        ({"path": "/old/", "address": "/about/", "article": "its own"}, "选一个"),
    ],
)
def test_a_redirect_that_cannot_work_is_refused_in_its_box(admin_client, article, typed, sentence):
    page = add(admin_client, **typed | ({"article": article.pk} if "article" in typed else {}))

    assert sentence in page.content.decode()
    assert not OldAddress.objects.exists()


@pytest.mark.parametrize(("group", "status"), [("编辑", 403), ("主编", 200)])
def test_redirects_are_entered_by_chief_editors(client, staff, group, status):
    client.force_login(staff(group))

    assert client.get(ADD).status_code == status
