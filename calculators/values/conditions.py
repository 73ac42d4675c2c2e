"""Conditions of a policy value (whom it applies to), and how the conditions of two rows relate. No Django.

Conditions map a dimension to the choices it allows, or for a range such as age to
[lowest, highest] in whole years, both inclusive, None for open:

    {"person_type": ["retired"], "hospital_level": ["level1", "level2"], "age": [70, None]}

A dimension that is absent is unrestricted. Precedence: when several rows match, the one whose
conditions lie wholly inside the others' wins; rows that overlap without one lying inside the other
are refused when they are saved (`is_ambiguous`).
"""

import json
from collections.abc import Mapping
from typing import TypeGuard

Range = list[int | None]  # lowest and highest, both inclusive
Allowed = list[str] | Range
Conditions = Mapping[str, Allowed]
Asked = Mapping[str, str | int]
PERSON_DIMENSION, LEVEL_DIMENSION = "person_type", "hospital_level"  # dimensions that code knows by name


def canonical(conditions: Conditions) -> str:
    """Canonical JSON of conditions, so that a database constraint can compare them."""
    tidy = {
        name: allowed if is_range(allowed) else sorted(map(str, set(allowed)))
        for name, allowed in conditions.items()
        if allowed
    }
    return json.dumps(tidy, sort_keys=True, ensure_ascii=False, separators=(",", ":")) if tidy else ""


def is_range(allowed: Allowed) -> TypeGuard[Range]:
    return any(bound is None or isinstance(bound, int) for bound in allowed)


def matches(conditions: Conditions, asked: Asked) -> bool:
    """Whether every condition is met by what was asked; a condition nobody answered is not met."""
    return all(name in asked and _allows(allowed, asked[name]) for name, allowed in conditions.items())


def possible(conditions: Conditions, answered: Asked) -> bool:
    """Whether what was answered so far leaves it open that every condition is met."""
    return all(name not in answered or _allows(allowed, answered[name]) for name, allowed in conditions.items())


def _allows(allowed: Allowed, answer: str | int) -> bool:
    if not is_range(allowed):
        return answer in allowed
    lowest, highest = allowed
    if not isinstance(answer, int):
        return False
    return (lowest is None or answer >= lowest) and (highest is None or answer <= highest)


def lies_inside(inner: Conditions, outer: Conditions) -> bool:
    """Whether everyone who meets `inner` also meets `outer`."""
    return all(name in inner and _covers(allowed, inner[name]) for name, allowed in outer.items())


def _covers(outer: Allowed, inner: Allowed) -> bool:
    if is_range(outer) and is_range(inner):
        return _low(outer) <= _low(inner) and _high(inner) <= _high(outer)
    return set(inner) <= set(outer)


def overlap(one: Conditions, other: Conditions) -> bool:
    """Whether one person could meet both."""
    return all(_meet(one[name], other[name]) for name in one.keys() & other.keys())


def _meet(one: Allowed, other: Allowed) -> bool:
    if is_range(one) and is_range(other):
        return _low(one) <= _high(other) and _low(other) <= _high(one)
    return not set(one).isdisjoint(other)


def _low(bounds: Range) -> float:
    return float("-inf") if bounds[0] is None else bounds[0]


def _high(bounds: Range) -> float:
    return float("inf") if bounds[1] is None else bounds[1]


def is_ambiguous(one: Conditions, other: Conditions) -> bool:
    """Whether the two overlap and neither lies inside the other, so that no rule could choose."""
    return overlap(one, other) and not lies_inside(one, other) and not lies_inside(other, one)
