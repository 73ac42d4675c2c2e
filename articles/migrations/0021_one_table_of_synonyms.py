"""Synonyms of tags move into the synonyms of search: one table says what other words mean, for both."""

from django.db import migrations, models

WORD_HELP = "读者会搜、作者会写的词，如“门槛费”。"
MEANING_HELP = "文章里用的词，如“起付线”。搜左边的词，也会找到写着右边这个词的文章；右边是标签的名称时，写标签打出左边的词，自动换成它。"


def take_over(apps, schema_editor):
    """What is there already stays; the newest of several meanings is the one a typed tag takes."""
    synonyms = apps.get_model("articles", "Synonym").objects
    for synonym in apps.get_model("articles", "TagSynonym").objects.select_related("tag").order_by("pk"):
        if synonym.name.lower() != synonym.tag.name.lower():
            synonyms.get_or_create(word=synonym.name, meaning=synonym.tag.name[:60])


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_withdrawn_submissions")]

    operations = [
        migrations.AlterModelOptions(
            name="synonym",
            options={"ordering": ["word"], "verbose_name": "同义词", "verbose_name_plural": "同义词"},
        ),
        migrations.AlterField("synonym", "word", models.CharField("别的说法", max_length=30, help_text=WORD_HELP)),
        migrations.AlterField(
            "synonym", "meaning", models.CharField("本站的说法", max_length=60, help_text=MEANING_HELP)
        ),
        migrations.AddConstraint(
            "synonym",
            models.UniqueConstraint(
                fields=["word", "meaning"], name="one_row_per_synonym", violation_error_message="已经有这一行了。"
            ),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.DeleteModel("TagSynonym"),
    ]
