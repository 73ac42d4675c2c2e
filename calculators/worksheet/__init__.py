"""A calculator's steps on given answers: the statement that shows its working, and the worked cases. No Django."""

from calculators.worksheet.cases import case_answers
from calculators.worksheet.compute import MAX_EFFORT, compute
from calculators.worksheet.errors import WorksheetError
from calculators.worksheet.statement import Line, Result, Statement

__all__ = [
    "MAX_EFFORT",
    "Line",
    "Result",
    "Statement",
    "WorksheetError",
    "case_answers",
    "compute",
]
