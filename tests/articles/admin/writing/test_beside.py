import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from articles.models import Article, Category
from articles.related import refresh
from articles.tasks import list_for_draft
from articles.views import draft_related

CHECKS, PREVIEW = reverse("admin:articles_article_beside_checks"), reverse("admin:articles_article_beside_preview")
GOOD = "<p>先缴费的人先享受待遇，断缴以后要看当地等待期的长短。</p>"


def ask(desk, url, category, **changes):
    fields = desk.open(None) | {"title": "医保断缴怎么办", "body": GOOD, "category": str(category.pk)} | changes
    return desk.client.post(url, fields)


def test_the_preview_is_the_page_of_the_form_as_it_stands_and_stores_nothing(author, category):
    body = "<p>起付线是〔职工门诊起付线·北京·在职〕。</p><script>alert(1)</script>"
    answer = ask(author, PREVIEW, category, body=body)

    html = answer.json()["html"]
    assert "医保断缴怎么办</h1>" in html
    assert "1,800 元" in html
    assert "<script" not in html
    assert "no-store" in answer["Cache-Control"]
    assert not Article.objects.exists()


def test_a_form_with_nothing_in_it_has_a_preview(author):
    assert author.client.post(PREVIEW, {"form_object": ""}).status_code == 200


def test_what_is_lacking_is_told_before_the_submission(author):
    html = ask(author, CHECKS, Category(), title="", body="<p>〔起付线·北京</p>").json()["html"]

    assert "还没有标题。" in html
    assert "还没有栏目。" in html
    assert "没有写完" in html
    assert "可以送审" not in html


def test_what_has_everything_may_be_submitted_whatever_the_style_guide_says(author, category):
    answer = ask(author, CHECKS, category, body="<p>小编说赶紧办。</p>").json()

    assert "可以送审" in answer["html"]
    assert ["小编", "赶紧"] in [finding["places"] for finding in answer["findings"]]


def test_others_articles_are_neither_previewed_nor_checked(author, staff, live, client):
    client.force_login(staff("编辑", username="another"))

    for url in (CHECKS, PREVIEW):
        assert client.post(url, {"form_object": str(live.pk)}).status_code == 403
        assert client.get(url).status_code == 405


@pytest.fixture
def neighbours(publish, settings):
    """Three public articles a draft about 断缴 is close to; tasks wait in the database for a worker."""
    for number in range(3):
        publish(f"医保断缴以后怎么补缴 {number}", tags=["断缴"], body=GOOD)
    refresh.work(60, lambda what, left: None, 1)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "urgent"]}}


def work():
    """What the worker does with the drafts' lists that wait."""
    for waiting in DBTaskResult.objects.filter(task_path=list_for_draft.module_path, status="READY"):
        waiting.set_successful(list_for_draft.call(*waiting.args_kwargs["args"]))


def related(desk, answer):
    return desk.client.get(reverse("admin:articles_article_beside_related", args=[answer.json()["related"]]))


def test_a_draft_is_told_what_it_would_have_beside_it_and_why(author, category, neighbours):
    answer = ask(author, CHECKS, category, tags="断缴")
    assert related(author, answer).status_code == 202
    work()

    told = related(author, answer)
    assert told.status_code == 200
    assert "医保断缴以后怎么补缴" in told.json()["html"]
    assert "都讲断缴" in told.json()["html"]


def test_pins_lead_and_excluded_articles_leave_the_list_of_a_draft(author, category, neighbours):
    _, second, third = Article.objects.order_by("pk")
    choices = {"related_choices-TOTAL_FORMS": "2", "related_choices-INITIAL_FORMS": "0"}
    choices |= {"related_choices-0-other": str(second.pk), "related_choices-0-kind": "exclude"}
    choices |= {"related_choices-1-other": str(third.pk), "related_choices-1-kind": "pin"}

    answer = ask(author, CHECKS, category, tags="断缴", **choices)
    work()
    entries = draft_related.answer(answer.json()["related"])
    assert (entries[0].related, entries[0].reason) == (third, "编辑推荐")
    assert second not in [entry.related for entry in entries]


def test_a_list_that_is_not_computed_yet_is_waited_for(author):
    url = reverse("admin:articles_article_beside_related", args=["00000000-0000-0000-0000-000000000000"])

    assert author.client.get(url).status_code == 202


def test_the_preview_of_a_draft_shows_its_related_reading(author, category, neighbours):
    article = author.write(category, title="医保断缴怎么办", body=GOOD, tags="断缴")
    page = author.client.get(reverse("admin:articles_article_preview", args=[article.pk]))

    work()

    preview = author.client.get(page.context["url"]).content.decode()
    assert "大家还在看" in preview
    assert "医保断缴以后怎么补缴" in preview
