"""Inheritance of policy values: which areas may use the value of their city, province or the nation, and whose is nearest."""

from calculators.models.area import PoolingArea
from calculators.models.parameter import Parameter
from calculators.models.policy_value import PolicyValue

Inherits = Parameter.Inherits


def is_inherited(parameter: Parameter, owner: PoolingArea) -> bool:
    """Whether an area below `owner` inherits the value of `owner` if it has none of its own."""
    if owner.is_nation:
        return parameter.inherits == Inherits.NATION
    return parameter.inherits in {Inherits.PROVINCE, Inherits.NATION}


def may_use(row: PolicyValue, area: str) -> bool:
    """Whether a calculation for `area` may read this row: its own, or one its parameter lets it inherit."""
    return row.area.code == area or is_inherited(row.parameter, row.area)


def distance(owner: PoolingArea, area: str) -> int:
    """How far up the owner stands: the area itself 0, then its city, its province, the nation."""
    if owner.code == area:
        return 0
    return 9 if owner.is_nation else len(owner.code) - len(owner.code.rstrip("0"))
