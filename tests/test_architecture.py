"""Facts, then arithmetic, then prose, then pages: each layer imports only what stands before it.

A new module must be given a place in LAYERS. Templates meet at one named tag and are not seen here.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = ("calculators", "articles", "yibao_site")
LAYERS = [
    # arithmetic, without Django
    "calculators.money",
    "calculators.values",
    "calculators.units",
    "calculators.circumstances",
    "calculators.vocabulary",
    "calculators.written",
    "calculators.tables",
    "calculators.typed_figures",
    "calculators.fetching",
    "calculators.page_text",
    "calculators.formulas",
    "calculators.definition",
    "calculators.rates",
    "calculators.questions",
    "calculators.question_checks",
    "calculators.answers",
    "calculators.worksheet",
    "calculators.receipts",
    "calculators.alternatives",
    # facts, and the pages on them
    "calculators.models",
    "calculators.made_of",
    "calculators.policies",
    "calculators.outliers",
    "calculators.resources",
    "calculators.trials",
    "calculators.page_check",
    "calculators.publishing",
    "calculators.library",
    "calculators.standing",
    "calculators.changed_on",
    "calculators.coverage",
    "calculators.grid",
    "calculators.readings",
    "calculators.source_watch",
    "calculators.impact",
    "calculators.remembered",
    "calculators.limits",
    "calculators.forms",
    "calculators.json_ld",
    "calculators.choice",
    "calculators.reporting",
    "calculators.feeds",
    "calculators.templatetags",
    "calculators.views",
    "calculators.api",
    "calculators.urls",
    "calculators.admin",
    "calculators.tasks",
    "calculators.apps",
    # prose
    "articles.text",
    "articles.semantics",
    "articles.similarity",
    "articles.rich_text",
    "articles.references",
    "articles.models",
    "articles.vectors",
    "articles.related",
    "articles.figures",
    "articles.style_check",
    "articles.listing",
    "articles.nearby",
    "articles.touched",
    "articles.search",
    "articles.pictures",
    "articles.fitting",
    "articles.parts",
    "articles.outdating",
    "articles.glossary",
    "articles.pages",
    "articles.structured",
    "articles.cards",
    "articles.content",
    "articles.workflow",
    "articles.markdown",
    "articles.front_matter",
    "articles.importing",
    "articles.demo_loading",
    "articles.transfer",
    "articles.timetable",
    "articles.tasks",
    "articles.compare",
    "articles.conflicts",
    "articles.tags",
    "articles.worklist",
    "articles.forms",
    "articles.templatetags",
    "articles.useful",
    "articles.feedback",
    "articles.reference_pages",
    "articles.feeds",
    "articles.sitemaps",
    "articles.preview",
    "articles.redirects",
    "articles.media",
    "articles.views",
    "articles.urls",
    "articles.admin",
    "articles.apps",
    # the site
    "yibao_site",
]
NO_DJANGO = LAYERS[: LAYERS.index("calculators.models")]
OUTSIDE = ("migrations", "management")


def modules():
    """Every module of the three apps with its file, migrations and commands left out."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if not set(parts) & set(OUTSIDE):
                name = ".".join(part for part in parts if part != "__init__")
                if name not in APPS:
                    yield name, path


def layer(name):
    """The place of a module: that of the longest entry it is or stands below."""
    places = [entry for entry in LAYERS if name == entry or name.startswith(f"{entry}.")]
    return LAYERS.index(max(places, key=len)) if places else None


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_every_module_has_a_place():
    assert [name for name, _ in modules() if layer(name) is None] == []


def test_every_place_has_a_module():
    names = {name for name, _ in modules()}

    assert [entry for entry in LAYERS if not any(name == entry or name.startswith(f"{entry}.") for name in names)] == []


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=[name for name, _ in modules()])
def test_a_module_imports_only_what_stands_before_it(name, path):
    later = {target for target in imports(path) if target.split(".")[0] in APPS and (layer(target) or 0) > layer(name)}

    assert later == set()


@pytest.mark.parametrize("entry", NO_DJANGO)
def test_the_arithmetic_knows_nothing_of_django(entry):
    found = [
        target
        for name, path in modules()
        if name == entry or name.startswith(f"{entry}.")
        for target in imports(path)
        if target.split(".")[0] == "django"
    ]

    assert found == []


def test_the_product_imports_nothing_of_its_tests():
    found = [(name, target) for name, path in modules() for target in imports(path) if target.split(".")[0] == "tests"]

    assert found == []


def test_one_module_makes_the_word_segmenter():
    """A segmenter takes 24 MB, in every process."""
    assert [name for name, path in modules() if "rjieba" in imports(path)] == ["articles.text.segment"]


@pytest.mark.parametrize("path", [path for _, path in modules()], ids=[name for name, _ in modules()])
def test_no_file_grows_beyond_what_is_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
