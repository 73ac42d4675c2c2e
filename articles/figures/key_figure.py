"""Key figure of an article in a list: the first value it gives for one place, in a few words."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from articles.figures.resolving import Answer
from calculators.templatetags.policy_tags import labels
from calculators.values.types import Bands, InForce
from calculators.values.units import show

MAX_SHOWN_CHARACTERS = 12  # a value that is a sentence is none for a list
Packed = Mapping[str, Any]


@dataclass(frozen=True)
class KeyFigure:
    """职工门诊起付线 · 在职 · 1,800 元; `place` where it is of another place than the article."""

    name: str
    whom: str
    shown: str
    cautions: tuple[str, ...]
    place: str = ""


def key_reference(packed: Packed, code: str) -> str | None:
    """The first of the packed references to a single value of today of this place."""
    fitting = [(one.get("place", 0), text) for text, one in packed.items() if _is_of(one, code)]
    return min(fitting)[1] if fitting else None


def compared_reference(packed: Packed, code: str) -> str | None:
    """The first that this place has of a parameter which the article gives of other places too, rather than as an example."""
    places: dict[str, set[str]] = defaultdict(set)
    for one in packed.values():
        if isinstance(one, dict) and "parameter" in one:
            places[one["parameter"]].add(one["chain"][0][1])
    compared = {
        text: one for text, one in packed.items() if isinstance(one, dict) and len(places[one.get("parameter", "")]) > 1
    }
    return key_reference(compared, code)


def _is_of(one: Any, code: str) -> bool:
    is_value = isinstance(one, dict) and "parameter" in one and not (one.get("table") or "stated" in one or one["on"])
    return is_value and one["chain"][0][1] == code


def key_figure(answer: Answer | None, area_code: str) -> KeyFigure | None:
    """None where nothing is in force, or what is would not fit into a line. `area_code` is the article's own place."""
    if not isinstance(answer, InForce) or isinstance(answer.value, Bands):
        return None
    shown = show(answer.value, answer.unit)
    if len(shown) > MAX_SHOWN_CHARACTERS:
        return None
    is_elsewhere = answer.area_code not in {area_code, "CN"}
    place = answer.area_name if is_elsewhere else ""
    return KeyFigure(answer.name, answer.dimensions, shown, tuple(labels(answer.citation)), place)
