"""Database backend of search, the default: articles in which something of the query stands, from the database's own index.

Each token brings in its newest LOOKED_UP articles. A token that many texts hold says little, so of a long
query the rarest tokens are asked; articles with every token in the title come in whatever their age.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from articles.search.engine.backend import Candidates, Readable, SearchBackend
from articles.search.engine.newest_rows import NewestRows, newest_rows
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


class DatabaseBackend(SearchBackend):
    """Its index follows the rows by triggers, in their own transaction."""

    def find(self, query: Query, statistics: Statistics, readable: Readable) -> Candidates:
        """One query; a second one where the newest ranges of ids hold less of a common token than the statistics say."""
        asked = tokens_of(query, statistics)
        found = _look_up(asked, newest_rows(readable, statistics))
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


def _look_up(asked: QueryTokens, newest: NewestRows) -> dict[str, list[int]]:
    """The newest articles that hold each; where ENOUGH_LITERAL_MATCHES hold a whole, its parts are not looked for and left out."""
    limits = dict.fromkeys([*asked.wholes, *asked.titled, *asked.parts], LOOKED_UP)
    limits |= dict.fromkeys(asked.titled, ENOUGH_LITERAL_MATCHES)
    if not limits:
        return {}
    found = newest.read(limits, set(asked.wholes), set(asked.parts), ENOUGH_LITERAL_MATCHES)
    if _is_enough(asked, found):
        return {token: found[token] for token in (*asked.wholes, *asked.titled)}
    return found


def _is_enough(asked, found):
    return sum(len(found[whole]) for whole in asked.wholes) >= ENOUGH_LITERAL_MATCHES


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
