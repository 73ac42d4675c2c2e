"""On PostgreSQL a search row has the tokens of the ranges of ids it lies in, and little of it stands in the table itself.

A range of 2**n ids has the token `#n:` and its number; of a common word the newest rows are asked for by it. Long columns
stand apart from the table, so that rows found are read from few pages. All rows are written anew: with a million articles
it takes minutes.
"""

from django.db import migrations

SIZES = range(12, 24)
RANGES = ", ".join(f"'#{size}:' || (article_id >> {size})::text" for size in SIZES)
TOKENS = "string_to_array(tokens, ' ')"
APART, TOGETHER = "SET (toast_tuple_target = 128)", "RESET (toast_tuple_target)"


def with_lexemes(tokens, storage):
    statements = [
        "DROP VIEW articles_searchindex",
        "ALTER TABLE articles_searchrow DROP COLUMN lexemes",
        f"ALTER TABLE articles_searchrow {storage}",
        f"""ALTER TABLE articles_searchrow ADD COLUMN lexemes tsvector
            GENERATED ALWAYS AS (array_to_tsvector({tokens})) STORED""",
        "CREATE INDEX articles_searchrow_lexemes ON articles_searchrow USING gin (lexemes)",
        "CREATE VIEW articles_searchindex AS SELECT article_id AS rowid, lexemes AS tokens FROM articles_searchrow",
    ]

    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("articles", "0025_tag_words")]

    operations = [
        migrations.RunPython(with_lexemes(f"{TOKENS} || ARRAY[{RANGES}]", APART), with_lexemes(TOKENS, TOGETHER))
    ]
