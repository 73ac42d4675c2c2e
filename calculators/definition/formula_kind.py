"""Kind of what a step computes: yuan, a ratio, a number. Its unit follows from it where the kind has only one."""

from calculators.definition.parts import Step
from calculators.definition.schema import Definition
from calculators.definition.validation import Parameters, known_kinds
from calculators.formulas import FormulaError, Kind, infer_kind


def kind_of_formula(definition: Definition, parameters: Parameters, step: Step) -> Kind | None:
    """None where the formula cannot be read."""
    try:
        return infer_kind(step.compiled, known_kinds(definition, parameters, step))
    except FormulaError:
        return None
