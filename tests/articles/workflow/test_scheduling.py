"""Publishing and unpublishing are exact to the second: at the moment itself it has happened, a second before it has not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Category
from articles.workflow import snapshot as contents, steps
from articles.workflow.scheduling import run_due

pytestmark = pytest.mark.django_db
MOMENT = timezone.make_aware(timezone.datetime(2026, 3, 1, 12))
SECOND = timedelta(seconds=1)
Status = Article.Status
BEFORE_AND_AT = pytest.mark.parametrize(("moment", "has_come"), [(MOMENT - SECOND, False), (MOMENT, True)])


@pytest.fixture
def make():
    category = Category.objects.create(name="健康新闻")
    return lambda **fields: Article.objects.create(title="一篇", body="<p>正文。</p>", category=category, **fields)


@pytest.fixture
def beginning(make):
    """An article that is published at MOMENT."""
    return make(status=Status.PUBLISHED, published_at=MOMENT)


@pytest.fixture
def ending(make):
    """An article that is unpublished at MOMENT."""
    return make(status=Status.PUBLISHED, published_at=MOMENT - timedelta(days=9), unpublish_at=MOMENT)


def listed(articles, article):
    return articles.filter(pk=article.pk).exists()


@BEFORE_AND_AT
def test_an_article_is_public_from_its_moment_of_publishing(beginning, moment, has_come):
    assert beginning.is_public(moment) is has_come
    assert listed(Article.objects.published(moment), beginning) is has_come


@BEFORE_AND_AT
def test_an_article_is_withdrawn_from_its_moment_of_unpublishing(ending, moment, has_come):
    assert ending.is_public(moment) is not has_come
    assert listed(Article.objects.published(moment), ending) is not has_come
    assert listed(Article.objects.withdrawn(moment), ending) is has_come


@BEFORE_AND_AT
def test_the_page_is_there_from_the_moment_of_publishing(client, monkeypatch, beginning, moment, has_come):
    monkeypatch.setattr(timezone, "now", lambda: moment)

    assert client.get(beginning.get_absolute_url()).status_code == (200 if has_come else 404)


@BEFORE_AND_AT
def test_the_page_is_gone_from_the_moment_of_unpublishing(client, monkeypatch, ending, moment, has_come):
    monkeypatch.setattr(timezone, "now", lambda: moment)

    assert client.get(ending.get_absolute_url()).status_code == (410 if has_come else 200)


@BEFORE_AND_AT
def test_the_clock_publishes_a_scheduled_article_at_its_moment(make, moment, has_come):
    article = make()
    steps.schedule(article, MOMENT, by=None, at=MOMENT - timedelta(days=1))

    assert [event.kind for event in run_due(moment)] == (["published"] if has_come else [])


@BEFORE_AND_AT
def test_the_clock_publishes_a_scheduled_edit_at_its_moment(ending, moment, has_come):
    Article.objects.filter(pk=ending.pk).update(unpublish_at=None)
    ending.refresh_from_db()
    steps.save(ending, contents.snapshot(ending) | {"title": "新标题"}, by=None, at=MOMENT - timedelta(days=2))
    steps.schedule(ending, MOMENT, by=None, at=MOMENT - timedelta(days=1))

    assert [event.kind for event in run_due(moment)] == (["updated"] if has_come else [])


@BEFORE_AND_AT
def test_the_clock_archives_an_article_at_its_moment_of_unpublishing(ending, moment, has_come):
    assert [event.kind for event in run_due(moment)] == (["archived"] if has_come else [])


@BEFORE_AND_AT
def test_publishing_again_drops_a_moment_of_unpublishing_that_has_come(ending, moment, has_come):
    steps.save(ending, contents.snapshot(ending) | {"title": "新标题"}, by=None, at=MOMENT - timedelta(days=1))
    steps.publish(ending, by=None, at=moment)

    assert (ending.unpublish_at is None) is has_come
