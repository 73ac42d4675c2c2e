"""The migration that deletes the tunings of related reading, on a site that had them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django_tasks_db.models import DBTaskResult

from articles import related
from articles.models import ArticleProfile
from articles.tasks import refresh_related

pytestmark = pytest.mark.django_db
migration = import_module("articles.migrations.0014_delete_related_tuning")


def test_the_table_of_tunings_is_gone():
    assert "articles_relatedtuning" not in connection.introspection.table_names()


def test_the_migration_takes_the_permissions_on_tunings_from_groups_and_no_others():
    before = set(Group.objects.get(name="主编").permissions.all())
    of_tunings = ContentType.objects.create(app_label="articles", model="relatedtuning")
    named = Permission.objects.create(content_type=of_tunings, codename="view_relatedtuning", name="看")
    Group.objects.get(name="主编").permissions.add(named)

    migration.delete_permissions(apps, None)

    assert set(Group.objects.get(name="主编").permissions.all()) == before
    assert not Permission.objects.filter(codename="view_relatedtuning").exists()


def test_the_migration_deletes_queued_tasks_that_no_worker_can_import(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "urgent"]}}
    waiting = [refresh_related.enqueue(), refresh_related.enqueue()]
    DBTaskResult.objects.filter(pk=waiting[0].id).update(task_path="articles.tasks.try_tuning")

    migration.delete_tasks(apps, None)

    assert [str(task.pk) for task in DBTaskResult.objects.all()] == [str(waiting[1].id)]


def test_after_the_migration_every_related_list_is_due(publish):
    article = publish("门诊怎么报")
    related.work()

    migration.mark_lists(apps, None)

    assert list(ArticleProfile.objects.due().values_list("pk", "due")) == [(article.pk, ArticleProfile.Due.LIST)]
