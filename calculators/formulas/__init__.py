"""Formula language: compile a formula, infer its kind, evaluate it, show it with its numbers, report errors with columns.

    compile_formula("（费用 − 起付线）× 支付比例").evaluate(scope)  # a Scope gives each name its value

Names are Chinese words; full-width signs （）×÷，、＝≥≤ count as their half-width forms. A formula can
do arithmetic, compare, choose and call the functions in FUNCTIONS, and nothing else; its length,
depth, steps and digits are bounded.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from calculators.formulas.errors import FormulaError, unknown
from calculators.formulas.evaluate import evaluate
from calculators.formulas.explain import substituted
from calculators.formulas.functions import FUNCTIONS
from calculators.formulas.lexer import RESERVED_CHARACTERS
from calculators.formulas.nodes import Call, Name, Node, Scope, walk
from calculators.formulas.parser import CONSTANT_VALUES, parse
from calculators.formulas.type_check import infer
from calculators.formulas.types import Kind, kind_of
from calculators.values.types import Value

__all__ = [
    "FUNCTIONS",
    "Formula",
    "FormulaError",
    "Kind",
    "Scope",
    "Value",
    "compile_formula",
    "infer_kind",
    "is_name",
    "kind_of",
    "unknown",
]


@dataclass(frozen=True)
class Formula:
    """A compiled formula. `names` are all names in it, in order; `effort` is its cost in nodes."""

    text: str
    node: Node
    names: tuple[str, ...]
    effort: int

    def evaluate(self, scope: Scope) -> Value:
        """Value of the formula; raises FormulaError, or what the scope raises for a name."""
        return evaluate(self.node, scope)

    def substituted(self, scope: Scope, show: Callable[[str, Value], str]) -> str:
        """The formula with the numbers put in, each as `show(name, value)` writes it."""
        return substituted(self.node, scope, show)

    def firsts(self, function: str) -> Counter[str]:
        """How often each name is the first argument of `function`."""
        calls = [node for node in walk(self.node) if isinstance(node, Call) and node.function == function]
        return Counter(call.arguments[0].name for call in calls if isinstance(call.arguments[0], Name))

    def only_within(self, function: str) -> frozenset[str]:
        """The names that occur nowhere but as the first argument of `function`."""
        mentioned = Counter(node.name for node in walk(self.node) if isinstance(node, Name))
        return frozenset(name for name, count in self.firsts(function).items() if mentioned[name] == count)


@lru_cache(maxsize=512)
def compile_formula(text: str) -> Formula:
    """Parse a formula; raises FormulaError with the column."""
    node = parse(text)
    nodes = list(walk(node))
    names = dict.fromkeys(part.name for part in nodes if isinstance(part, Name))
    return Formula(text, node, tuple(names), sum(_effort(part) for part in nodes))


def _effort(node: Node) -> int:
    return FUNCTIONS[node.function].effort * len(node.arguments) if isinstance(node, Call) else 1


def infer_kind(formula: Formula, known: Mapping[str, Kind]) -> Kind:
    """The kind of its result (元, 比例, 条件 …); `known` maps names to kinds. Raises FormulaError."""
    return infer(formula.node, known)


def is_name(text: str) -> bool:
    """Whether `text` can stand in a formula as the name of a question, a step or a parameter."""
    return text.isidentifier() and not any(word in text for word in RESERVED_CHARACTERS) and text not in CONSTANT_VALUES
