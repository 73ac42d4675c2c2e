"""Candidates of a search: the articles in which something of the query stands, from the database's index.

Each token brings in its newest LOOKED_UP articles. A token that many texts hold says little, so of a long
query the rarest tokens are asked; articles with every token in the title come in whatever their age.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection

from articles.models.search import SearchIndex, written
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


@dataclass(frozen=True)
class Candidates:
    """What was found about each article and each token.

    `cover` is which share of the query an article holds, 0 to 1; `promise` the same and more where the title
    holds it; `frequency` how often a token stands; `literally`, whether ENOUGH_LITERAL_MATCHES hold all of it.
    """

    cover: dict[int, float]
    promise: dict[int, float]
    frequency: dict[str, float]
    literally: bool


def candidates(query: Query, statistics: Statistics, readable) -> Candidates:
    """One query. `readable` is the condition on what may be found, through `article__`."""
    asked = _asked(query, statistics)
    found = _look_up(asked, readable)
    frequency = {token: _frequency(token, rows, statistics) for token, rows in found.items()}
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
    return Candidates(cover, promise, frequency, _is_enough(asked, found))


@dataclass(frozen=True)
class _Asked:
    """What to look up: all of the query at once, the same in titles, and its parts."""

    wholes: list[str]
    titled: list[str]
    parts: list[str]


def _asked(query, statistics):
    grams = query.grams
    if len(grams) > MAX_GRAMS:
        grams = sorted(grams, key=statistics.frequency)[:MAX_GRAMS]
    titled = [f"{TITLE}{gram}" for gram in grams] if len(grams) <= MAX_TITLE_MATCHES else []
    sounds = [f"{SOUND}{sound}" for sound in query.sounds[:MAX_SOUNDS]]
    wholes, in_title = (
        [_all(variant.grams, mark) for variant in query.variants if variant.grams] for mark in ("", TITLE)
    )
    known = {*wholes, *in_title}
    return _Asked(wholes, in_title, [part for part in (*grams, *titled, *sounds) if part not in known])


def _all(grams, mark=""):
    """All of them at once: of common tokens the newest articles need not be those that hold every one."""
    return " ".join(f"{mark}{gram}" for gram in grams)


def _look_up(asked: _Asked, readable) -> dict[str, list[int]]:
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
    with connection.cursor() as cursor:
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


def _lookup(token):
    return "begins" if len(token) == 1 and token >= "\u3400" else "holds"  # noqa: S105 - a token of a text


class _Newest:
    """Statements for the newest articles with a token, in the order of `values`; each kind is compiled once."""

    def __init__(self, readable):
        self._readable = readable
        self._compiled = {}
        self.values = []

    def of(self, place: int, token: str, where: str = "", limit: int | None = None) -> str:
        """`where` is a condition that holds for all rows or for none."""
        lookup = _lookup(token)
        if lookup not in self._compiled:
            self._compiled[lookup] = self._compile(lookup)
        sql, before, after = self._compiled[lookup]
        self.values += [*before, written(token, connection.vendor, lookup), *after]
        limit, outside = str(limit or LOOKED_UP), ""
        if where and connection.vendor == "sqlite":  # only so it does not look
            limit = f"(CASE WHEN {where} THEN {limit} ELSE 0 END)"
        elif where:  # PostgreSQL sees it beforehand, but plans badly without knowing the limit
            outside = f" WHERE {where}"
        return f"SELECT {place}, t{place}.* FROM ({sql} LIMIT {limit}) AS t{place}{outside}"  # noqa: S608 - compiled by the ORM

    def _compile(self, lookup):
        """The statement, and the values that stand before and after the token."""
        rows = SearchIndex.objects.filter(self._readable, **{f"tokens__{lookup}": MARKER}).order_by("-pk")
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
