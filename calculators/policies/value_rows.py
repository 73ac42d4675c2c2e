"""Rows of policy values as figures read them, cached in the process by parameter and area."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import product

from django.db import models
from django.db.models import Q

from calculators.common import page_keys
from calculators.models.area import PoolingArea
from calculators.models.policy_value import PolicyValue
from calculators.process_cache import RowCache

MAX_CACHED_PAIRS = 800  # of a parameter and an area, most without a row; a row takes some 2 kB
MAX_PAIRS = 400  # more are read at once, as the page of an area does
MAX_CACHED_CHAINS = 500
Pair = tuple[str, int]


def rows_in_chain(parameters: Collection[str], code: str) -> Iterable[PolicyValue]:
    """The rows of these parameters, codes or names, in the area of this code and those above it. One query."""
    if not page_keys.may_cache():
        return _rows(parameters, _chain(code))
    return rows_in_areas(parameters, _chains.get_many([code], _read_chains).get(code, ()))


def rows_in_areas(parameters: Collection[str], areas: Collection[int]) -> Iterable[PolicyValue]:
    """The rows of these parameters in these areas and no others, in the order of their ids. One query."""
    pairs = list(product(sorted(parameters), sorted(areas)))
    if not page_keys.may_cache() or len(pairs) > MAX_PAIRS:
        return _rows(parameters, areas)
    found = _cache.get_many(pairs, _read_pairs)
    rows = {row.pk: row for own in found.values() for row in own}
    return [rows[pk] for pk in sorted(rows)]


def _rows(parameters: Collection[str], areas: Iterable[int | None]) -> models.QuerySet[PolicyValue]:
    named = Q(parameter__name__in=parameters) | Q(parameter__code__in=parameters)
    return PolicyValue.objects.filter(named, area__in=areas).for_figures().order_by("pk")


def _chain(code: str) -> models.QuerySet[PoolingArea, int | None]:
    """The area and those above it. A union, so that the database expects four areas and not half of all there are."""
    own = PoolingArea.objects.filter(code=code).order_by()
    above = (own.values_list(path, flat=True) for path in ("parent", "parent__parent", "parent__parent__parent"))
    return own.values_list("pk", flat=True).union(*above)


def _read_pairs(pairs: list[Pair]) -> dict[Pair, tuple[PolicyValue, ...]]:
    """Of the rows that come along with those asked for, the others are left out."""
    found: dict[Pair, list[PolicyValue]] = defaultdict(list)
    shared: dict[tuple[str, int], models.Model] = {}
    for row in _rows({name for name, _ in pairs}, {area for _, area in pairs}):
        for name in ("parameter", "area", "document"):  # many rows have the same
            one = getattr(row, name)
            setattr(row, name, shared.setdefault((name, one.pk), one))
        found[row.parameter.name, row.area_id].append(row)
        found[row.parameter.code, row.area_id].append(row)
    return {pair: tuple(found.get(pair, ())) for pair in pairs}


def _keys_of_pair(pair: Pair, rows: tuple[PolicyValue, ...]) -> Iterable[page_keys.PageKey]:
    name, area = pair
    yield from (page_keys.value(name, area), page_keys.parameter(name), page_keys.values_of(name))
    yield from (page_keys.values_in(area), page_keys.ALL_PARAMETERS, page_keys.ALL_AREAS, page_keys.ALL_DIMENSIONS)
    yield from (page_keys.document(row.document_id) for row in rows)


def _read_chains(codes: list[str]) -> dict[str, tuple[int, ...]]:
    return {code: tuple(pk for pk in _chain(code) if pk is not None) for code in codes}


def _keys_of_chain(code: str, areas: tuple[int, ...]) -> Iterable[page_keys.PageKey]:
    yield page_keys.ALL_AREAS


_cache: RowCache[Pair, tuple[PolicyValue, ...]] = RowCache(_keys_of_pair, MAX_CACHED_PAIRS)
_chains: RowCache[str, tuple[int, ...]] = RowCache(_keys_of_chain, MAX_CACHED_CHAINS)
