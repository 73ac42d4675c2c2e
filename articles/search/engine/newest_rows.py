"""The newest articles with a token, from the database's own index of search rows.

SQLite's index gives rows newest first. PostgreSQL's gives all rows with a token, which are then sorted: of a common token
too many. There every row has, for each size, the token of the range of ids it lies in, so that a common token is asked for
in the newest ranges that hold enough of it by the statistics; where they hold less, all rows are asked for after all.
"""

from collections.abc import Collection, Mapping

from django.db import connections, router
from django.db.models import BigIntegerField, BooleanField, ExpressionWrapper, F

from articles.models import Article
from articles.models.search import SearchIndex, written
from articles.search.engine.backend import Readable
from articles.search.engine.statistics import Statistics

# Sizes of ranges, as powers of two; migration 0026 makes a token `#size:number` of each.
SIZES = range(12, 24)
# What is wanted is cut in so many ranges, so that little more is read; so many may have begun since the statistics were read.
RANGES, RANGES_AHEAD, NEARLY_ALL = 4, 3, 0.75
# So much more is read than is wanted, for drafts have rows too.
SPARE = 1.25
# Stands for a token while a statement is compiled; no text has it.
MARKER = "\uf8ff"


def newest_rows(readable: Readable, statistics: Statistics) -> "NewestRows":
    connection = connections[router.db_for_read(SearchIndex)]
    if connection.vendor == "sqlite" or readable.chosen:
        return NewestRows(readable, connection)
    return NewestRowsInRanges(readable, connection, statistics)


def lookup_of(token: str) -> str:
    """One Chinese character is the beginning of some token; all else is a token whole."""
    return "begins" if len(token) == 1 and token >= "\u3400" else "holds"  # noqa: S105 - a token of a text


class NewestRows:
    """Asks for the newest public rows with each token, or with all of several tokens apart by spaces."""

    counted = "SELECT count(*) FROM whole"

    def __init__(self, readable: Readable, connection):
        self.readable, self.connection = readable, connection
        self._compiled: dict[tuple[str, int], tuple] = {}

    def read(
        self, limits: Mapping[str, int], wholes: Collection[str] = (), parts: Collection[str] = (), enough: int = 0
    ) -> dict[str, list[int]]:
        """At most so many ids for each, in one query; those of `parts` only where fewer than `enough` rows hold the `wholes`."""
        found: dict[str, list[int]] = {tokens: [] for tokens in limits}
        for tokens, row in self._fetch(limits, wholes, parts, f"({self.counted}) < {enough}"):
            found[tokens].append(row[0])
        return found

    def _fetch(self, limits, wholes, parts, few):
        """The tokens and the columns of each row; the wholes are read first, and once."""
        names, first, then, values = list(limits), [], [], []
        for place, (tokens, limit) in enumerate(limits.items()):
            sql, before, after = self._statement(lookup_of(tokens), limit)
            values += [*before, self._asked(tokens, limit), *after]
            rows, outside = str(self._most(limit)), ""
            if tokens in parts and self.connection.vendor == "sqlite":  # only so it does not look
                rows = f"(CASE WHEN {few} THEN {limit} ELSE 0 END)"
            elif tokens in parts:  # PostgreSQL sees it beforehand, but plans badly without knowing the limit
                outside = f" WHERE {few}"
            (first if tokens in wholes else then).append(
                f"SELECT {place} AS place, t{place}.* FROM ({sql} LIMIT {rows}) AS t{place}{outside}"  # noqa: S608 - compiled by the ORM
            )
        statement = " UNION ALL ".join(["SELECT * FROM whole", *then] if first else then)
        if first:
            statement = f"WITH whole AS ({' UNION ALL '.join(first)}) {statement}"
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            return [(names[place], row) for place, *row in cursor.fetchall()]

    def _most(self, limit):
        """How many rows are read where `limit` are wanted."""
        return limit

    def _asked(self, tokens, limit):
        return written(tokens, self.connection.vendor, lookup_of(tokens))

    def _statement(self, lookup, limit):
        """SQL, and the values that stand before and after the tokens; each kind is compiled once."""
        if (lookup, limit) not in self._compiled:
            sql, values = self._query(f"tokens__{lookup}", limit).query.sql_with_params()
            place = next(place for place, value in enumerate(values) if MARKER in str(value))
            self._compiled[lookup, limit] = sql, values[:place], values[place + 1 :]
        return self._compiled[lookup, limit]

    def _query(self, lookup, limit):
        """PostgreSQL shall not go through all rows by their ids, looking into each."""
        newest = "-pk" if self.connection.vendor == "sqlite" else _sum_of_id().desc()
        rows = SearchIndex.objects.using(self.connection.alias).filter(self.readable.condition, **{lookup: MARKER})
        return rows.order_by(newest).values_list("pk")


class NewestRowsInRanges(NewestRows):
    """Of PostgreSQL: reads so many rows from the newest ranges, and then whether they are public."""

    counted = "SELECT count(*) FROM whole WHERE is_public"

    def __init__(self, readable: Readable, connection, statistics: Statistics):
        super().__init__(readable, connection)
        self._statistics = statistics

    def read(self, limits, wholes=(), parts=(), enough=0):
        """A second query where less was found than there may be."""
        read: dict[str, int] = dict.fromkeys(limits, 0)
        found: dict[str, list[int]] = {tokens: [] for tokens in limits}
        for tokens, (key, is_public) in self._fetch(limits, wholes, parts, f"({self.counted}) < {enough}"):
            read[tokens] += 1
            if is_public:
                found[tokens].append(key)
        is_enough = sum(len(found[tokens]) for tokens in wholes) >= enough
        short = {}
        for tokens, limit in limits.items():
            is_cut = self._size(tokens, limit) is not None or read[tokens] == self._most(limit)
            if is_cut and len(found[tokens]) < limit and not (is_enough and tokens in parts):
                short[tokens] = limit
            found[tokens] = sorted(found[tokens], reverse=True)[:limit]
        return found | (NewestRows(self.readable, self.connection).read(short) if short else {})

    def _most(self, limit):
        return int(SPARE * limit)

    def _asked(self, tokens, limit):
        asked, size = super()._asked(tokens, limit), self._size(tokens, limit)
        if size is None:
            return asked
        newest = (self._statistics.ids.stop - 1) >> size
        ranges = [f"'#{size}:{number}'" for number in range(newest - RANGES, newest + RANGES_AHEAD + 1)]
        return f"{asked} & ({' | '.join(ranges)})"

    def _size(self, tokens, limit):
        """Of ranges that probably hold enough rows with the tokens; None where that is nearly all, or not known."""
        share = self._statistics.share(tokens)
        if not share:
            return None
        ids = self._statistics.ids
        wanted = self._most(limit) / share * len(ids) / self._statistics.size
        return next((size for size in SIZES if wanted <= RANGES * 2**size <= NEARLY_ALL * len(ids)), None)

    def _query(self, lookup, limit):
        newest = SearchIndex.objects.filter(**{lookup: MARKER}).order_by(_sum_of_id().desc()).values("pk")
        rows = Article.objects.using(self.connection.alias).filter(pk__in=newest[: self._most(limit)])
        is_public = ExpressionWrapper(Article.public_at(self.readable.at), BooleanField())
        return rows.order_by().annotate(is_public=is_public).values_list("pk", "is_public")


def _sum_of_id():
    """The id as an expression, which no index gives in order."""
    return ExpressionWrapper(F("pk") + 0, BigIntegerField())
