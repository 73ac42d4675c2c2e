"""Calculators beside an article: those editors chose, the one on its matter, those that compute with what it cites."""

from collections.abc import Iterable, Mapping
from copy import copy
from functools import lru_cache

from django.db.models import Q

from articles.figures.examples import ExampleInArea
from articles.figures.references import Read, ReferenceInArea
from articles.models import Article
from articles.related.rules import SAME_TOPIC_REASON
from articles.similarity.cosines import Cosines
from articles.similarity.questions import own_title
from articles.text import plain_text
from calculators.definition import Definition
from calculators.models import Calculator, Parameter
from calculators.question_answering import lookups

MAX_COMPUTED_CALCULATORS, MAX_NAMED_PARAMETERS = 2, 2
IN_EXAMPLE_REASON = "文中的算例用它算"
# The words of an article and of a calculator on its matter are this alike, 0 to 1: tests/articles/pages/test_calculators.py says how often.
MIN_LIKENESS = 0.3
# Of several the title decides with: so much its words count beside those of the text in articles.similarity.weights.
TITLE_WORTH = 0.52


def calculators_beside(article: Article, references: Mapping[str, Read]) -> list[Calculator]:
    """Live ones. What is not an editor's choice has `why`, a reason to show."""
    live = {one.pk: one for one in lookups.calculators()}
    chosen = [live[pk] for pk in article.calculators.live().values_list("pk", flat=True) if pk in live]
    why = _computing(live.values(), _cited(references))
    why = dict.fromkeys(_in_examples(live.values(), references), IN_EXAMPLE_REASON) | why
    if nearest := on_its_matter(article, live.values()):
        why = {nearest: why.pop(nearest, SAME_TOPIC_REASON)} | why
    computed = [pk for pk in why if live[pk] not in chosen]
    return chosen + [_with_reason(live[pk], why[pk]) for pk in computed[:MAX_COMPUTED_CALCULATORS]]


def _in_examples(calculators, references):
    codes = {one.calculator for one in references.values() if isinstance(one, ExampleInArea)}
    return [one.pk for one in calculators if one.code in codes]


def _cited(references):
    """Names of parameters; a reference may say a code instead."""
    said = {one.reference.parameter for one in references.values() if isinstance(one, ReferenceInArea)}
    named = Parameter.objects.filter(Q(name__in=said) | Q(code__in=said)) if said else Parameter.objects.none()
    return set(named.values_list("name", flat=True))


def _computing(calculators, names):
    """Of each that computes with some of these parameters why it fits, most parameters first."""
    shared = {one.pk: sorted(names & set(one.published().reads)) for one in calculators}
    met = sorted((pk for pk, some in shared.items() if some), key=lambda pk: -len(shared[pk]))
    return {
        pk: f"用到文中的{'、'.join(shared[pk][:MAX_NAMED_PARAMETERS])}{'等' if len(shared[pk]) > MAX_NAMED_PARAMETERS else ''}"
        for pk in met
    }


def on_its_matter(article: Article, calculators: Iterable[Calculator]) -> int | None:
    """The key of the calculator that says what the article says; None where none of them is on its matter."""
    said = _compared(tuple((one.pk, _said(one.published())) for one in calculators))
    body = plain_text(article.body)
    title = own_title(article.title, body)
    whole, heading = said.likeness(f"{title}\n{body}"), said.likeness(title)
    alike = [pk for pk, likeness in whole.items() if likeness >= MIN_LIKENESS]
    return max(alike, key=lambda pk: whole[pk] + TITLE_WORTH * heading[pk], default=None)


@lru_cache(maxsize=1)
def _compared(texts):
    return Cosines(dict(texts))


def _said(definition: Definition) -> str:
    """What it says of itself, always asks and gives, and computes with.

    Its name is one line among them: as a title it would count too much. What it asks or gives in some cases only is
    of other matters as well.
    """
    asked = (one.label for one in definition.questions if not (one.optional or one.shown_if))
    given = (one.label for one in definition.outputs if not one.shown_if)
    return "\n".join(
        [definition.name, definition.summary, definition.description, *sorted(definition.reads), *asked, *given]
    )


def _with_reason(calculator, why):
    """A copy: the calculator given may be of the process's cache."""
    explained = copy(calculator)
    explained.why = why
    return explained
