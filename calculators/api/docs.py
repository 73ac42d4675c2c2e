"""Documentation page of the API, made from the published definitions, without scripts."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import render

from calculators.api.calculators import live_calculators
from calculators.definition import Definition


@dataclass(frozen=True)
class CalculatorDocs:
    definition: Definition

    @property
    def example(self) -> str:
        """The query string of its first case that gives a result."""
        definition = self.definition
        case = next((case for case in definition.cases if "refused" not in case.expected), None)
        if case is None:
            return ""
        return urlencode(definition.place_and_day(case.area, case.on) | dict(case.answers))


def docs(request):
    described = [CalculatorDocs(calculator.published()) for calculator in live_calculators()]
    context = {"described": described, "per_minute": settings.API_PER_MINUTE, "section": "calculators"}
    return render(request, "calculators/api.html", context)
