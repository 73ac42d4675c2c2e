"""Definition of a calculator: questions, steps, outputs, notes and worked cases, as an editor writes them. No Django."""

from calculators.definition.answer_text import WrongAnswer
from calculators.definition.for_area import Choices, offered, offering
from calculators.definition.parts import (
    ANY_ANSWER,
    BETTER_DIRECTIONS,
    BOUND_FORMULA,
    CHART_PLACES,
    PICTURES,
    RESERVED_CODES,
    UNKNOWN_ANSWER,
    Case,
    Note,
    Option,
    Output,
    Question,
    Step,
)
from calculators.definition.phrasing import check_phrasing
from calculators.definition.question_kinds import AREA_KIND, DAY_KIND, QUESTION_KINDS
from calculators.definition.reference_kinds import check_references
from calculators.definition.schema import Definition
from calculators.definition.serialization import DefinitionError, from_dict, from_toml, to_dict, to_toml
from calculators.definition.validation import Problem, check_definition, problem_of

__all__ = [
    "ANY_ANSWER",
    "AREA_KIND",
    "BETTER_DIRECTIONS",
    "BOUND_FORMULA",
    "CHART_PLACES",
    "DAY_KIND",
    "PICTURES",
    "QUESTION_KINDS",
    "RESERVED_CODES",
    "UNKNOWN_ANSWER",
    "Case",
    "Choices",
    "Definition",
    "DefinitionError",
    "Note",
    "Option",
    "Output",
    "Problem",
    "Question",
    "Step",
    "WrongAnswer",
    "check_definition",
    "check_phrasing",
    "check_references",
    "from_dict",
    "from_toml",
    "offered",
    "offering",
    "problem_of",
    "to_dict",
    "to_toml",
]
