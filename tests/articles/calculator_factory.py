"""A calculator that visitors can use and that asks and computes nothing."""

from calculators.definition import Definition, to_dict
from calculators.models import Calculator


def live_calculator(code, name):
    definition = Definition(code=code, name=name, summary="一句话")
    return Calculator.objects.create(code=code, name=name, summary="一句话", live=to_dict(definition))
