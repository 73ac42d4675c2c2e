"""Rates: the policy values a calculation reads, by name, day and dimensions. Look-ups are cached. No Django."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from calculators.definition import Choices
from calculators.values.types import InForce, ParameterNotInForce
from calculators.values.units import RESULT_UNITS

Dimensions = Mapping[str, str | int]
Lookup = tuple[str, date, tuple[tuple[str, str | int], ...]]


class Rates(Protocol):
    """Interface to the policy values of one area."""

    def get(self, parameter: str, on: date, /, **dimensions: str | int) -> InForce:
        """The value in force; raises ParameterNotInForce."""

    def has(self, parameter: str, on: date, /, **dimensions: str | int) -> bool:
        """Whether `get` would find one, without the cost of an explanation."""

    def choices(self, on: date | None = None, dimensions: Dimensions | None = None) -> Choices:
        """The dimensions these values still distinguish on a day for somebody who answered `dimensions`."""


class EmptyRates:
    """Rates without any value, before an area is chosen."""

    def get(self, parameter: str, on: date, /, **dimensions: str | int) -> InForce:
        raise ParameterNotInForce(f"还没有选择参保地，无法取“{parameter}”。", code=parameter)

    def has(self, parameter: str, on: date, /, **dimensions: str | int) -> bool:
        return False

    def choices(self, on: date | None = None, dimensions: Dimensions | None = None) -> Choices:
        return {}


class CachedRates:
    """Cache of rates for one calculation and all its scenarios: a figure read in many steps is looked up once."""

    def __init__(self, rates: Rates):
        self.rates = rates
        self._found: dict[Lookup, InForce] = {}
        self._known: dict[Lookup, bool] = {}

    @classmethod
    def of(cls, rates: "Rates | CachedRates") -> "CachedRates":
        return rates if isinstance(rates, CachedRates) else cls(rates)

    def figure(self, name: str, on: date, dimensions: Dimensions) -> InForce:
        key = (name, on, tuple(sorted(dimensions.items())))
        if key not in self._found:
            self._found[key] = self.rates.get(name, on, **dimensions)
        return self._found[key]

    def is_set(self, name: str, on: date, dimensions: Dimensions) -> bool:
        key = (name, on, tuple(sorted(dimensions.items())))
        if key not in self._known:
            self._known[key] = key in self._found or self.rates.has(name, on, **dimensions)
        return self._known[key]

    # Rates themselves, so that several calculations share one cache.

    def get(self, parameter: str, on: date, /, **dimensions: str | int) -> InForce:
        return self.figure(parameter, on, dimensions)

    def has(self, parameter: str, on: date, /, **dimensions: str | int) -> bool:
        return self.is_set(parameter, on, dimensions)

    def choices(self, on: date | None = None, dimensions: Dimensions | None = None) -> Choices:
        return self.rates.choices(on, dimensions)


def unit_word(figure: InForce) -> str:
    """The unit as formulas compare it: 元/年, 元/次."""
    return RESULT_UNITS[figure.unit]
