"""Keys of cached pages: a page records the keys it depends on, a write invalidates keys.

While a page is rendered, everything it shows is recorded: `depends_on(area(5), ALL_AREAS)`. A write sends the same keys:
`invalidate(area(5), ALL_AREAS)` drops every page that depends on one of them once the transaction is committed. The
receivers are in yibao_site.page_cache; without them both calls cost nothing. Keys come from the functions and constants
below only; tests/yibao_site/page_cache/test_freshness.py tries every kind of page against every kind of write.

What many pages need is cached in the process, under the same keys, by calculators.process_cache.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NewType

from django.db import connection, transaction
from django.dispatch import Signal

content_changed = Signal()  # sends keys: frozenset[str], in the transaction of the change
content_outdated = Signal()  # the same keys once they are committed, in every process that follows changes
followers: list[Callable[[], bool]] = []  # each returns whether this process receives changes of other processes
catching_up: list[Callable[[], None]] = []  # each applies here what others have changed until now
MAX_CACHED_SECONDS = 60  # in a process, should an invalidation be missed
MAX_VALUE_KEYS = 40  # of one page; its keys also go out in a response header
PageKey = NewType("PageKey", str)
_recorded: ContextVar[set[PageKey] | None] = ContextVar("recorded", default=None)
_in_one_change: ContextVar[set[PageKey] | None] = ContextVar("in one change", default=None)

# Lists of everything of a kind: what is in them, in which order, and under which names.
ALL_AREAS = PageKey("areas")
ALL_CALCULATORS = PageKey("calculators")  # the live ones
ALL_CATEGORIES = PageKey("categories")
ALL_DIMENSIONS = PageKey("dimensions")  # with their choices
ALL_DOCUMENTS = PageKey("documents")
ALL_PARAMETERS = PageKey("parameters")
ALL_SYNONYMS = PageKey("synonyms")
ALL_TAGS = PageKey("tags")  # with their introductions
AREAS_WITH_VALUES = PageKey("areas-with-values")
CORRECTIONS = PageKey("corrections")
GLOSSARY = PageKey("glossary")  # every term: which words are marked, and what they mean
HELPFUL_VOTES = PageKey("helpful-votes")
NEWEST_ARTICLES = PageKey("newest-articles")
NEWEST_VALUES = PageKey("newest-values")
SITE = PageKey("site")  # its name, slogan, colours, records and navigation: what every page shows
# A page that only a release changes.
ABOUT = PageKey("about")
# Not a row: the page shows the visitor's own choice of 参保地 and 身份.
VISITOR_CHOICE = PageKey("visitor-choice")
# Nor are these: the page reads ?page= or ?before=, ?areas=, and ?area=. Any other page is kept without a query only.
PAGE_NUMBER = PageKey("page-number")
AREA_FILTER = PageKey("area-filter")
PLACE_FILTER = PageKey("place-filter")
# Nor this: the cookie names a place or 身份 that is not known, so that the page is not worth storing.
UNKNOWN_CHOICE = PageKey("unknown-choice")


def article(pk: int) -> PageKey:
    return PageKey(f"article:{pk}")


def category(pk: int) -> PageKey:
    return PageKey(f"category:{pk}")


def tag(pk: int) -> PageKey:
    return PageKey(f"tag:{pk}")


def area(pk: int) -> PageKey:
    return PageKey(f"area:{pk}")


def calculator(pk: int) -> PageKey:
    return PageKey(f"calculator:{pk}")


def document(pk: int) -> PageKey:
    return PageKey(f"document:{pk}")


def user(pk: int) -> PageKey:
    return PageKey(f"user:{pk}")


def picture(stem: str) -> PageKey:
    return PageKey(f"picture:{stem}")


def articles_in_category(pk: int) -> PageKey:
    return PageKey(f"category:{pk}:articles")


def articles_tagged(pk: int) -> PageKey:
    return PageKey(f"tag:{pk}:articles")


def articles_in_area(pk: int) -> PageKey:
    return PageKey(f"area:{pk}:articles")


def articles_about(calculator_pk: int) -> PageKey:
    return PageKey(f"calculator:{calculator_pk}:articles")


def articles_citing(document_pk: int) -> PageKey:
    return PageKey(f"document:{document_pk}:articles")


def parameter(name: str) -> PageKey:
    """The parameter of this code or name, itself."""
    return PageKey(f"parameter:{name}")


def values_of(parameter_name: str) -> PageKey:
    """Every row of the parameter of this code or name, in whatever area, and the parameter itself."""
    return PageKey(f"values:{parameter_name}")


def values_in(area_pk: int) -> PageKey:
    """Every row of the area, of whatever parameter."""
    return PageKey(f"area:{area_pk}:values")


def values_from(document_pk: int) -> PageKey:
    """Every row that the document sets."""
    return PageKey(f"document:{document_pk}:values")


def value(parameter_name: str, area_pk: int) -> PageKey:
    """The rows of one parameter in one area."""
    return PageKey(f"value:{parameter_name}:{area_pk}")


def values(parameter_names: Collection[str], area_pks: Collection[int]) -> set[PageKey]:
    """The rows of these parameters in these areas: pair by pair, or by the shorter side where there are many pairs."""
    if len(parameter_names) * (len(area_pks) + 1) <= MAX_VALUE_KEYS:
        pairs = {value(name, pk) for name in parameter_names for pk in area_pks}
        return pairs | {parameter(name) for name in parameter_names}
    if len(area_pks) < len(parameter_names):
        return {values_in(pk) for pk in area_pks} | {ALL_PARAMETERS}
    return {values_of(name) for name in parameter_names}


@contextmanager
def collecting() -> Iterator[set[PageKey]]:
    """Collect the keys recorded inside."""
    keys: set[PageKey] = set()
    token = _recorded.set(keys)
    try:
        yield keys
    finally:
        _recorded.reset(token)


def depends_on(*keys: PageKey) -> None:
    """Record that the page being rendered, if any, depends on these keys."""
    recorded = _recorded.get()
    if recorded is not None:
        recorded.update(keys)


def invalidate(*keys: PageKey) -> None:
    """Invalidate every cached page that depends on these keys, when the current transaction commits."""
    waiting = _in_one_change.get()
    if waiting is not None:
        waiting.update(keys)
    elif keys:
        content_changed.send(None, keys=frozenset(keys))


@contextmanager
def one_change() -> Iterator[None]:
    """Inside a transaction: what is invalidated inside is sent as one change at the end, nothing after a rollback."""
    if _in_one_change.get() is not None:
        yield
        return
    keys: set[PageKey] = set()
    token = _in_one_change.set(keys)
    try:
        yield
    finally:
        _in_one_change.reset(token)
    if not transaction.get_rollback():
        invalidate(*keys)


def may_cache() -> bool:
    """Whether a value may be cached in the process: invalidations arrive, and no open transaction may be rolled back."""
    return any(follows() for follows in followers) and not connection.in_atomic_block


def catch_up() -> None:
    """Hear of every change committed until now, before what is rendered is kept for other processes."""
    for hear in catching_up:
        hear()
