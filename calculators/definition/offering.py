"""The same calculator as one area can answer it: only the questions and choices its values distinguish."""

from collections.abc import Mapping
from dataclasses import replace

from calculators.definition.parts import Definition, Option, Question

Choices = Mapping[str, Mapping[str, str]]


def offering(definition: Definition, choices: Choices) -> Definition:
    """The questions `offered` leaves, with the choices it leaves them."""
    questions = (offered(question, choices) for question in definition.questions)
    return replace(definition, questions=tuple(question for question in questions if question is not None))


def offered(question: Question, choices: Choices) -> Question | None:
    """The question with the area's choices, or None where it is not asked.

    `choices` maps each dimension the area's values distinguish to its codes and their words. A
    question that leaves its options to the area is asked only if the area has some. One that lists
    its own is always asked, with those the area distinguishes, or all where it does not. A
    dimension without words, such as age, maps to nothing; it too is asked only where it is there.
    """
    if not question.dimension:
        return question
    if question.options:
        kept = tuple(option for option in question.options if option.code in choices.get(question.dimension, {}))
        return replace(question, options=kept or question.options)
    if question.dimension not in choices:
        return None
    options = tuple(Option(code, word) for code, word in choices[question.dimension].items())
    return replace(question, options=options) if question.kind == "choice" else question
