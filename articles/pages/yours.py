"""Reader's own figures beside an article that compares places, and the switch to another of its places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from articles.figures.references import Read, ReferenceInArea
from calculators.models import PoolingArea
from calculators.policies.in_force import ValuesInForce
from calculators.preferences import VisitorChoice
from calculators.values.conditions import PERSON_DIMENSION
from calculators.values.types import InForce

MAX_FIGURES, MAX_PLACES = 6, 12


@dataclass(frozen=True)
class Yours:
    """`places` are those the article gives figures of; `figures` the reader's own of the same parameters."""

    choice: VisitorChoice
    places: list[PoolingArea]
    parameters: tuple[str, ...]
    figures: tuple[InForce, ...] = ()

    @property
    def area(self) -> PoolingArea | None:
        """Where the reader's figures are read; None where nothing is chosen, or nothing is held for the place."""
        return self.choice.pooling_area if self.choice.area else None


def compared(named: Mapping[str, Read], texts: Iterable[str], choice: VisitorChoice) -> Yours | None:
    """What an article with these references compares; None where it gives no parameter for more than one place."""
    areas: dict[str, dict[str, PoolingArea]] = {}
    for text in texts:
        placed = named.get(text)
        if isinstance(placed, ReferenceInArea) and placed.reference.stated is None and not placed.area.is_nation:
            areas.setdefault(placed.reference.parameter, {})[placed.area.code] = placed.area
    several = {parameter: places for parameter, places in areas.items() if len(places) > 1}
    places = {code: area for own in several.values() for code, area in own.items()}
    return Yours(choice, list(places.values())[:MAX_PLACES], tuple(several)) if several else None


def with_figures(yours: Yours, values: Mapping[str, ValuesInForce], on: date) -> Yours:
    """The same with the reader's own figures, of whoever they are where a 身份 is chosen."""
    area = yours.area
    if area is None or area.code not in values:
        return yours
    asked = {PERSON_DIMENSION: yours.choice.person} if yours.choice.person else {}
    found = [
        figure for parameter in yours.parameters for figure in values[area.code].nearest_figures(parameter, on, asked)
    ]
    return Yours(yours.choice, yours.places, yours.parameters, tuple(found[:MAX_FIGURES]))
