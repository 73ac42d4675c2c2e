"""Chief editors (主编) may change the site settings."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

CHIEF_EDITORS = "主编"
RIGHTS = {
    "sitesettings": ("view", "change"),
    "historicalsitesettings": ("view",),
    "navigationitem": ("view", "add", "change", "delete"),
}


def grant(apps, schema_editor):
    create_permissions(installed.get_app_config("yibao_site"), verbosity=0, using=schema_editor.connection.alias)
    Permission = apps.get_model("auth", "Permission")
    codenames = [f"{action}_{model}" for model, actions in RIGHTS.items() for action in actions]
    granted = Permission.objects.filter(content_type__app_label="yibao_site", codename__in=codenames)
    for group in apps.get_model("auth", "Group").objects.filter(name=CHIEF_EDITORS):
        group.permissions.add(*granted)


class Migration(migrations.Migration):
    dependencies = [("yibao_site", "0008_site_settings")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
