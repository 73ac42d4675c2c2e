"""What the documents say (policy) and what is computed from it (calculator)."""

from calculators.models.area import PoolingArea
from calculators.models.calculator import Calculator
from calculators.models.dimension import Dimension, DimensionChoice
from calculators.models.document import PolicyDocument
from calculators.models.parameter import Parameter
from calculators.models.policy_value import PolicyValue

__all__ = [
    "Calculator",
    "Dimension",
    "DimensionChoice",
    "Parameter",
    "PolicyDocument",
    "PolicyValue",
    "PoolingArea",
]
