"""A changed address leads to the page for ever, and to nothing that is not public."""

import pytest
from taggit.models import Tag

from articles.admin.article_form import ArticleForm
from articles.models import Article, Category, OldAddress


@pytest.fixture
def category(db):
    return Category.objects.create(name="健康新闻", slug="news")


@pytest.fixture
def article(category):
    return Article.objects.create(title="甲", slug="old", body="<p>文</p>", category=category, status="published")


def move(thing, slug):
    thing.slug = slug
    thing.save()


def test_the_old_address_of_an_article_leads_to_the_new_one(client, article):
    move(article, "new")
    response = client.get("/articles/old/?from=feed")

    assert (response.status_code, response["Location"]) == (301, "/articles/new/?from=feed")


def test_every_earlier_address_leads_straight_to_the_last(client, article):
    for slug in ("second", "third"):
        move(article, slug)

    assert client.get("/articles/old/")["Location"] == "/articles/third/"


def test_an_address_taken_back_is_the_page_again(client, article):
    move(article, "new")
    move(article, "old")

    assert client.get("/articles/old/").status_code == 200
    assert client.get("/articles/new/")["Location"] == "/articles/old/"


def test_the_old_address_of_what_is_no_longer_public_leads_nowhere(client, article):
    move(article, "new")
    Article.objects.update(status="archived")

    assert client.get("/articles/old/").status_code == 404


def test_a_draft_nobody_read_leaves_no_old_address(category):
    draft = Article.objects.create(title="乙", slug="draft", body="<p>文</p>", category=category)
    move(draft, "other")

    assert not OldAddress.objects.exists()


def test_categories_and_tags_move_too(client, article):
    article.tags.set(["门诊"])
    tag = Tag.objects.get()
    before = tag.slug
    move(article.category, "xin-wen")
    move(tag, "men-zhen")

    assert client.get("/categories/news/")["Location"] == "/categories/xin-wen/"
    assert client.get(f"/tags/{before}/")["Location"] == "/tags/men-zhen/"


def test_nobody_else_gets_an_address_that_was_somebodys(article, category):
    move(article, "new")
    other = Article(title="old", body="<p>文</p>", category=category)
    other.save()

    assert other.slug == "old-2"


def test_the_form_refuses_an_address_that_was_anothers(article, category):
    move(article, "new")
    form = ArticleForm({"title": "乙", "slug": "old", "body": "<p>文</p>", "category": category.pk})

    assert "这个网址曾是《甲》的" in form.errors["slug"][0]


def test_an_address_that_never_was_is_not_found(client, db):
    assert client.get("/articles/never/").status_code == 404
