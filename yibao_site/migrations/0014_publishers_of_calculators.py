"""主编 may publish calculators that they wrote themselves, as they may articles. A group's other rights stay."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def grant(apps, schema_editor):
    # Permissions are otherwise made only after the last migration has run.
    create_permissions(installed.get_app_config("calculators"), verbosity=0, using=schema_editor.connection.alias)
    permission = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="calculators", codename="publish_calculator"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="主编"):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("calculators", "0018_calculator_review"),
        ("yibao_site", "0013_edge_addresses"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
