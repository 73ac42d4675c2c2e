"""Texts that were kept go on being offered: each becomes an opening of the form of articles."""

from uuid import uuid4

from django.db import migrations

ROWS = {"sources": "sources", "choices": "related_choices"}


def take_over(apps, schema_editor):
    openings = apps.get_model("calculators", "FormOpening").objects
    for kept in apps.get_model("articles", "Autosave").objects.all():
        openings.create(
            opening=uuid4(),
            user_id=kept.user_id,
            form="articles.article",
            object_id=str(kept.article_id or ""),
            title=kept.content.get("title", "")[:200],
            posted=posted(kept.content) | {"base": [str(kept.base)]},
            kept_at=kept.saved_at,
        )


def posted(content):
    """The content as the form would post it: texts, ids, and the rows of inline forms."""
    fields = {"corrections-TOTAL_FORMS": ["0"], "corrections-INITIAL_FORMS": ["0"]}
    for name, value in content.items():
        if name in ROWS:
            fields |= posted_rows(ROWS[name], value)
        elif name == "tags":
            fields[name] = ["、".join(value)]
        else:
            fields[name] = [str(one) for one in value] if isinstance(value, list) else [str(value or "")]
    return fields


def posted_rows(prefix, rows):
    fields = {f"{prefix}-TOTAL_FORMS": [str(len(rows))], f"{prefix}-INITIAL_FORMS": ["0"]}
    for place, row in enumerate(rows):
        fields |= {f"{prefix}-{place}-{name}": [str(value)] for name, value in row.items()}
    return fields


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_feedback_of_own_pages"), ("calculators", "0009_form_openings")]

    operations = [
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="Autosave"),
    ]
