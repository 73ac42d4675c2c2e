import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Category
from articles.workflow import snapshot, steps


class Desk:
    """One person at the editors' office, working through its forms as a browser would."""

    def __init__(self, client, user):
        self.client, self.user = client, user
        client.force_login(user)

    def open(self, article, **query):
        page = self.client.get(self.url(article), query)
        assert page.status_code == 200
        return self.fields(page)

    @staticmethod
    def url(article):
        return (
            reverse("admin:articles_article_change", args=[article.pk])
            if article
            else reverse("admin:articles_article_add")
        )

    @staticmethod
    def fields(page):
        """What the form of this page would post."""
        form = page.context["adminform"].form
        content = page.context.get("original") and getattr(page.context["original"], "content_shown", None)
        posted = snapshot.to_post(content) if content else snapshot.to_post(snapshot.blank())
        corrections = {"corrections-TOTAL_FORMS": "0", "corrections-INITIAL_FORMS": "0"}
        return (
            posted | corrections | {"base": str(form["base"].value() or ""), "unpublish_at_0": "", "unpublish_at_1": ""}
        )

    def post(self, article, fields, button="_continue", **changes):
        return self.client.post(self.url(article), fields | changes | {button: "1"}, follow=True)

    def write(self, category, button="_continue", **changes):
        fields = self.open(None) | {"title": "新文章", "body": "<p>正文。</p>", "category": str(category.pk)} | changes
        page = self.post(None, fields, button)
        assert not page.context.get("errors"), page.context["errors"]
        return Article.objects.latest("pk")


@pytest.fixture
def category(db):
    return Category.objects.create(name="健康新闻")


@pytest.fixture
def author(staff):
    return Desk(Client(), staff("编辑", username="author"))


@pytest.fixture
def chief(staff):
    return Desk(Client(), staff("主编", username="chief"))


@pytest.fixture
def live(author, chief, category):
    """An article by the author that the chief has published."""
    article = author.write(category, title="旧标题", body="<p>旧文。</p>", tags="门诊、北京")
    steps.publish(article, by=chief.user)
    return Article.objects.get(pk=article.pk)
