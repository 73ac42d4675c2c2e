from datetime import date, timedelta

import pytest
from django.core import signing
from django.utils import timezone

from articles.models import Article, Category
from articles.views import preview
from articles.workflow import snapshot, steps

DAY = date(2026, 1, 1)


@pytest.fixture
def draft(db):
    article = Article.objects.create(
        title="还没发布",
        body="<p>起付线是〔职工门诊起付线·北京·在职〕。</p>",
        category=Category.objects.create(name="健康新闻"),
    )
    steps.save(article, snapshot.take(article) | {"title": "最新的标题", "tags": ["门诊"]}, by=None)
    return article


def test_a_link_shows_the_newest_text_without_an_account(client, draft):
    page = client.get(preview.link(draft, DAY)).content.decode()

    assert "最新的标题" in page
    assert "1,800 元" in page
    assert "2026年1月1日" in page
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_preview_of_an_edit_changes_nothing_on_the_site(client, draft, staff):
    steps.publish(draft, by=None)
    steps.save(draft, steps.newest(draft).content | {"title": "修改稿"}, by=None)

    assert "修改稿" in client.get(preview.link(draft, DAY)).content.decode()
    assert "修改稿" not in client.get(draft.get_absolute_url()).content.decode()


def test_a_preview_is_never_kept_and_never_indexed(client, draft):
    response = client.get(preview.link(draft, DAY))

    assert response["Cache-Control"] == "private, no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert 'content="noindex' in response.content.decode()
    assert "canonical" not in response.content.decode()


@pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (1, 404)])
def test_a_link_is_valid_for_seven_days_to_the_second(client, draft, monkeypatch, seconds, status):
    made = timezone.now().replace(microsecond=0)
    monkeypatch.setattr(signing.time, "time", made.timestamp)
    url = preview.link(draft, DAY)
    monkeypatch.setattr(signing.time, "time", (made + timedelta(days=7, seconds=seconds)).timestamp)

    assert client.get(url).status_code == status


def test_a_changed_link_opens_nothing(client, draft):
    url = preview.link(draft, DAY)

    assert client.get(url[:-3] + "x/").status_code == 404


def test_a_link_holds_the_version_it_was_made_for(client, draft):
    url = preview.link(draft, DAY)
    steps.save(draft, steps.newest(draft).content | {"title": "后来的标题"}, by=None)

    assert "最新的标题" in client.get(url).content.decode()
