"""Worksheet: a calculator's steps computed on given answers, and the statement that shows the working. No Django."""

from calculators.worksheet.compute import MAX_EFFORT, compute
from calculators.worksheet.errors import WorksheetError
from calculators.worksheet.statement import Line, Result, Statement

__all__ = [
    "MAX_EFFORT",
    "Line",
    "Result",
    "Statement",
    "WorksheetError",
    "compute",
]
