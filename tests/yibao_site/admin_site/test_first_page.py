"""The first page of the office: work under headings, mine first, and what was done last."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Category
from articles.workflow import snapshot, steps
from calculators.models import Finding
from tests.office_page import fields_of
from yibao_site.admin_site import worklist

pytestmark = pytest.mark.django_db


def test_the_first_page_gathers_work_under_headings_mine_first(client, staff):
    author, chief = staff("编辑", username="author"), staff("主编", username="chief")
    article = Article.objects.create(
        title="甲", body="<p>文</p>", category=Category.objects.create(name="健康新闻"), author=author
    )
    steps.save(article, snapshot.take(article), by=author)
    steps.submit(article, by=author)
    Finding.objects.report(
        kind="source_gone", subject_key="calculators.policydocument:1", cause_key="", subject="甲", sentence="打不开"
    )
    keys = [key for key, _, _ in worklist.groups(worklist.entries(chief, timezone.now()))]

    assert keys[0] == "mine"
    assert "values" in keys
    client.force_login(chief)
    page = client.get(reverse("admin:index")).content.decode()
    assert "已清空" not in page
    assert page.index("我的事") < page.index("等我审核") < page.index("来源打不开")


def test_every_kind_of_work_has_a_heading_and_says_what_to_do(staff):
    for entry in worklist.entries(staff(is_superuser=True), timezone.now()):
        assert entry.heading in worklist.HEADINGS
        assert entry.explain


def test_an_administrator_alone_is_told_to_name_the_site_and_open_accounts_until_both_are_done(client, staff):
    alone = staff(is_superuser=True, username="alone")
    naming, _ = worklist.first_steps(alone)
    client.force_login(alone)
    page = client.get(naming[1], follow=True)
    assert naming in worklist.first_steps(alone)

    address = page.redirect_chain[-1][0]
    client.post(address, fields_of(page, address) | {"name": "江城医保通"})
    [accounts] = worklist.first_steps(alone)
    assert "开账号" in accounts[0]

    staff("编辑", username="colleague")
    assert not worklist.first_steps(alone)
    assert not worklist.first_steps(staff("编辑", username="another"))


def test_a_chief_sees_what_everybody_did_last_and_an_author_what_they_did(client, staff):
    author, chief = staff("编辑", username="author"), staff("主编", username="chief")
    client.force_login(author)
    client.post(reverse("admin:articles_glossaryterm_add"), {"term": "起付线", "explanation": "先自己付的部分。"})

    assert {action.user for action in worklist.recent_actions(chief)} == {
        action.user for action in worklist.recent_actions(author)
    }
    assert worklist.recent_actions(staff("编辑", username="other")) == []


def test_what_was_done_last_is_a_link_only_for_who_may_open_it(client, staff):
    chief, admin = staff("主编", username="chief"), staff(is_superuser=True, username="root")
    for obj in (chief, Category.objects.create(name="健康新闻")):
        LogEntry.objects.log_actions(admin.pk, [obj], CHANGE, single_object=True)
    client.force_login(chief)
    page = client.get(reverse("admin:index")).content.decode()

    assert "/admin/articles/category/" in page.split('class="recent"')[1]
    assert "/auth/user/" not in page
    assert client.get("/admin/auth/").url == reverse("admin:index")
