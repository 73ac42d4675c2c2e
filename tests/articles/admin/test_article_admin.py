import pytest
from django.urls import reverse

from articles.models import Article, Category

LIST = reverse("admin:articles_article_changelist")


@pytest.fixture
def category(db):
    return Category.objects.create(name="健康新闻")


@pytest.fixture
def write(category):
    def write(title, *tags, **fields):
        article = Article.objects.create(title=title, category=category, **{"body": "<p>正文。</p>", **fields})
        article.tags.set(tags)
        return article

    return write


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_queries_for_one_article_and_for_twenty(
    admin_client, write, django_assert_num_queries, count
):
    for number in range(count):
        write(f"第 {number} 篇", "门诊", "北京", status=Article.Status.PUBLISHED)
    admin_client.get(LIST)

    with django_assert_num_queries(8):
        page = admin_client.get(LIST)

    assert page.content.decode().count('class="field-title"') == count


@pytest.mark.parametrize("query", ["异地", "门诊", "yi-di"])
def test_the_list_is_searched_by_title_tag_and_address(admin_client, write, query):
    write("异地就医怎么备案", "门诊")
    write("缴费年限")

    page = admin_client.get(LIST, {"q": query}).content.decode()

    assert "异地就医怎么备案" in page
    assert "缴费年限" not in page


@pytest.mark.parametrize("page", ["", "add/", "{}/change/"])
def test_an_editor_opens_every_page_of_articles(client, staff, write, page):
    client.force_login(staff("编辑"))

    assert client.get(LIST + page.format(write("甲").pk)).status_code == 200


def test_the_editors_import_map_carries_the_nonce_of_the_policy(admin_client, write):
    response = admin_client.get(reverse("admin:articles_article_change", args=[write("甲").pk]))
    page = response.content.decode()
    nonce = page.split('type="importmap"')[1].split('nonce="')[1].split('"')[0]

    assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]


def test_a_tag_of_signs_alone_typed_into_the_form_has_an_address(chief, category, client):
    article = chief.write(category, "_step_publish", tags="！！！、😀")

    for tag in article.tags.all():
        assert client.get(reverse("articles:tag", args=[tag.slug])).status_code == 200
    assert client.get(article.get_absolute_url()).status_code == 200
    assert client.get("/sitemap-tags.xml").status_code == 200


def test_the_form_refuses_a_reference_in_an_address_and_the_page_shows_one_in_a_description(chief, category, client):
    reference = "〔职工门诊起付线·北京·在职〕"
    fields = chief.open(None) | {"title": "甲", "category": str(category.pk)}
    page = chief.post(None, fields | {"body": f'<p><a href="/search/?q={reference}">查</a></p>'})
    assert "写在了网址里" in page.content.decode()

    body = f'<p><a href="/areas/" title="北京{reference}">各地</a></p>'
    article = chief.write(category, "_step_publish", body=body)
    assert 'title="北京1,800 元"' in client.get(article.get_absolute_url()).content.decode()
