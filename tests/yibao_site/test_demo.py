"""The demo content: loaded once, gone for good where an editor deletes it, removable where nobody edited it."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from articles.import_export.demo import demo_texts, load_demo_pages
from articles.models import Article, Category, GlossaryTerm
from yibao_site import demo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(monkeypatch):
    texts = demo_texts()[:2]
    monkeypatch.setattr("articles.import_export.demo.demo_texts", lambda: texts)
    monkeypatch.setattr(demo, "demo_texts", lambda: texts)
    monkeypatch.setitem(demo.LOADERS, "计算器", lambda: 0)
    monkeypatch.setitem(demo.LOADERS, "单页", lambda: 0)


def test_what_was_deleted_of_the_demo_stays_away():
    assert demo.load_demo()["文章"] == 2
    Article.objects.all().delete()

    assert demo.load_demo()["文章"] == 0
    assert not Article.objects.exists()


def test_a_site_with_articles_of_its_own_gets_no_demo_articles():
    category = Category.objects.create(name="自己的", slug="own")
    own = Article.objects.create(title="自己的", slug="own", category=category, body="<p>文</p>")
    demo.load_demo()
    own.delete()

    assert demo.load_demo()["文章"] == 0


def test_remove_deletes_what_nobody_edited_and_lists_the_rest(capsys, admin_user):
    demo.load_demo()
    edited, _ = Article.objects.order_by("pk")
    kind = ContentType.objects.get_for_model(Article)
    LogEntry.objects.create(user=admin_user, content_type=kind, object_id=edited.pk, action_flag=CHANGE)
    term = GlossaryTerm.objects.first()
    term.explanation = "我们自己的解释，写得更清楚。"
    term.save()
    call_command("demo", "remove")
    said = capsys.readouterr().out

    assert list(Article.objects.all()) == [edited]
    assert list(GlossaryTerm.objects.all()) == [term]
    assert edited.title in said
    assert term.term in said
    assert "留下的 2 条" in said
    assert demo.load_demo()["文章"] == 0


def test_load_brings_back_what_was_removed():
    demo.load_demo()
    call_command("demo", "remove")
    call_command("demo", "load")

    assert Article.objects.count() == 2


def test_the_shipped_pages_are_loaded_once_and_removed_with_their_category(client):
    assert load_demo_pages() == 3
    assert load_demo_pages() == 0
    assert "不用登录" in client.get("/about/").content.decode()
    assert [client.get(address).status_code for address in ("/privacy/", "/contact/")] == [200, 200]
    call_command("demo", "remove")

    assert not Category.objects.exists()
    assert client.get("/about/").status_code == 200


def test_removing_twice_or_from_an_empty_site_is_no_fault():
    call_command("demo", "remove")
    call_command("demo", "remove")

    assert not Article.objects.exists()
