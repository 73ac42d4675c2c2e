"""Scheduled publishing and expiry: exact to the second, and taken by the clock once, however late it comes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Category
from articles.workflow import snapshot, steps
from articles.workflow.scheduling import run_due
from tests.articles.workflow.factories import LATER, NOW, SECOND, edit, seen

pytestmark = pytest.mark.django_db
MOMENT = NOW
Status, EditStatus = Article.Status, Article.EditStatus
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
    steps.save(ending, snapshot.take(ending) | {"title": "新标题"}, by=None, at=MOMENT - timedelta(days=2))
    steps.schedule(ending, MOMENT, by=None, at=MOMENT - timedelta(days=1))

    assert [event.kind for event in run_due(moment)] == (["updated"] if has_come else [])


@BEFORE_AND_AT
def test_the_clock_archives_an_article_at_its_moment_of_unpublishing(ending, moment, has_come):
    assert [event.kind for event in run_due(moment)] == (["archived"] if has_come else [])


@BEFORE_AND_AT
def test_publishing_again_drops_a_moment_of_unpublishing_that_has_come(ending, moment, has_come):
    steps.save(ending, snapshot.take(ending) | {"title": "新标题"}, by=None, at=MOMENT - timedelta(days=1))
    steps.publish(ending, by=None, at=moment)

    assert (ending.unpublish_at is None) is has_come


@pytest.mark.parametrize(("moment", "public"), [(LATER - SECOND, False), (LATER, True)])
def test_a_scheduled_article_shows_from_its_moment_without_any_clock_work(article, chief, moment, public):
    steps.schedule(article, LATER, by=chief, at=NOW)

    assert Article.objects.published(moment).filter(pk=article.pk).exists() is public


def test_the_clock_takes_a_first_publication_once(article, chief):
    steps.schedule(article, LATER, by=chief, at=NOW)

    assert run_due(LATER - SECOND) == []
    assert [event.kind for event in run_due(LATER + timedelta(days=2))] == ["published"]
    assert run_due(LATER + timedelta(days=3)) == []
    assert seen(article).status == Status.PUBLISHED
    assert steps.live(article).went_live == LATER


def test_the_clock_takes_an_update_once_and_late(published, author, chief):
    edit(published, author, title="新标题")
    steps.schedule(published, LATER, by=chief, at=NOW)
    assert seen(published).title == "旧标题"

    assert run_due(LATER - SECOND) == []
    assert len(run_due(LATER + timedelta(days=2))) == 1
    assert run_due(LATER + timedelta(days=2)) == []
    assert seen(published).title == "新标题"


def test_what_is_typed_after_scheduling_does_not_slip_out_with_it(article, author, chief):
    steps.schedule(article, LATER, by=chief, at=NOW)
    edit(article, author, title="没审过的标题")

    run_due(LATER)

    assert seen(article).title == "旧标题"
    assert seen(article).edit_status == EditStatus.DRAFT


def test_an_edit_of_a_scheduled_update_needs_approval_again(published, author, chief):
    edit(published, author, title="新标题")
    steps.schedule(published, LATER, by=chief, at=NOW)
    edit(published, author, title="没审过的标题")

    assert run_due(LATER) == []
    assert seen(published).title == "旧标题"


def test_a_schedule_can_be_taken_back(article, chief):
    steps.schedule(article, LATER, by=chief, at=NOW)
    steps.unschedule(article, by=chief, at=NOW)

    assert run_due(LATER) == []
    assert seen(article).status == Status.DRAFT


def test_the_clock_archives_what_was_to_end_and_readers_lost_it_on_time(published):
    Article.objects.filter(pk=published.pk).update(unpublish_at=LATER)

    assert seen(published).is_public(LATER - SECOND)
    assert not seen(published).is_public(LATER)
    assert [event.kind for event in run_due(LATER + SECOND)] == ["archived"]
    assert run_due(LATER + SECOND) == []


def test_an_archived_article_can_be_published_again(published, chief):
    Article.objects.filter(pk=published.pk).update(unpublish_at=LATER)
    run_due(LATER)
    article = seen(published)
    steps.publish(article, by=chief, at=LATER + SECOND)

    assert seen(published).is_public(LATER + SECOND)
