"""Kinds of results that do not depend on the arguments: what a function of FUNCTIONS gives, whatever it is given. No Django."""

from collections.abc import Sequence

from calculators.formulas import types
from calculators.formulas.types import Kind


def flag(given: Sequence[Kind]) -> Kind:
    return types.FLAG


def text(given: Sequence[Kind]) -> Kind:
    return types.TEXT


def count(given: Sequence[Kind]) -> Kind:
    return types.COUNT


def month(given: Sequence[Kind]) -> Kind:
    return types.MONTH


def date(given: Sequence[Kind]) -> Kind:
    return types.DATE


def months(given: Sequence[Kind]) -> Kind:
    return types.list_of(types.MONTH)


def years(given: Sequence[Kind]) -> Kind:
    return types.list_of(types.DATE)


def any(given: Sequence[Kind]) -> Kind:
    return types.ANY
