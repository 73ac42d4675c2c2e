"""Availability of calculators: the areas where one gives a result on a day, found by computing its worked cases there.

An area is available if the answers of one worked case give the main result there, so no form offers an area without.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from calculators.common import page_keys
from calculators.definition import Case, Definition, offering
from calculators.models import Calculator, PolicyValue, PoolingArea
from calculators.models.area import NATION_CODE
from calculators.policies.in_force import values_by_area
from calculators.process_cache import RowCache
from calculators.values.conditions import PERSON_DIMENSION
from calculators.values.types import ParameterNotInForce
from calculators.worksheet import compute_or_none
from calculators.worksheet.answers import parse_answers
from calculators.worksheet.rates import Rates

MAX_CACHED_OUTCOMES = 5_000  # of a calculator in all areas, or in one
MAX_CACHED_DAYS = 30  # of a calculator each, some 40 kB


class AvailableArea(NamedTuple):
    code: str
    name: str


@dataclass(frozen=True)
class UnexplainedRates:
    """The same rates without explanations of missing values, of which many are missing while areas are tried."""

    rates: Rates

    def get(self, parameter, on, /, **dimensions):
        if not self.rates.has(parameter, on, **dimensions):
            raise ParameterNotInForce("", code=parameter)
        return self.rates.get(parameter, on, **dimensions)

    def has(self, parameter, on, /, **dimensions):
        return self.rates.has(parameter, on, **dimensions)

    def choices(self, on=None, dimensions=None):
        return self.rates.choices(on, dimensions)


class AvailabilityCache:
    """Cache of outcomes by the rows they depend on; cleared when an area or a dimension changes."""

    def __init__(self):
        self._known = OrderedDict()
        page_keys.content_changed.connect(self._forget)
        page_keys.content_outdated.connect(self._forget)

    def of(self, definition: Definition, on: date) -> "DefinitionAvailability":
        """Where `definition` gives a result on `on`. One query."""
        page_keys.depends_on(page_keys.ALL_AREAS, page_keys.ALL_DIMENSIONS)
        page_keys.depends_on(*map(page_keys.values_of, definition.reads))
        return DefinitionAvailability(self, definition, on, rows_begun(definition.reads, on))

    def places(self, definition: Definition, on: date) -> tuple[AvailableArea, ...]:
        """Areas where `definition` gives a result on `on`, in the order of their codes. One query if cached."""
        return self.of(definition, on).places()

    def calculators_in(
        self, area: PoolingArea, calculators: Iterable[Calculator], on: date, person: str = ""
    ) -> list[Calculator]:
        """Calculators that give a result in this area, whose parents are selected, for this 身份. One query if cached."""
        definitions = {calculator: calculator.published() for calculator in calculators}
        reads = {name for definition in definitions.values() for name in definition.reads}
        page_keys.depends_on(page_keys.ALL_DIMENSIONS, *page_keys.values(reads, [owner.pk for owner in area.chain()]))
        begun = rows_begun(reads, on, area.chain())
        return [
            calculator
            for calculator, definition in definitions.items()
            if self._works(definition, area, begun, on, person)
        ]

    def _works(self, definition, area, begun, on, person):
        rows = frozenset(row for row in begun if row[0] in definition.reads)
        key = (definition.fingerprint, rows, area.code, person)
        return self.remembered(key, lambda: any(_working(definition, [area], on, person)))

    def remembered(self, key, find):
        key = hash(key)
        if key not in self._known:
            with page_keys.collecting():  # the rows that are tried are no part of the page; its keys are recorded above
                self._known[key] = find()
            while len(self._known) > MAX_CACHED_OUTCOMES:
                self._known.popitem(last=False)
        return self._known[key]

    def _forget(self, keys, **kwargs):
        if not keys.isdisjoint({page_keys.ALL_AREAS, page_keys.ALL_DIMENSIONS}):
            self._known.clear()


availability = AvailabilityCache()


@dataclass(frozen=True)
class DefinitionAvailability:
    """Where one calculator gives a result on a day; `rows` are those that decide it."""

    cache: AvailabilityCache
    definition: Definition
    on: date
    rows: frozenset[tuple]

    def places(self, person: str = "") -> tuple[AvailableArea, ...]:
        """Areas where it gives a result, to people of this 身份 where one is named, in the order of their codes.

        None of one that asks no place: where somebody is insured is nothing to it.
        """
        return tuple(area for area in self._everywhere(person) if area.code != NATION_CODE)

    def is_national(self, person: str = "") -> bool:
        """Whether it gives one by what holds nationally and what a person fills in."""
        return any(area.code == NATION_CODE for area in self._everywhere(person))

    def _everywhere(self, person) -> tuple[AvailableArea, ...]:
        key = (self.definition.fingerprint, self.rows, person)
        return self.cache.remembered(key, lambda: tuple(_working(self.definition, self._areas(), self.on, person)))

    def _areas(self):
        areas = _all_areas()
        return areas if self.definition.area_question else [area for area in areas if area.code == NATION_CODE]


def _all_areas():
    return list(PoolingArea.objects.with_ancestors())


def rows_begun(parameters: Iterable[str], on: date, areas: Iterable[PoolingArea] | None = None) -> frozenset[tuple]:
    """Rows that decide the outcome, the parameter's name first; on most days the same as the day before."""
    if areas is not None:
        return _read_begun(parameters, on, areas)
    name = frozenset(parameters), on
    return _begun.get_many([name], lambda missing: {name: _read_begun(parameters, on)})[name]


