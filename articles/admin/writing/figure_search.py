"""Search for policy values by what an editor types: 北京门诊起付线 without spaces, a condition, an amount (1800, 70%, 15万)."""

import re
from decimal import Decimal

from django.db.models import Q

from articles.text import words
from calculators.models import DimensionChoice, PolicyValue, PoolingArea

MAX_WORDS = 8
MAX_QUERY_CHARACTERS = 60
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?![\d岁年月日天级档])(%|％|万)?(?:元)?")
_SEPARATOR = re.compile(r"[\s·、，;；〔〕]+")


def find(query: str, on) -> list[PolicyValue]:
    """Values that have begun and whose parameter, area, conditions or amount answer to every word, newest first."""
    amounts, text = _without_amounts(query[:MAX_QUERY_CHARACTERS])
    values = PolicyValue.objects.begun(on).select_related("parameter", "area")
    for amount in amounts:
        values = values.filter(number__in=amount)
    for word in _words(text)[:MAX_WORDS]:
        named = Q(parameter__name__icontains=word) | Q(area__short_name__icontains=word)
        values = values.filter(named | Q(conditions_text__icontains=word))
    return values.newest_first()


def _without_amounts(query):
    """The amounts in a query, each as the numbers it may be stored as, and the rest of the query."""
    amounts = [_stored_as(*match.groups()) for match in _AMOUNT.finditer(query)]
    return amounts, _AMOUNT.sub(" ", query)


def _stored_as(digits, unit):
    number = Decimal(digits.replace(",", ""))
    if unit in {"%", "％"}:
        return [number / 100]
    if unit == "万":
        return [number * 10000]
    return [number, number / 100]  # 70 may mean 70%


def _words(text):
    """A query without spaces is cut at the areas and conditions it names, the rest into words."""
    names = {*PoolingArea.objects.values_list("short_name", flat=True)}
    names |= {*DimensionChoice.objects.values_list("name", flat=True)}
    known = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name) or r"(?!)")
    found = []
    for part in filter(None, _SEPARATOR.split(text)):
        if PolicyValue.objects.filter(parameter__name__icontains=part).exists():
            found.append(part)
            continue
        found += known.findall(part)
        for rest in known.split(part):
            found += words(rest)
    return found
