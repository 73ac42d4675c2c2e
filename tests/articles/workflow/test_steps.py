"""From draft to archive: who may take which step, and what readers see meanwhile."""

import pytest

from articles.models import Article, ArticleSource, Category, Event, RelatedChoice
from articles.workflow import permissions, snapshot, steps
from calculators.models import PolicyDocument
from tests.articles.workflow.factories import LATER, NOW, edit, seen

EditStatus = Article.EditStatus


def kinds(article):
    return list(article.events.order_by("pk").values_list("kind", flat=True))


def test_an_author_cannot_publish(article, author):
    with pytest.raises(permissions.NotAllowed, match="送审"):
        steps.publish(article, by=author, at=NOW)

    assert not seen(article).is_public(LATER)


def test_an_author_can_neither_schedule_nor_archive(article, author):
    with pytest.raises(permissions.NotAllowed):
        steps.schedule(article, LATER, by=author, at=NOW)
    with pytest.raises(permissions.NotAllowed):
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
    with pytest.raises(permissions.NotAllowed):
        steps.submit(published, by=author, at=NOW)
    with pytest.raises(permissions.NotAllowed):
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
    steps.save(article, snapshot.take(article) | {"title": "新"}, by=author, at=LATER)

    assert [version.content["title"] for version in article.versions.order_by("number")] == ["老", "新"]
    assert steps.live(article).number == 1


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
