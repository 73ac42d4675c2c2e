"""Model admins of policy data and calculators."""

from calculators.admin.area import PoolingAreaAdmin
from calculators.admin.calculator import CalculatorAdmin
from calculators.admin.dimension import DimensionAdmin
from calculators.admin.document import PolicyDocumentAdmin
from calculators.admin.finding import FindingAdmin
from calculators.admin.parameter import ParameterAdmin
from calculators.admin.policy_value import PolicyValueAdmin
from calculators.admin.result_report import ResultReportAdmin

__all__ = [
    "CalculatorAdmin",
    "DimensionAdmin",
    "FindingAdmin",
    "ParameterAdmin",
    "PolicyDocumentAdmin",
    "PolicyValueAdmin",
    "PoolingAreaAdmin",
    "ResultReportAdmin",
]
