"""Database backend of search, the default: articles in which something of the query stands, from the database's own index.

Each token brings in its newest LOOKED_UP articles. A token that many texts hold says little, so of a long
query the rarest tokens are asked; articles with every token in the title come in whatever their age.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connections, router

from articles.models.search import SearchIndex, written
from articles.search.engine.backend import Candidates, Readable, SearchBackend
from articles.search.engine.query import Query
from articles.search.engine.statistics import Statistics
from articles.search.engine.tokens import SOUND, TITLE

LOOKED_UP = 1000
# Where so many articles hold all of the query, those that hold a part of it are not looked for; nor are more with it in the title.
ENOUGH_LITERAL_MATCHES = 250
MAX_GRAMS, MAX_SOUNDS = 36, 24
# Of a longer query every article with one of the rarest tokens is looked at anyway.
MAX_TITLE_MATCHES = 12
TITLED = 0.5
# Sounds alike count for less than the same characters.
TYPED_SOUND_SHARE = 0.7
# Stands for a token while a statement is compiled; no text has it.
MARKER = "\uf8ff"


class DatabaseBackend(SearchBackend):
    """Its index follows the rows by triggers, in their own transaction."""

    def find(self, query: Query, statistics: Statistics, readable: Readable) -> Candidates:
        """One query."""
        asked = tokens_of(query, statistics)
        found = _look_up(asked, readable.condition)
        frequency = {token: _frequency(token, rows, statistics) for token, rows in found.items()}
        return scored(query, found, frequency, statistics, literally=_is_enough(asked, found))


def scored(
    query: Query,
    found: Mapping[str, list[int]],
    frequency: dict[str, float],
    statistics: Statistics,
    *,
    literally: bool,
) -> Candidates:
    """The scores of articles; `found` are those with each token, `frequency` is how many there are with it."""
    cover: dict[int, float] = defaultdict(float)
    titled: dict[int, float] = defaultdict(float)
    for variant in query.variants:
        weigh = {gram: statistics.weight(frequency.get(gram, 0)) for gram in variant.grams}
        _take_best(cover, _share(weigh, "", found))
        _take_best(titled, _share(weigh, TITLE, found))
        _take_best(cover, dict.fromkeys(found.get(_all(variant.grams), ()), 1.0))
        _take_best(titled, dict.fromkeys(found.get(_all(variant.grams, TITLE), ()), 1.0))
        heard = {sound: statistics.weight(frequency.get(f"{SOUND}{sound}", 0)) for sound in variant.sounds}
        _take_best(cover, _share(heard, SOUND, found, 1.0 if variant.is_pinyin else TYPED_SOUND_SHARE))
    promise = {article: share + TITLED * titled.get(article, 0) for article, share in cover.items()}
    return Candidates(cover, promise, frequency, literally)


@dataclass(frozen=True)
class QueryTokens:
    """What to look up: all of the query at once, the same in titles, and its parts."""

    wholes: list[str]
    titled: list[str]
    parts: list[str]


def tokens_of(query: Query, statistics: Statistics) -> QueryTokens:
    grams = query.grams
    if len(grams) > MAX_GRAMS:
        grams = sorted(grams, key=statistics.frequency)[:MAX_GRAMS]
    titled = [f"{TITLE}{gram}" for gram in grams] if len(grams) <= MAX_TITLE_MATCHES else []
    sounds = [f"{SOUND}{sound}" for sound in query.sounds[:MAX_SOUNDS]]
    wholes, in_title = (
        [_all(variant.grams, mark) for variant in query.variants if variant.grams] for mark in ("", TITLE)
    )
    known = {*wholes, *in_title}
    return QueryTokens(wholes, in_title, [part for part in (*grams, *titled, *sounds) if part not in known])


def _all(grams, mark=""):
    """All of them at once: of common tokens the newest articles need not be those that hold every one."""
    return " ".join(f"{mark}{gram}" for gram in grams)


def _look_up(asked: QueryTokens, readable) -> dict[str, list[int]]:
    """The newest articles that hold each; where ENOUGH_LITERAL_MATCHES hold a whole, its parts are not looked for and left out."""
    found: dict[str, list[int]] = {token: [] for token in (*asked.wholes, *asked.titled, *asked.parts)}
    if not found:
        return found
    names, newest = list(found), _Newest(readable)
    few = f"(SELECT count(*) FROM whole) < {ENOUGH_LITERAL_MATCHES}"  # noqa: S608 - a number of ours
    wholes = [newest.of(place, token) for place, token in enumerate(names) if token in asked.wholes]
    titled = [
        newest.of(place, token, limit=ENOUGH_LITERAL_MATCHES)
        for place, token in enumerate(names)
        if token in asked.titled
    ]
    parts = [newest.of(place, token, few) for place, token in enumerate(names) if token in asked.parts]
    statement = f"WITH whole(place, article) AS ({_union(wholes)}) {_union(['SELECT * FROM whole', *titled, *parts])}"  # noqa: S608
    with newest.connection.cursor() as cursor:
        cursor.execute(statement, newest.values)
        for place, article in cursor.fetchall():
            found[names[place]].append(article)
    if _is_enough(asked, found):
        return {token: found[token] for token in (*asked.wholes, *asked.titled)}
    return found


def _is_enough(asked, found):
    return sum(len(found[whole]) for whole in asked.wholes) >= ENOUGH_LITERAL_MATCHES


def _union(statements):
    return " UNION ALL ".join(statements)


def lookup_of(token):
    return "begins" if len(token) == 1 and token >= "\u3400" else "holds"  # noqa: S105 - a token of a text


class _Newest:
    """Statements for the newest articles with a token, in the order of `values`; each kind is compiled once."""

    def __init__(self, readable):
        self._readable = readable
        self.connection = connections[router.db_for_read(SearchIndex)]
        self._compiled = {}
        self.values = []

    def of(self, place: int, token: str, where: str = "", limit: int | None = None) -> str:
        """`where` is a condition that holds for all rows or for none."""
        lookup = lookup_of(token)
        if lookup not in self._compiled:
            self._compiled[lookup] = self._compile(lookup)
        sql, before, after = self._compiled[lookup]
        self.values += [*before, written(token, self.connection.vendor, lookup), *after]
        limit, outside = str(limit or LOOKED_UP), ""
        if where and self.connection.vendor == "sqlite":  # only so it does not look
            limit = f"(CASE WHEN {where} THEN {limit} ELSE 0 END)"
        elif where:  # PostgreSQL sees it beforehand, but plans badly without knowing the limit
            outside = f" WHERE {where}"
        return f"SELECT {place}, t{place}.* FROM ({sql} LIMIT {limit}) AS t{place}{outside}"  # noqa: S608 - compiled by the ORM

    def _compile(self, lookup):
        """The statement, and the values that stand before and after the token."""
        rows = (
            SearchIndex.objects.using(self.connection.alias)
            .filter(self._readable, **{f"tokens__{lookup}": MARKER})
            .order_by("-pk")
        )
        sql, values = rows.values_list("pk").query.sql_with_params()
        place = next(place for place, value in enumerate(values) if MARKER in str(value))
        return sql, values[:place], values[place + 1 :]


def _frequency(token, rows, statistics):
    """Exact where all rows came back; beyond that a sample of the texts tells it, of what stands in them as it is."""
    if len(rows) < LOOKED_UP or not token.isalnum():
        return len(rows)
    return max(LOOKED_UP, statistics.frequency(token))


def _share(weights, mark, found, worth=1.0):
    """For each article that holds any of the tokens, the share of their weight."""
    whole = sum(weights.values()) or 1
    share: dict[int, float] = defaultdict(float)
    for token, weight in weights.items():
        for article in found.get(f"{mark}{token}", ()):
            share[article] += worth * weight / whole
    return share


def _take_best(best, share):
    for article, part in share.items():
        best[article] = max(best[article], part)
