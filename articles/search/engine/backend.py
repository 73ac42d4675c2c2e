"""Search backend: the index that brings in candidates, chosen by the setting SEARCH as Django's CACHES are.

    SEARCH = {"BACKEND": "dotted.path.of.a.SearchBackend", "OPTIONS": {…}}  # keyword arguments

A backend answers with ids and scores (`Candidates`). Everything else stays here whatever the backend: texts are read from
the database, which also says what is public; ranking, the floor of relevance, filters, snippets and spelling come from them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from django.core.signals import setting_changed
from django.db.models import Q
from django.utils.module_loading import import_string

from articles.models import Article, SearchRow
from articles.search.engine.query import Query
from articles.search.engine.statistics import Statistics


@dataclass(frozen=True)
class Candidates:
    """What was found about each article and each token.

    `cover` is which share of the query an article holds, 0 to 1; `promise` the same and more where the title
    holds it; `frequency` how often a token stands; `literally`, whether so many hold all of it that no others were looked for.
    """

    cover: dict[int, float]
    promise: dict[int, float]
    frequency: dict[str, float]
    literally: bool


@dataclass(frozen=True)
class Readable:
    """What may be found: the articles public at `at`, and of them those `chosen`, by conditions on `article__`."""

    at: datetime
    chosen: Q

    @property
    def condition(self) -> Q:
        return Article.public_at(self.at, prefix="article__") & self.chosen


class SearchBackend:
    """Base of all backends. One that keeps no copy of the rows (`keeps_copy`) is never told of changes."""

    keeps_copy = False

    def index(self, rows: Sequence[SearchRow]) -> None:
        """Store these rows, whose articles are loaded, in place of older ones. Raises OSError where it cannot."""

    def delete(self, pks: Collection[int]) -> None:
        """Forget these articles; of some nothing may be known. Raises OSError where it cannot."""

    def clear(self) -> None:
        """Make the index anew, empty."""

    def find(self, query: Query, statistics: Statistics, readable: Readable) -> Candidates:
        raise NotImplementedError


@cache
def search_backend() -> SearchBackend:
    return import_string(settings.SEARCH["BACKEND"])(**settings.SEARCH.get("OPTIONS", {}))


def _settings_changed(setting, **kwargs):
    if setting == "SEARCH":
        search_backend.cache_clear()


setting_changed.connect(_settings_changed)
