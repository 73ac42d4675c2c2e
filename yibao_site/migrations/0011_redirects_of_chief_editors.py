"""Permissions of 编辑 on old addresses: a redirect works as soon as it is saved, so 主编 alone enter it."""

from django.db import migrations

WRITERS = "编辑"


def withdraw(apps, schema_editor):
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="articles", codename__in=["add_oldaddress", "change_oldaddress"]
    )
    for group in apps.get_model("auth", "Group").objects.filter(name=WRITERS):
        group.permissions.remove(*rights)


class Migration(migrations.Migration):
    dependencies = [("yibao_site", "0010_navigation_of_pages")]
    operations = [migrations.RunPython(withdraw, migrations.RunPython.noop)]
