"""Delete the table of tunings of related reading, and what names it: permissions of groups and people, tasks in the queue.

Every list is computed anew: a site may have lists of a tuning, or of the weights of an earlier release.
"""

from django.conf import settings
from django.db import migrations
from django.db.models import F

NOTHING, LIST = 0, 1  # ArticleProfile.Due


def delete_permissions(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects
    permissions.filter(content_type__app_label="articles", content_type__model="relatedtuning").delete()


def delete_tasks(apps, schema_editor):
    apps.get_model("django_tasks_database", "DBTaskResult").objects.filter(task_path="articles.tasks.try_tuning").delete()


def mark_lists(apps, schema_editor):
    profiles = apps.get_model("articles", "ArticleProfile").objects
    profiles.filter(due=NOTHING).update(due=LIST, turn=F("turn") + 1)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0013_tuning_of_a_release"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(delete_permissions, migrations.RunPython.noop),
        migrations.RunPython(delete_tasks, migrations.RunPython.noop),
        migrations.RunPython(mark_lists, migrations.RunPython.noop),
        migrations.DeleteModel("RelatedTuning"),
    ]
