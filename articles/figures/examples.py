"""〔算例·职工门诊报销·北京·在职·社区·3000〕: a calculator, a place, and answers in words; or the name of a worked case in place of these.

It is computed with the values of the reader's day, or of a day that stands in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from articles.figures.grammar import UnreadableReference, split, take_day
from calculators.definition import Definition
from calculators.models import PoolingArea
from calculators.policies.in_force import ValuesInForce
from calculators.question_answering import lookups
from calculators.worked_examples.answers_in_words import UnreadableAnswers
from calculators.worked_examples.worked_example import WorkedExample, worked_example


@dataclass(frozen=True)
class ExampleReference:
    """A reference taken apart; which of the words are a place or a case is known once calculator and areas are."""

    text: str
    calculator: str
    words: tuple[str, ...]
    on: date | None


@dataclass(frozen=True)
class ExampleInArea:
    """`calculator` is its code, `answers` those of a worked case, `words` those that stand in the reference."""

    text: str
    calculator: str
    area: PoolingArea
    words: tuple[str, ...]
    answers: Mapping[str, str]
    on: date | None


def parse_example(text: str) -> ExampleReference:
    """Raises UnreadableReference."""
    day, (_, *parts) = take_day(split(text), text)
    if len(parts) < 2:
        raise UnreadableReference(
            f"〔{text}〕要写明计算器、地区和各个回答，如 〔算例·职工门诊报销·北京·在职·社区·3000〕。"
        )
    return ExampleReference(text, parts[0], tuple(parts[1:]), day)


def place_example(reference: ExampleReference, areas: Mapping[str, PoolingArea]) -> ExampleInArea | UnreadableReference:
    """With its calculator and its area, or the error that says which of them there is not."""
    known = {calculator.name: calculator for calculator in lookups.calculators()}
    known |= {calculator.code: calculator for calculator in known.values()}
    if reference.calculator not in known:
        nearest = get_close_matches(reference.calculator, known, n=1, cutoff=0.3)
        meant = f"是不是“{known[nearest[0]].name}”？" if nearest else ""
        return UnreadableReference(f"〔{reference.text}〕：没有叫“{reference.calculator}”的计算器。{meant}")
    calculator = known[reference.calculator]
    place, *words = reference.words
    if place in areas:
        return ExampleInArea(reference.text, calculator.code, areas[place], tuple(words), {}, reference.on)
    name = "·".join(reference.words)
    case = next((case for case in calculator.published().cases if case.name == name), None)
    area = lookups.area(case.area) if case else None
    if area is None:
        return UnreadableReference(f"〔{reference.text}〕：没有叫“{place}”的地区，“{calculator}”也没有这个算例。")
    return ExampleInArea(reference.text, calculator.code, area, (), dict(case.answers), reference.on)


def definition_of(example: ExampleInArea) -> Definition | None:
    """The published definition; None where the calculator is not live any more."""
    live = (calculator for calculator in lookups.calculators() if calculator.code == example.calculator)
    return next((calculator.published() for calculator in live), None)


def compute_example(example: ExampleInArea, values: ValuesInForce, on: date) -> WorkedExample:
    """Raises UnreadableReference and ParameterNotInForce."""
    definition = definition_of(example)
    if definition is None:
        raise UnreadableReference(f"〔{example.text}〕：这个计算器已经下线。")
    area = example.area.code, example.area.short_name
    try:
        own = values.only(definition.reads)
        return worked_example(definition, area, example.words, own, on, day=example.on, answers=example.answers)
    except UnreadableAnswers as error:
        raise UnreadableReference(f"〔{example.text}〕：{error}") from error
