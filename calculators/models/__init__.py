"""Models of policy data (areas, documents, parameters, values) and of calculators."""

from calculators.models.area import PoolingArea
from calculators.models.calculator import Calculator
from calculators.models.calculator_parts import Case, Note, Output, Question, Step
from calculators.models.dimension import Dimension, DimensionChoice
from calculators.models.document import PolicyDocument
from calculators.models.finding import Finding
from calculators.models.form_opening import FormOpening
from calculators.models.parameter import Parameter
from calculators.models.place_wish import PlaceWish
from calculators.models.policy_value import PolicyValue
from calculators.models.result_report import ResultReport
from calculators.models.second_reading import SecondReading, Sighting
from calculators.models.source_check import SourceCheck

__all__ = [
    "Calculator",
    "Case",
    "Dimension",
    "DimensionChoice",
    "Finding",
    "FormOpening",
    "Note",
    "Output",
    "Parameter",
    "PlaceWish",
    "PolicyDocument",
    "PolicyValue",
    "PoolingArea",
    "Question",
    "ResultReport",
    "SecondReading",
    "Sighting",
    "SourceCheck",
    "Step",
]
