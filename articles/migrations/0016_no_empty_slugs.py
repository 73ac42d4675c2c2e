"""Rows that were stored without a slug get one: their pages, and every page that leads to them, could not be shown."""

from django.db import migrations

FALLBACKS = {
    ("articles", "Article"): "article",
    ("articles", "Category"): "category",
    ("articles", "GlossaryTerm"): "term",
    ("taggit", "Tag"): "tag",
}


def fill(apps, schema_editor):
    for (app, name), fallback in FALLBACKS.items():
        objects = apps.get_model(app, name).objects
        for pk in list(objects.filter(slug="").values_list("pk", flat=True)):
            taken = set(objects.filter(slug__startswith=fallback).values_list("slug", flat=True))
            numbered = (f"{fallback}-{number}" for number in range(2, len(taken) + 3))
            objects.filter(pk=pk).update(
                slug=fallback if fallback not in taken else next(slug for slug in numbered if slug not in taken)
            )
            if name == "Tag":  # gathered pages repeat the slugs of their tags
                apps.get_model("articles", "ArticlePage").objects.update(parts=None)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_glossary_terms"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
