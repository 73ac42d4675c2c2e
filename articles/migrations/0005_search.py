"""Tables for search, and the database's own index over the tokens.

The index follows articles_searchrow by triggers. SQLite drops a table's triggers when a later
migration rebuilds it: such a migration must run `make_index` again.
"""

import articles.models.search
import django.db.models.deletion
from django.db import migrations, models


SQLITE = [
    """CREATE VIRTUAL TABLE articles_searchindex USING fts5(
        tokens, content='articles_searchrow', content_rowid='article_id', detail='none', columnsize=0,
        tokenize="unicode61 remove_diacritics 0 tokenchars '^~_+-.,'")""",
    """CREATE TRIGGER articles_searchrow_added AFTER INSERT ON articles_searchrow BEGIN
        INSERT INTO articles_searchindex(rowid, tokens) VALUES (new.article_id, new.tokens);
    END""",
    """CREATE TRIGGER articles_searchrow_gone AFTER DELETE ON articles_searchrow BEGIN
        INSERT INTO articles_searchindex(articles_searchindex, rowid, tokens)
        VALUES ('delete', old.article_id, old.tokens);
    END""",
    """CREATE TRIGGER articles_searchrow_changed AFTER UPDATE ON articles_searchrow BEGIN
        INSERT INTO articles_searchindex(articles_searchindex, rowid, tokens)
        VALUES ('delete', old.article_id, old.tokens);
        INSERT INTO articles_searchindex(rowid, tokens) VALUES (new.article_id, new.tokens);
    END""",
]
POSTGRESQL = [
    """CREATE INDEX articles_searchrow_tokens ON articles_searchrow
        USING gin (array_to_tsvector(string_to_array(tokens, ' ')))""",
    """CREATE VIEW articles_searchindex AS
        SELECT article_id AS rowid, array_to_tsvector(string_to_array(tokens, ' ')) AS tokens FROM articles_searchrow""",
]


def make_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(f"DROP {'TABLE' if is_sqlite else 'VIEW'} articles_searchindex")


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0004_pictures'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchIndex',
            fields=[
                ('article', models.OneToOneField(db_column='rowid', db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='articles.article')),
                ('tokens', articles.models.search.Tokens()),
            ],
            options={
                'db_table': 'articles_searchindex',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='MissedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, max_length=100, unique=True)),
                ('words', models.CharField(max_length=100, verbose_name='搜索词')),
                ('count', models.PositiveIntegerField(default=1, verbose_name='次数')),
                ('status', models.CharField(choices=[('open', '待处理'), ('answered', '已有结果'), ('dismissed', '不处理')], db_index=True, default='open', max_length=9, verbose_name='状态')),
                ('first_on', models.DateField(auto_now_add=True, verbose_name='首次')),
                ('last_on', models.DateField(verbose_name='最近')),
            ],
            options={
                'verbose_name': '没有结果的搜索',
                'verbose_name_plural': '没有结果的搜索',
                'ordering': ['-count', '-last_on'],
            },
        ),
        migrations.CreateModel(
            name='SearchRow',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_row', serialize=False, to='articles.article', verbose_name='文章')),
                ('title', models.TextField(verbose_name='标题与标签')),
                ('text', models.TextField(blank=True, verbose_name='文字')),
                ('tokens', models.TextField(blank=True, verbose_name='词元')),
                ('version', models.PositiveIntegerField(db_index=True, verbose_name='版本')),
            ],
            options={
                'verbose_name': '搜索数据',
                'verbose_name_plural': '搜索数据',
            },
        ),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(help_text='读者会搜的词，如“门槛费”。同一个词只能有一行。', max_length=30, unique=True, verbose_name='读者的说法')),
                ('meaning', models.CharField(help_text='文章里用的词，如“起付线”。搜左边的词，也会找到写着右边这个词的文章。', max_length=60, verbose_name='本站的说法')),
            ],
            options={
                'verbose_name': '搜索同义词',
                'verbose_name_plural': '搜索同义词',
                'ordering': ['word'],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
