"""Autosave of the article form; what all forms share is tested with the forms of calculators."""

from django.urls import reverse

from articles.models import Article
from calculators.models import FormOpening, PolicyDocument
from tests.office_page import fields_of, keep, open_form, save

ADD = "/admin/articles/article/add/"
ATTACK = '<p>好</p><script>alert(1)</script><img src="https://evil.example/a.png" onerror="alert(1)">'


def restore(desk, address, fields):
    return open_form(desk.client, address, restore=fields["form_opening"][0])


def test_what_is_typed_is_kept_per_user_without_a_version_and_offered_again(author, chief, live):
    address = author.url(live)
    fields = open_form(author.client, address)
    keep(author.client, address, fields, title="打了一半")

    assert live.versions.count() == 1
    assert "打了一半" in author.client.get(address).content.decode()
    assert restore(author, address, fields)["title"] == ["打了一半"]
    assert "打了一半" not in chief.client.get(address).content.decode()


def test_a_new_article_is_kept_sanitised(author, category):
    fields = open_form(author.client, ADD)
    keep(author.client, ADD, fields, title="还没存过的新文章", body=ATTACK)
    restored = restore(author, ADD, fields)

    assert (restored["title"], restored["body"]) == (["还没存过的新文章"], ["<p>好</p>"])
    assert not Article.objects.exists()


def test_sources_and_tags_of_a_kept_text_are_restored(author, live):
    address, document = author.url(live), str(PolicyDocument.objects.first().pk)
    fields = open_form(author.client, address)
    source = {"sources-TOTAL_FORMS": "1", "sources-0-document": document, "sources-0-clause": "第三条"}
    keep(author.client, address, fields, tags="门诊、住院", **source)
    restored = restore(author, address, fields)

    assert restored["tags"] == ["门诊、住院"]
    assert (restored["sources-0-document"], restored["sources-0-clause"]) == ([document], ["第三条"])


def test_whoever_restores_a_text_sees_what_was_published_meanwhile(author, chief, live):
    address = author.url(live)
    fields = open_form(author.client, address)
    keep(author.client, address, fields, title="作者的标题")
    chief.post(live, chief.open(live), body="<p>主编改过的文字。</p>")
    page = author.client.get(address, {"restore": fields["form_opening"][0]})

    assert "主编改过的文字" in page.content.decode()
    assert fields_of(page, address)["title"] == ["作者的标题"]


def test_saving_forgets_what_was_kept(author, live):
    address = author.url(live)
    fields = open_form(author.client, address)
    keep(author.client, address, fields, title="打了一半")
    save(author.client, address, fields, title="写完了", form_turn="2")

    assert not FormOpening.objects.filter(kept_at__isnull=False).exists()


def test_nobody_keeps_typing_in_an_article_they_may_not_change(author, staff, live, client):
    other = staff("编辑", username="other")
    client.force_login(other)
    posted = {"form_opening": "6f6a3a52-6b0f-4b0e-a6d5-2f1d3b1f8a10", "form_user": str(other.pk)}
    address = reverse("admin:articles_article_autosave")

    assert client.post(address, posted | {"form_object": str(live.pk), "title": "x"}).status_code == 403


def test_a_double_click_makes_one_article(author, category):
    fields = open_form(author.client, ADD) | {"title": "双击提交", "body": "<p>文</p>", "category": str(category.pk)}
    for _ in range(2):
        save(author.client, ADD, fields)

    assert Article.objects.filter(title="双击提交").count() == 1


def test_a_double_click_on_a_stored_article_is_no_collision_with_oneself(author, live):
    address = author.url(live)
    fields = open_form(author.client, address) | {"title": "双击"}
    pages = [save(author.client, address, fields) for _ in range(2)]

    assert [page.status_code for page in pages] == [302, 302]
    assert live.versions.count() == 2
