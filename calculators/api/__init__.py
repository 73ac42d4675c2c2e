"""JSON API, read-only, for programs that need the same answers and figures as the pages.

Identifiers are those of the definitions, areas are GB/T 2260 codes, money is text with two decimals.
What is wrong is said in the sentences of the form.
"""

from calculators.api import compute  # noqa: F401 - adds its address to the router of calculators
from calculators.api.api import api
from calculators.api.ask import router as typed_questions
from calculators.api.calculators import router as calculators
from calculators.api.values import router as values

api.add_router("/calculators", calculators)
api.add_router("/values", values)
api.add_router("", typed_questions)

__all__ = ["api"]
