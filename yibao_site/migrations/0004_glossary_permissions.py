"""Permissions of the groups for glossary terms, as for every other model of articles. A group's other rights stay."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

MODELS = ("glossaryterm", "historicalglossaryterm")
EDIT = ("add", "change", "view")
GROUPS = {"编辑": EDIT, "政策管理员": ("view",), "主编": (*EDIT, "delete")}


def grant(apps, schema_editor):
    # Permissions are otherwise made only after the last migration has run.
    create_permissions(installed.get_app_config("articles"), verbosity=0, using=schema_editor.connection.alias)
    Permission = apps.get_model("auth", "Permission")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        wanted = [f"{action}_{model}" for action in GROUPS[group.name] for model in MODELS]
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label="articles", codename__in=wanted)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_glossary_terms"),
        ("yibao_site", "0003_page_changes"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
