"""排期 and 下线时间: a moment that makes no sense is told beside its field, nothing typed is lost and nothing goes public."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from articles.workflow import permissions, steps
from articles.workflow.scheduling import run_due

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def moments(when=None, down=None):
    """The fields of the form for moments this far from now."""
    fields = {}
    for name, away in (("when", when), ("unpublish_at", down)):
        moment = timezone.localtime() + away if away is not None else None
        fields[f"{name}_0"] = f"{moment:%Y-%m-%d}" if moment else ""
        fields[f"{name}_1"] = f"{moment:%H:%M:%S}" if moment else ""
    return fields


def errors(page, name):
    return " ".join(page.context["adminform"].form.errors.get(name, []))


def again(article):
    return Article.objects.get(pk=article.pk)


@pytest.fixture
def draft(author, category):
    return author.write(category, title="草稿")


def test_a_schedule_in_the_past_is_refused_beside_its_field_and_nothing_is_public(chief, draft, client):
    page = chief.post(draft, chief.open(draft), "_step_schedule", title="没有丢的标题", **moments(when=-HOUR))

    assert "已经过去" in errors(page, "when")
    assert "已排期，到时" not in page.content.decode()
    assert 'value="没有丢的标题"' in page.content.decode()
    assert again(draft).status == "draft"
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_an_article_cannot_go_down_before_it_goes_up(chief, draft):
    page = chief.post(draft, chief.open(draft), "_step_schedule", **moments(when=2 * DAY, down=DAY))

    assert "下线要晚于上线" in errors(page, "unpublish_at")
    assert again(draft).status == "draft"


def test_a_scheduled_article_is_not_saved_with_an_earlier_end(chief, draft):
    chief.post(draft, chief.open(draft), "_step_schedule", **moments(when=2 * DAY))
    page = chief.post(again(draft), chief.open(draft), **moments(down=DAY))

    assert "下线要晚于上线" in errors(page, "unpublish_at")
    assert again(draft).unpublish_at is None


@pytest.mark.parametrize("button", ["_continue", "_step_publish", "_step_schedule"])
def test_an_end_in_the_past_is_refused_beside_its_field(chief, draft, button):
    page = chief.post(draft, chief.open(draft), button, **moments(when=DAY, down=-HOUR))

    assert "已经过去" in errors(page, "unpublish_at")
    assert again(draft).status == "draft"


def test_a_live_article_is_not_taken_down_by_an_end_in_the_past(chief, live):
    page = chief.post(live, chief.open(live), **moments(down=-HOUR))

    assert "归档下线" in errors(page, "unpublish_at")
    assert again(live).is_public(timezone.now())


def test_moments_in_their_order_are_kept(chief, draft):
    page = chief.post(draft, chief.open(draft), "_step_schedule", **moments(when=DAY, down=2 * DAY))

    assert "已排期，到时自动上线" in page.content.decode()
    assert again(draft).unpublish_at > again(draft).published_at > timezone.now()


def test_an_article_that_came_to_its_end_can_be_published_again_as_its_form_stands(chief, live):
    Article.objects.filter(pk=live.pk).update(unpublish_at=timezone.now() - HOUR)
    run_due()
    ended = timezone.localtime(again(live).unpublish_at)
    shown = {"unpublish_at_0": f"{ended:%Y-%m-%d}", "unpublish_at_1": f"{ended:%H:%M:%S}"}
    page = chief.post(live, chief.open(live), "_step_publish", **shown)

    assert "已发布" in page.content.decode()
    assert again(live).is_public(timezone.now())


def test_no_caller_schedules_an_article_that_ends_before(chief, draft):
    Article.objects.filter(pk=draft.pk).update(unpublish_at=timezone.now() + DAY)

    with pytest.raises(permissions.NotAllowed, match="下线时间早于上线时间"):
        steps.schedule(again(draft), timezone.now() + 2 * DAY, by=chief.user)


def test_a_moment_that_passes_while_the_form_is_on_its_way_is_told_as_published(chief, draft, monkeypatch):
    schedule, now = steps.schedule, timezone.now()
    monkeypatch.setattr(steps, "schedule", lambda *args, **more: schedule(*args, **more, at=now + 2 * DAY))
    page = chief.post(draft, chief.open(draft), "_step_schedule", **moments(when=DAY)).content.decode()

    assert "已发布，读者现在看到的就是这一版" in page
    assert "已排期，到时" not in page
