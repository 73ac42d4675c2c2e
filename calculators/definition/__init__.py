"""What a calculator is: questions, steps, outputs, notes and worked cases, as an editor writes them. No Django."""

from calculators.definition.checking import Problem, check_definition
from calculators.definition.offering import Choices, offered, offering
from calculators.definition.parts import (
    KINDS,
    LIST_KINDS,
    Case,
    Definition,
    Note,
    Option,
    Output,
    Question,
    Step,
)
from calculators.definition.written import DefinitionError, from_dict, from_toml, to_dict, to_toml

__all__ = [
    "KINDS",
    "LIST_KINDS",
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
    "check_definition",
    "from_dict",
    "from_toml",
    "offered",
    "offering",
    "to_dict",
    "to_toml",
]
