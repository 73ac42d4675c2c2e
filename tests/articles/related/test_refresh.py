from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from taggit.models import Tag

from articles import related
from articles.models import Article, ArticleProfile, RelatedArticle
from articles.related.lists import store
from articles.tasks import refresh_related
from calculators.models import PoolingArea

pytestmark = pytest.mark.django_db
Due, Status = ArticleProfile.Due, Article.Status


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "urgent"]}}
    return DBTaskResult.objects.filter(task_path=refresh_related.module_path)


def due(article):
    return ArticleProfile.objects.get(pk=article.pk).due


def test_several_saves_in_one_transaction_queue_one_task(publish, queue, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        article = publish("门诊怎么报", tags=["门诊"])
        article.save()
    assert queue.count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        publish("门诊怎么报", tags=["门诊"])
        article.save()

    assert queue.count() == 2


def test_what_is_due_already_is_not_queued_again(publish, queue, django_capture_on_commit_callbacks):
    article = publish("门诊怎么报")

    with django_capture_on_commit_callbacks(execute=True):
        article.save()
    assert queue.count() == 0

    related.work()
    with django_capture_on_commit_callbacks(execute=True):
        article.save()
    assert queue.count() == 1


def test_a_save_computes_nothing(publish, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks():
        article = publish("门诊怎么报")
        publish("门诊报多少")

    assert due(article) == Due.TEXT
    assert not RelatedArticle.objects.exists()


def test_the_task_does_all_that_is_due(publish, listed):
    asker = publish("门诊怎么报")
    publish("门诊报多少")

    refresh_related.enqueue()

    assert listed(asker) == ["门诊报多少"]
    assert related.pending() == 0


def test_without_time_nothing_is_done_and_nothing_is_lost(publish):
    article = publish("门诊怎么报")

    assert related.work(seconds=0) is False
    assert due(article) == Due.TEXT
    assert related.work() is True


def test_a_change_while_a_list_is_computed_leaves_it_due(publish):
    article = publish("门诊怎么报")
    related.work()
    turn = ArticleProfile.objects.get(pk=article.pk).turn

    related.mark([article.pk], Due.LIST)
    store({article.pk: []}, {article.pk: turn})
    assert due(article) == Due.LIST

    store({article.pk: []}, {article.pk: turn + 1})
    assert due(article) == Due.NOTHING


@pytest.mark.parametrize(
    "change",
    [
        lambda article: article.tags.add("门诊"),
        lambda article: Tag.objects.get(name="退休").delete(),
        lambda article: Tag.objects.get(name="退休").save(),
        lambda article: PoolingArea.objects.get(code="110000").save(),
    ],
    ids=["tagged", "tag deleted", "tag renamed", "area changed"],
)
def test_what_an_article_is_filed_under_makes_it_due(publish, change):
    article = publish("门诊怎么报", tags=["退休"], area="110000")
    related.work()
    assert due(article) == Due.NOTHING

    change(article)

    assert due(article) == Due.TEXT


def test_a_deleted_article_makes_the_lists_it_was_in_due(publish, listed):
    asker, other = publish("门诊怎么报"), publish("门诊报多少")
    related.work()

    other.delete()

    assert due(asker) == Due.LIST
    assert listed(asker) == []


def test_a_profile_of_an_older_version_is_made_again(publish, listed):
    asker = publish("门诊怎么报")
    publish("门诊报多少")
    related.work()
    ArticleProfile.objects.update(version=0, profile=None)

    related.work()

    assert listed(asker) == ["门诊报多少"]
    assert not ArticleProfile.objects.filter(profile=None).exists()


def test_articles_written_past_the_models_are_found(publish, listed):
    asker = publish("门诊怎么报")
    publish("门诊报多少")
    ArticleProfile.objects.all().delete()

    related.work()

    assert listed(asker) == ["门诊报多少"]


def test_an_article_whose_day_comes_without_a_save_is_found(publish, listed):
    asker, coming = publish("门诊怎么报"), publish("门诊报多少", published_at=timezone.now() + timedelta(hours=1))
    related.work()
    assert listed(asker) == []

    now = timezone.now()
    Article.objects.filter(pk=coming.pk).update(published_at=now - timedelta(seconds=1))
    ArticleProfile.objects.filter(pk=coming.pk).update(listed_at=now - timedelta(hours=2))
    related.work()

    assert listed(asker) == ["门诊报多少"]


def test_a_rebuild_does_what_is_left_or_all(publish):
    first, *_ = [publish(f"门诊怎么报{number}") for number in range(3)]
    related.work()
    RelatedArticle.objects.all().delete()

    call_command("rebuild_related", verbosity=0)
    assert not RelatedArticle.objects.exists()

    ArticleProfile.objects.filter(pk=first.pk).update(due=Due.LIST)
    call_command("rebuild_related", verbosity=0)
    assert set(RelatedArticle.objects.values_list("article", flat=True)) == {first.pk}

    call_command("rebuild_related", "--all", verbosity=0)
    assert RelatedArticle.objects.values("article").distinct().count() == 3
