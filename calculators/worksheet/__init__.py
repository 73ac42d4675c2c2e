"""Worksheet: a calculator's steps computed on given answers, and the statement that shows the working. No Django."""

from calculators.worksheet.compute import MAX_EFFORT
from calculators.worksheet.errors import WorksheetError
from calculators.worksheet.scenarios import compute, compute_or_none
from calculators.worksheet.statement import Line, Result, Scenario, Statement

__all__ = [
    "MAX_EFFORT",
    "Line",
    "Result",
    "Scenario",
    "Statement",
    "WorksheetError",
    "compute",
    "compute_or_none",
]
