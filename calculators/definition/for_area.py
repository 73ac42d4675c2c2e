"""The same calculator as one area can answer it: only the questions and choices its values distinguish."""

from collections.abc import Mapping
from dataclasses import replace

from calculators.definition.parts import Option, Question
from calculators.definition.schema import Definition

Choices = Mapping[str, Mapping[str, str]]


def offering(definition: Definition, choices: Choices) -> Definition:
    """The questions `offered` leaves, with the choices it leaves them."""
    questions = (offered(question, choices) for question in definition.questions)
    return replace(definition, questions=tuple(question for question in questions if question is not None))


def offered(question: Question, choices: Choices) -> Question | None:
    """The question with the area's choices, or None where it is not asked.

    `choices` maps each dimension the area's values distinguish to its codes and their words. A
    question that leaves its options to the area is asked only if the area has some; one that lists
    its own always is. A dimension without words, such as age, maps to nothing; it too is asked only
    where it is there.
    """
    if not question.dimension or question.options:
        return question
    if question.dimension not in choices:
        return None
    options = tuple(Option(code, word) for code, word in choices[question.dimension].items())
    return replace(question, options=options) if question.question_kind.has_options else question