def _keys_of_begun(name, rows):
    yield from map(page_keys.values_of, name[0])
    yield from (page_keys.ALL_PARAMETERS, page_keys.ALL_AREAS)


_begun: RowCache[tuple[frozenset[str], date], frozenset[tuple]] = RowCache(_keys_of_begun, MAX_CACHED_DAYS)


def _read_begun(parameters, on, areas=None):
    rows = PolicyValue.objects.filter(parameter__name__in=parameters).begun(on)
    if areas is not None:
        rows = rows.filter(area__in=areas)
    columns = ("parameter__name", "pk", "area", "conditions_key", "effective_from", "kind", "unit", "number")
    return frozenset(rows.order_by().values_list(*columns))


def _working(definition, areas, on, person=""):
    rates = values_by_area(definition.reads, areas, on=on)
    for area in areas:
        if _works(definition, UnexplainedRates(rates[area.code]), area.code, on, person):
            yield AvailableArea(area.code, area.short_name)


def _works(definition, rates: Rates, area, on, person):
    offered = offering(definition, rates.choices())
    question = offered.person_question
    is_narrowed = bool(person and question and question.dimension)  # else it is for everybody
    if is_narrowed and person not in {option.code for option in question.options}:
        return False
    asked = {PERSON_DIMENSION: person} if is_narrowed else {}
    return any(_computes(definition, raw, rates, on) for raw in tries(definition, offered, area, on, asked))


def tries(
    definition: Definition, offered: Definition, area: str, on: date, asked: Mapping[str, str] | None = None
) -> Iterator[dict[str, str]]:
    """The answers of each worked case as if it were there, with `asked`; one of each kind, since amounts decide nothing."""
    tried = set()
    for case in definition.cases:
        raw = _as_if_there(definition, offered, case, area, on) | (asked or {})
        kind = _kind_of_try(definition, raw)
        if kind not in tried:
            yield raw
        tried.add(kind)


def _kind_of_try(definition, raw):
    """Questions answered and choices taken: amounts do not decide whether there is a result."""
    chosen = {question.code for question in definition.questions if question.question_kind.is_selected}
    return tuple(sorted((code, answer if code in chosen else "") for code, answer in raw.items()))


def _as_if_there(definition: Definition, offered: Definition, case: Case, area: str, on: date) -> dict[str, str]:
    """The case's answers with this area and day; a choice the area does not have is replaced by its first."""
    raw = dict(case.answers)
    for question in offered.questions:
        codes = [option.code for option in question.options]
        if question.dimension and codes and raw.get(question.code) not in codes:
            raw[question.code] = codes[0]
    return raw | definition.place_and_day(area, on)


def _computes(definition, raw, rates, on):
    statement = compute_or_none(definition, parse_answers(definition, raw, rates=rates, on=on), rates)
    return statement is not None and has_main_result(definition, statement)


def has_main_result(definition, statement):
    """Whether a headline output is in the result. “No personal account” is a result, but no reason to offer an area."""
    return statement.headline.headline or not any(output.headline for output in definition.outputs)
