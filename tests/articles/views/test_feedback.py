"""What readers say reaches the editors, and nothing about the readers is kept."""

import re
from html import unescape
from importlib import import_module

import pytest
from django.apps import apps
from django.core.cache import cache

from articles.models import Article, Category, Correction, Feedback
from articles.models.feedback import OWN_PATH, is_own_page
from tests.attacks.hostile_text import ELSEWHERE

pytestmark = pytest.mark.django_db
REPORT = {"about": "/areas/110000/", "reason": "number", "text": "起付线写错了", "website": ""}


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def article():
    category = Category.objects.create(name="待遇报销")
    return Article.objects.create(
        title="门诊", slug="menzhen", body="<p>起付线。</p>", category=category, status=Article.Status.PUBLISHED
    )


def test_a_vote_is_kept_with_its_article_and_thanked_for(client, article):
    page = client.get(article.get_absolute_url()).content.decode()
    response = client.post("/feedback/", {"about": article.get_absolute_url(), "vote": "helpful"})

    assert "这篇有帮助吗" in page
    assert response.url.startswith("/feedback/thanks/")
    assert Feedback.objects.get().article == article
    assert not response.cookies


def test_no_help_is_asked_why(client, article):
    response = client.post("/feedback/", {"about": article.get_absolute_url(), "vote": "unhelpful"}, follow=True)

    assert "哪里没帮到你" in response.content.decode()
    assert f'value="{article.get_absolute_url()}"' in response.content.decode()


def test_a_report_reaches_the_worklist_until_it_is_dealt_with(client, staff):
    client.post("/feedback/", REPORT)
    client.force_login(staff("主编"))
    listed = client.get("/admin/articles/feedback/").content.decode()

    assert "起付线写错了" in listed
    assert "读者报错" in client.get("/admin/").content.decode()
    Feedback.objects.update(done=True)
    assert Feedback.objects.open().count() == 0


def test_a_report_without_a_reason_is_asked_for_one_and_keeps_what_was_typed(client):
    response = client.post("/feedback/", REPORT | {"reason": ""})

    assert response.status_code == 422
    assert "起付线写错了" in response.content.decode()
    assert not Feedback.objects.exists()


def test_a_program_that_fills_the_hidden_box_is_thanked_and_forgotten(client):
    response = client.post("/feedback/", REPORT | {"website": "https://example.org"})

    assert response.status_code == 302
    assert not Feedback.objects.exists()


def test_nobody_says_more_than_twenty_things_an_hour(client):
    for _ in range(25):
        client.post("/feedback/", REPORT)

    assert Feedback.objects.count() == 20


@pytest.mark.parametrize(
    "typed", ["110101199003074213", "11010119900307421X", "13800138000", "138 0013 8000", "a.b@example.org"]
)
def test_numbers_by_which_a_person_could_be_found_are_not_kept(client, typed):
    client.post("/feedback/", REPORT | {"text": f"我的号是{typed}，报了 1800 元，2026-11-24 去的"})

    assert Feedback.objects.get().text == "我的号是〔号码已删〕，报了 1800 元，2026-11-24 去的"


@pytest.mark.parametrize("about", ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\x", ""])
def test_it_never_leads_to_another_site(client, about):
    response = client.post("/feedback/", {"about": about, "vote": "helpful"}, follow=True)

    assert f'href="{about}"' not in response.content.decode() or not about


def test_corrections_of_public_articles_are_listed(client, article):
    Correction.objects.create(article=article, text="原来写成 1,300 元。")
    assert "原来写成 1,300 元。" in client.get("/corrections/").content.decode()

    Article.objects.update(status=Article.Status.DRAFT)
    assert "原来写成 1,300 元。" not in client.get("/corrections/").content.decode()


@pytest.mark.parametrize(
    "about", [*ELSEWHERE, "x/areas/", "/areas/\nx", "javascript:/areas/", "https://elsewhere.example/login"]
)
def test_no_address_of_another_site_is_stored_or_linked_in_the_office(client, staff, about):
    for posted in (REPORT, {"vote": "helpful"}, {"vote": "unhelpful"}):
        client.post("/feedback/", posted | {"about": about})
    Feedback.objects.create(kind="report", path=about[:300], text="早先存的")

    client.force_login(staff("主编"))
    listed = client.get("/admin/articles/feedback/").content.decode()
    links = re.findall(r'class="field-page"><a href="([^"]*)"', listed)

    assert set(Feedback.objects.exclude(text="早先存的").values_list("path", flat=True)) <= {"/", about}
    assert all(is_own_page(unescape(link)) for link in links)
    assert all(
        OWN_PATH.match(path) for path in Feedback.objects.exclude(text="早先存的").values_list("path", flat=True)
    )


def test_the_address_of_a_page_that_is_not_there_is_told_without_a_link(client, staff):
    client.post("/feedback/", REPORT | {"about": "/nowhere/"})
    client.force_login(staff("主编"))
    listed = client.get("/admin/articles/feedback/").content.decode()

    assert re.search(r'<td class="field-page"[^>]*>/nowhere/</td>', listed)


def test_the_migration_takes_other_sites_out_of_stored_feedback():
    for path in ("https://elsewhere.example/", "javascript:alert(1)", "/areas/", "/search/?q=起付线"):
        Feedback.objects.create(kind="report", path=path, text="不对")

    import_module("articles.migrations.0018_feedback_of_own_pages").tidy(apps, None)

    assert sorted(Feedback.objects.values_list("path", flat=True)) == ["/", "/", "/areas/", "/search/?q=起付线"]
