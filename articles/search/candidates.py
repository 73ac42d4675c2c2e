"""Which articles are worth ranking: those in which something of the query stands, from the database's index.

Each token brings in its newest LOOKED_UP articles. A token that many texts hold says little, so of a long
query the rarest tokens are asked; articles with every token in the title come in whatever their age.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from articles.models.search import SearchIndex, written
from articles.search.query import Query
from articles.search.statistics import Statistics
from articles.search.tokens import SOUND, TITLE

LOOKED_UP = 1000
MOST_GRAMS, MOST_SOUNDS = 36, 24
# Of a longer query every article with one of the rarest tokens is looked at anyway.
MOST_TITLED = 12
TITLED = 0.5
# Sounds alike count for less than the same characters.
HEARD = 0.7
# Stands for a token while a statement is compiled; no text has it.
MARKER = "\uf8ff"


@dataclass(frozen=True)
class Candidates:
    """What was found about each article and each token.

    `cover` is which share of the query an article holds, 0 to 1; `promise` the same and more where the title
    holds it; `frequency` how often a token stands.
    """

    cover: dict[int, float]
    promise: dict[int, float]
    frequency: dict[str, float]


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
        _take_best(cover, _share(heard, SOUND, found, 1.0 if variant.is_pinyin else HEARD))
    promise = {article: share + TITLED * titled.get(article, 0) for article, share in cover.items()}
    return Candidates(cover, promise, frequency)


def _asked(query, statistics):
    grams = sorted(query.grams, key=statistics.frequency)[:MOST_GRAMS]
    sounds = [f"{SOUND}{sound}" for sound in query.sounds[:MOST_SOUNDS]]
    titled = [f"{TITLE}{gram}" for gram in grams] if len(grams) <= MOST_TITLED else []
    whole = [_all(variant.grams, mark) for variant in query.variants for mark in ("", TITLE) if len(variant.grams) > 1]
    return grams + titled + sounds + whole


def _all(grams, mark=""):
    """All of them at once: of common tokens the newest articles need not be those that hold every one."""
    return " ".join(f"{mark}{gram}" for gram in grams)


def _look_up(tokens: Iterable[str], readable) -> dict[str, list[int]]:
    """The newest articles that hold each token."""
    found: dict[str, list[int]] = {token: [] for token in tokens}
    if not found:
        return found
    ask = {lookup: _newest(readable, lookup) for lookup in {_lookup(token) for token in found}}
    statements, values = [], []
    for place, token in enumerate(found):
        sql, before, quote, after = ask[_lookup(token)]
        statements.append(f"SELECT {place}, t{place}.* FROM ({sql}) AS t{place}")  # noqa: S608 - compiled by the ORM
        values += [*before, quote(token), *after]
    names = list(found)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        for place, article in cursor.fetchall():
            found[names[place]].append(article)
    return found


def _lookup(token):
    return "begins" if len(token) == 1 and token >= "\u3400" else "holds"  # noqa: S105 - a token of a text


def _newest(readable, lookup):
    """The statement for any one token, compiled once, with the values that stand before and after the token."""
    rows = SearchIndex.objects.filter(readable, **{f"tokens__{lookup}": MARKER}).order_by("-pk")
    sql, values = rows.values_list("pk")[:LOOKED_UP].query.sql_with_params()
    place = next(place for place, value in enumerate(values) if MARKER in str(value))
    return sql, values[:place], lambda token: written(token, connection.vendor, lookup), values[place + 1 :]


def _frequency(token, rows, statistics):
    """Exact where all rows came back."""
    if len(rows) < LOOKED_UP:
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
