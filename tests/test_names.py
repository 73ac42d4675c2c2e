"""Names of classes and constants, and docstrings of modules: one name means one thing, and each module says what it is."""

import ast
from collections import defaultdict

from tests.test_architecture import MODULES

DEMANDED_BY_DJANGO = {"Command", "Media", "Meta", "Migration"}
# A row of a calculator's working copy has the name of the part of the definition that it stores.
PARTS_AND_THEIR_ROWS = {"Case", "Note", "Output", "Question", "Step"}
PART_MODULES = ["calculators.definition.parts", "calculators.models.calculator_parts"]
BARE_WORDS = {
    "AGAIN",
    "ALIKE",
    "ALSO",
    "AROUND",
    "AWAY_FOR",
    "BATCH",
    "BOTH",
    "CERTAIN",
    "CHECKED",
    "CHUNK",
    "CONSIDERED",
    "ENOUGH",
    "EVERY",
    "FAR",
    "FAULTS",
    "FEW",
    "FEWEST",
    "FOLDER",
    "FRESH",
    "GONE",
    "HEARD",
    "HOLDS",
    "KEPT",
    "LAST",
    "LATE",
    "LENGTH",
    "LIMIT",
    "LONG",
    "LONGEST",
    "MAX_LENGTH",
    "MOST",
    "OVERLAP",
    "PATIENCE",
    "PAUSE",
    "PIECE",
    "QUICK",
    "QUIET",
    "READ",
    "SAID",
    "SAME",
    "SAMPLE",
    "SHORT",
    "SHORTEST",
    "SHOWN",
    "SIZE",
    "SLIGHT",
    "SMALL",
    "SOON",
    "STANDING",
    "STORED",
    "TIMEOUT",
    "TOLD",
    "TURN",
    "VALID",
    "WIDTH",
    "WORTH",
}
BARE_PREFIXES = ("FEWEST_", "LARGEST_", "LEAST_", "LONGEST_", "MOST_", "SHORTEST_", "SMALLEST_")
QUESTION_WORDS = {"How", "What", "Whatever", "When", "Where", "Whether", "Which", "Who", "Whom", "Whose", "Why"}


def trees():
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def constants(tree):
    """The names that a module assigns in capitals, in tuples too."""
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in tree.body if isinstance(node, ast.AnnAssign)]
    names = [node for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    return [node.id for node in names if node.id.isupper()]


def public_classes():
    """The modules that define each public class, by its name."""
    found = defaultdict(list)
    for module, tree in trees().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(module)
    return found


def is_one_thing(name, modules):
    return len(modules) == 1 or name in DEMANDED_BY_DJANGO or (name in PARTS_AND_THEIR_ROWS and modules == PART_MODULES)


def test_no_two_modules_define_a_public_class_of_the_same_name():
    several = {name: modules for name, modules in public_classes().items() if not is_one_thing(name, modules)}

    assert several == {}


def test_a_constant_carries_its_noun_and_unit():
    bare = {
        f"{module}.{name}"
        for module, tree in trees().items()
        for name in constants(tree)
        if name in BARE_WORDS or name.startswith(BARE_PREFIXES)
    }

    assert bare == set()


def test_every_module_has_a_docstring_that_opens_with_what_the_module_is():
    without = set()
    for module, tree in trees().items():
        docstring = ast.get_docstring(tree) or ""
        if tree.body and (not docstring or docstring.split()[0] in QUESTION_WORDS):
            without.add(module)

    assert without == set()
