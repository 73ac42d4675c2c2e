"""From draft to archive: who may take which step, and what readers see meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, ArticleSource, Category, Event, RelatedChoice
from articles.workflow import snapshot as contents, steps
from articles.workflow.scheduling import run_due
from calculators.models import PolicyDocument

NOW = timezone.make_aware(timezone.datetime(2026, 3, 1, 12))
LATER = NOW + timedelta(days=3)
SECOND = timedelta(seconds=1)
Status, EditStatus = Article.Status, Article.EditStatus


@pytest.fixture
def author(staff):
    return staff("编辑", username="author")


@pytest.fixture
def chief(staff):
    return staff("主编", username="chief")


@pytest.fixture
def article(author):
    article = Article.objects.create(
        title="旧标题", body="<p>旧文。</p>", category=Category.objects.create(name="健康新闻"), author=author
    )
    steps.save(article, contents.snapshot(article) | {"tags": ["门诊"]}, by=author, at=NOW)
    return article


@pytest.fixture
def published(article, chief):
    steps.publish(article, by=chief, at=NOW)
    return article


def edit(article, by, **changes):
    content = steps.newest(article).content | changes
    return steps.save(article, content, by=by, at=NOW)


def seen(article):
    return Article.objects.get(pk=article.pk)


def kinds(article):
    return list(article.events.order_by("pk").values_list("kind", flat=True))


def test_an_author_cannot_publish(article, author):
    with pytest.raises(steps.NotAllowed, match="提交审核"):
        steps.publish(article, by=author, at=NOW)

    assert not seen(article).is_public(LATER)


def test_an_author_can_neither_schedule_nor_archive(article, author):
    with pytest.raises(steps.NotAllowed):
        steps.schedule(article, LATER, by=author, at=NOW)
    with pytest.raises(steps.NotAllowed):
        steps.archive(article, by=author, at=NOW)


def test_a_draft_is_submitted_sent_back_submitted_and_published(article, author, chief):
    steps.submit(article, by=author, at=NOW)
    steps.send_back(article, by=chief, note="缺来源", at=NOW)
    steps.submit(article, by=author, at=NOW)
    steps.publish(article, by=chief, at=NOW)

    assert kinds(article) == ["submitted", "returned", "submitted", "published"]
    assert [event.by for event in article.events.order_by("pk")] == [author, chief, author, chief]
    assert seen(article).is_public(NOW)


def test_only_a_draft_is_submitted_and_only_a_submitted_one_returned(published, author, chief):
    with pytest.raises(steps.NotAllowed):
        steps.submit(published, by=author, at=NOW)
    with pytest.raises(steps.NotAllowed):
        steps.send_back(published, by=chief, at=NOW)


def test_approving_anothers_text_is_a_review(published, chief):
    assert (published.reviewer, published.reviewed_on) == (chief, NOW.date())
    assert published.review_by == NOW.date() + steps.REVIEW_EVERY


def test_publishing_ones_own_text_is_none(article, chief):
    article.author = chief
    steps.publish(article, by=chief, at=NOW)

    assert article.reviewer is None


def test_an_edit_of_a_public_article_leaves_the_old_text_up(published, author):
    edit(published, author, title="新标题", body="<p>新文。</p>", tags=["门诊", "北京"])

    assert (seen(published).title, seen(published).body) == ("旧标题", "<p>旧文。</p>")
    assert list(published.tags.names()) == ["门诊"]
    assert seen(published).edit_status == EditStatus.DRAFT
    assert seen(published).is_public(NOW)


def test_the_edit_shows_from_the_moment_it_is_published(published, author, chief):
    edit(published, author, title="新标题", tags=["北京"])
    steps.submit(published, by=author, at=NOW)
    assert steps.stage(published) == "review"

    steps.publish(published, by=chief, at=NOW)

    assert seen(published).title == "新标题"
    assert list(published.tags.names()) == ["北京"]
    assert seen(published).edit_status == EditStatus.NONE
    assert kinds(published)[-1] == "updated"


def test_publishing_an_edit_keeps_the_first_day_of_publication(published, author, chief):
    edit(published, author, title="新标题")
    steps.publish(published, by=chief, at=LATER)

    assert seen(published).published_at == NOW


def test_sources_and_choices_wait_with_the_text(published, author, chief):
    document = PolicyDocument.objects.first()
    other = Article.objects.create(title="另一篇", body="<p>文</p>", category=published.category)
    changes = {"sources": [{"document": document.pk, "clause": "第三条"}]}
    changes["choices"] = [{"other": other.pk, "kind": "pin", "order": 1}]
    edit(published, author, **changes)
    assert not ArticleSource.objects.filter(article=published).exists()

    steps.publish(published, by=chief, at=NOW)

    assert published.sources.get().clause == "第三条"
    assert RelatedChoice.objects.get(article=published).other == other


def test_a_working_copy_can_be_given_up_and_stays_in_the_history(published, author):
    edit(published, author, title="新标题")
    steps.discard(published, by=author, at=NOW)

    assert steps.newest(published).content["title"] == "旧标题"
    assert published.versions.filter(content__title="新标题").exists()
    assert seen(published).edit_status == ""


def test_saving_what_is_there_makes_no_version(published, author):
    count = published.versions.count()
    edit(published, author)

    assert published.versions.count() == count


def test_an_article_published_before_versions_were_kept_keeps_its_text_as_the_first(author, chief):
    article = Article.objects.create(
        title="老",
        body="<p>老文</p>",
        category=Category.objects.create(name="甲"),
        status="published",
        published_at=NOW,
    )
    steps.save(article, contents.snapshot(article) | {"title": "新"}, by=author, at=LATER)

    assert [version.content["title"] for version in article.versions.order_by("number")] == ["老", "新"]
    assert steps.live(article).number == 1


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


def test_a_version_is_restored_whole(published, author, chief):
    first = steps.newest(published)
    edit(published, author, title="新", body="<p>新</p>", tags=["北京"], sources=[])
    steps.restore(published, first, by=author, at=NOW)
    steps.publish(published, by=chief, at=NOW)

    assert (seen(published).title, list(published.tags.names())) == ("旧标题", ["门诊"])
    assert steps.newest(published).reason == f"恢复第 {first.number} 版"


def test_a_version_never_holds_a_script(article, author):
    edit(article, author, body="<p>好</p><script>alert(1)</script>")

    assert steps.newest(article).content["body"] == "<p>好</p>"


def test_every_step_names_who_and_when(published, chief):
    event = Event.objects.get(article=published)

    assert (event.by, event.at, event.version) == (chief, NOW, steps.live(published))
