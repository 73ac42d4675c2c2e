"""Models of search: a row of tokens for each article, the editors' synonyms, and searches that found nothing."""

from django.core.exceptions import ValidationError
from django.db import models

from articles.models.article import Article
from calculators.common.names import canonical_name

QUOTE, APOSTROPHE = '"', "'"


class Tokens(models.TextField):
    """Tokens apart by spaces, each once; asked by `__holds` and `__begins`."""


def written(tokens: str, vendor: str, lookup: str) -> str:
    """Tokens apart by spaces as the database's own full-text query for all of them."""
    end = lookup == "begins"
    if vendor == "sqlite":
        return " AND ".join(f'"{token.replace(QUOTE, QUOTE * 2)}"{"*" * end}' for token in tokens.split())
    return " & ".join(f"'{token.replace(APOSTROPHE, APOSTROPHE * 2)}'{':*' * end}" for token in tokens.split())


@Tokens.register_lookup
class Holds(models.Lookup):
    """Whether all of the given tokens, apart by spaces, are there."""

    lookup_name = "holds"

    def as_sql(self, compiler, connection):
        column, _ = self.process_lhs(compiler, connection)
        values = [written(self.rhs, connection.vendor, self.lookup_name)]
        if connection.vendor == "sqlite":
            # FTS5 is asked by a hidden column of the table's own name.
            table = column.rpartition(".")[0]
            hidden = connection.ops.quote_name(self.lhs.target.model._meta.db_table)
            return f"{table}.{hidden} MATCH %s", values
        return f"{column} @@ %s::tsquery", values


@Tokens.register_lookup
class Begins(Holds):
    """Whether for each of the given beginnings there is a token that has it."""

    lookup_name = "begins"


class SearchRow(models.Model):
    """What an article says, as plain text, normalised, and the tokens by which it is found.

    Drafts have rows too: whether an article may be read is asked when somebody searches.
    """

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, related_name="search_row", verbose_name="文章"
    )
    title = models.TextField("标题与标签")
    text = models.TextField("文字", blank=True)
    tokens = models.TextField("词元", blank=True)
    version = models.PositiveIntegerField("版本", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "搜索数据"

    def __str__(self):
        return self.title


class SearchIndex(models.Model):
    """The database's own index over SearchRow.tokens: an FTS5 table on SQLite, a view with a GIN index on PostgreSQL.

    Nothing writes to it: it follows the rows by triggers, in the same transaction.
    """

    article = models.OneToOneField(
        Article, models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="+", db_constraint=False
    )
    tokens = Tokens()

    class Meta:
        managed = False
        db_table = "articles_searchindex"

    def __str__(self):
        return str(self.pk)


class Synonym(models.Model):
    """Whoever searches for `word` also finds what says `meaning`; typed as a tag it becomes the tag called `meaning`."""

    word = models.CharField("别的说法", max_length=30, help_text="读者会搜、作者会写的词，如“门槛费”。")
    meaning = models.CharField(
        "本站的说法",
        max_length=60,
        help_text="文章里用的词，如“起付线”。搜左边的词，也会找到写着右边这个词的文章；右边是标签的名称时，写标签打出左边的词，自动换成它。",
    )

    class Meta:
        verbose_name = verbose_name_plural = "同义词"
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(
                fields=["word", "meaning"], name="one_row_per_synonym", violation_error_message="已经有这一行了。"
            )
        ]

    def __str__(self):
        return f"{self.word} → {self.meaning}"

    def clean(self):
        self.word, self.meaning = canonical_name(self.word), canonical_name(self.meaning)
        if not self.word:
            raise ValidationError({"word": "要有看得见的字。"})
        if self.word.lower() == self.meaning.lower():
            raise ValidationError({"meaning": "两边是同一个词。"})


class MissedSearchQuerySet(models.QuerySet):
    def open(self):
        """What still waits for an answer."""
        return self.filter(status=MissedSearch.Status.OPEN)


class MissedSearch(models.Model):
    """A search that found nothing, counted; the words only, nothing about who searched."""

    class Status(models.TextChoices):
        OPEN = "open", "待处理"
        ANSWERED = "answered", "已有结果"
        DISMISSED = "dismissed", "不处理"

    key = models.CharField(max_length=100, unique=True, editable=False)
    words = models.CharField("搜索词", max_length=100)
    count = models.PositiveIntegerField("次数", default=1)
    status = models.CharField("状态", max_length=9, choices=Status, default=Status.OPEN, db_index=True)
    first_on = models.DateField("首次", auto_now_add=True)
    last_on = models.DateField("最近")

    objects = MissedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "没有结果的搜索"
        ordering = ["-count", "-last_on"]

    def __str__(self):
        return self.words
