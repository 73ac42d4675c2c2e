"""Which calculators stand beside an article: those editors chose, then those that compute with a value it cites."""

from collections.abc import Mapping

from django.db.models import Q

from articles.models import Article
from articles.references import Placed, UnreadableReference
from calculators.models import Calculator, Parameter

MOST_COMPUTED, MOST_NAMED = 2, 2


def calculators_beside(article: Article, references: Mapping[str, Placed | UnreadableReference]) -> list[Calculator]:
    """Live ones. What is not an editor's choice has `why`, a reason to show."""
    chosen = list(article.calculators.live())
    names = _cited(references)
    others = Calculator.objects.live().exclude(pk__in=[one.pk for one in chosen]) if names else []
    met = [(names & set(one.published().reads), one) for one in others]
    fitting = sorted((pair for pair in met if pair[0]), key=lambda pair: -len(pair[0]))
    return chosen + [_with_reason(one, sorted(shared)) for shared, one in fitting[:MOST_COMPUTED]]


def _cited(references):
    """Names of parameters; a reference may say a code instead."""
    said = {one.reference.parameter for one in references.values() if isinstance(one, Placed)}
    named = Parameter.objects.filter(Q(name__in=said) | Q(code__in=said)) if said else Parameter.objects.none()
    return set(named.values_list("name", flat=True))


def _with_reason(calculator, names):
    calculator.why = f"用到文中的{'、'.join(names[:MOST_NAMED])}{'等' if len(names) > MOST_NAMED else ''}"
    return calculator
