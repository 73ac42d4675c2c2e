"""The three groups of the editors' office and what each may do."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

EDIT = ("add", "change", "view")
FULL = (*EDIT, "delete")
# Group → app → what its members may do with every model of that app.
GROUPS = {
    "编辑": {"articles": EDIT, "taggit": EDIT, "calculators": ("view",)},
    "政策管理员": {"calculators": EDIT, "articles": ("view",), "taggit": ("view",)},
    "主编": {"articles": FULL, "taggit": FULL, "calculators": FULL},
}
# Permissions beyond the four of every model.
SPECIAL = {
    "编辑": ["change_finding"],
    "政策管理员": ["confirm_policyvalue"],
    "主编": ["confirm_policyvalue", "publish_article", "edit_any_article"],
}


def make_groups(apps, schema_editor):
    for label in ("articles", "calculators", "taggit"):
        # Permissions are otherwise made only after the last migration has run.
        create_permissions(installed.get_app_config(label), verbosity=0, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, rights in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        special = Permission.objects.filter(codename__in=SPECIAL[name])
        group.permissions.add(*special, *granted(Permission, rights))


def granted(Permission, rights):
    for app, actions in rights.items():
        for action in actions:
            yield from Permission.objects.filter(content_type__app_label=app, codename__startswith=f"{action}_")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        ("calculators", "0002_second_reading_and_findings"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
