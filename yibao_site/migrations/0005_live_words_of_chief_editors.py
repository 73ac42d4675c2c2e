"""Permissions of 编辑 without review: what shows on public pages as soon as it is saved is changed by 主编 alone.

Introductions and names of tags, 栏目, synonyms and glossary terms have no version that somebody reads before. Who writes may
still look at them and give an article a new tag. A group's other rights stay, and so do those of a site's own groups.
"""

from django.db import migrations

WRITERS = "编辑"
LIVE_MODELS = ("category", "glossaryterm", "historicalglossaryterm", "synonym", "tagpage", "tagsynonym")


def withdraw(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    codenames = [f"{action}_{model}" for action in ("add", "change") for model in LIVE_MODELS]
    live = Permission.objects.filter(content_type__app_label="articles", codename__in=codenames)
    names = Permission.objects.filter(content_type__app_label="taggit", codename="change_tag")
    for group in apps.get_model("auth", "Group").objects.filter(name=WRITERS):
        group.permissions.remove(*live, *names)


class Migration(migrations.Migration):
    dependencies = [("yibao_site", "0004_glossary_permissions")]
    operations = [migrations.RunPython(withdraw, migrations.RunPython.noop)]
