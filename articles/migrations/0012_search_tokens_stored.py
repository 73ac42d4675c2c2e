"""On PostgreSQL the tokens are stored as what the database searches in, so that no query parses them anew and
the planner knows how common each is. SQLite's index stays as it is.
"""

from django.db import migrations

STORED = [
    "DROP VIEW articles_searchindex",
    "DROP INDEX articles_searchrow_tokens",
    """ALTER TABLE articles_searchrow ADD COLUMN lexemes tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED""",
    "CREATE INDEX articles_searchrow_lexemes ON articles_searchrow USING gin (lexemes)",
    "CREATE VIEW articles_searchindex AS SELECT article_id AS rowid, lexemes AS tokens FROM articles_searchrow",
]
PARSED = [
    "DROP VIEW articles_searchindex",
    "ALTER TABLE articles_searchrow DROP COLUMN lexemes",
    """CREATE INDEX articles_searchrow_tokens ON articles_searchrow
        USING gin (array_to_tsvector(string_to_array(tokens, ' ')))""",
    """CREATE VIEW articles_searchindex AS
        SELECT article_id AS rowid, array_to_tsvector(string_to_array(tokens, ' ')) AS tokens FROM articles_searchrow""",
]


def run(statements):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return on_postgresql


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0011_related_tuning"),
    ]

    operations = [
        migrations.RunPython(run(STORED), run(PARSED)),
    ]
