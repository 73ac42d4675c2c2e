"""The map of the house: facts, then arithmetic, then prose, then pages. A room imports only rooms above it in HOUSE.

A new package, or a new module in an app's root, must be given a place here. Templates meet at tag libraries and are not seen.
"""

import ast
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = {
    "calculators": """
        colours addresses values common formulas definition typed_questions worksheet
        process_cache models policies sources publishing library
        widgets forms question_answering worked_examples preferences feeds templatetags
        views api urls admin_forms admin tasks management apps
    """,
    "articles": """
        rich_text text figures similarity
        models signals fields pictures related workflow pages renditions search import_export
        tags templatetags feeds api sitemaps tasks middleware
        views urls admin management apps
    """,
    "yibao_site": """
        formats secret_key environment settings middleware backends replica
        request_limits site_settings edge page_cache models demo views templatetags backup accounts
        admin_site monitoring background search_engines tasks
        admin urls wsgi processes management apps
    """,
}
ROOMS = [f"{app}.{name}" for app, names in HOUSE.items() for name in names.split()]
APPS = tuple(HOUSE)
WITHOUT_DJANGO = (
    "calculators.values",
    "calculators.formulas",
    "calculators.definition",
    "calculators.typed_questions",
    "calculators.worksheet",
)
NOT_YET_TYPED = {"calculators.typed_questions"}
MAX_ROOT_MODULES = 10
MAX_ROOM_MODULES = 16
MAX_ADMIN_MODULES = 22
MAX_FILE_LINES = 250


def python_files(*folders):
    """Every Python file below these folders but migrations, which Django writes."""
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def module_name(path):
    return ".".join(part for part in path.relative_to(ROOT).with_suffix("").parts if part != "__init__")


MODULES = {name: path for path in python_files(*APPS) if (name := module_name(path)) not in APPS}


def room(name):
    return ".".join(name.split(".")[:2])


def imports(path):
    """What a module imports, `from package import module` told as the module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in MODULES else node.module for name in names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "LazyModule":
            yield from (argument.value for argument in node.args)


@cache
def all_imports():
    return {name: {target for target in imports(path) if target != name} for name, path in MODULES.items()}


def test_every_room_has_a_place_in_the_map_and_every_place_a_room():
    assert {room(name) for name in MODULES} == set(ROOMS)
    assert [name for name, times in Counter(ROOMS).items() if times > 1] == []


@pytest.mark.parametrize("place", ROOMS)
def test_a_room_imports_only_rooms_above_it(place):
    above = {*ROOMS[: ROOMS.index(place)], place}
    targets = {target for name in MODULES if room(name) == place for target in all_imports()[name] if target in MODULES}

    assert {target for target in targets if room(target) not in above} == set()


def test_no_module_imports_itself_by_way_of_others(house_figure):
    left = {name: {target for target in targets if target in MODULES} for name, targets in all_imports().items()}
    while outside := [
        name for name in left if not left[name] & left.keys() or not any(name in t for t in left.values())
    ]:
        left = {name: targets for name, targets in left.items() if name not in outside}
    house_figure("import circles", len(left))

    assert sorted(left) == []


@pytest.mark.parametrize("place", WITHOUT_DJANGO)
def test_the_arithmetic_imports_nothing_of_django(place):
    assert {
        name
        for name in MODULES
        if room(name) == place and any(t.split(".")[0] == "django" for t in all_imports()[name])
    } == set()


def test_mypy_checks_the_rooms_without_django(house_figure):
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    checked = {folder.replace("/", ".") for folder in options["files"]}
    house_figure("rooms that mypy checks strictly (make lint)", len(checked))

    assert options["strict"]
    assert checked <= set(ROOMS)
    assert set(WITHOUT_DJANGO) - checked == NOT_YET_TYPED


@pytest.mark.parametrize("app", APPS)
def test_the_root_of_an_app_holds_ten_modules_at_most(app, house_figure):
    modules = [path.name for path in (ROOT / app).glob("*.py") if path.name != "__init__.py"]
    house_figure(f"modules in the root of {app}/", len(modules))

    assert len(modules) <= MAX_ROOT_MODULES, modules


def test_no_room_holds_more_modules_than_a_newcomer_reads(house_figure):
    widths = Counter(
        path.parent.relative_to(ROOT).as_posix() for path in MODULES.values() if path.name != "__init__.py"
    )
    admin = {folder: width for folder, width in widths.items() if folder.endswith("/admin")}
    other = {folder: width for folder, width in widths.items() if folder not in admin}
    house_figure("modules in the widest room", max(other.values()))
    house_figure("modules in the widest admin room", max(admin.values()))

    assert {folder: width for folder, width in other.items() if width > MAX_ROOM_MODULES} == {}
    assert {folder: width for folder, width in admin.items() if width > MAX_ADMIN_MODULES} == {}


def test_no_file_is_longer_than_what_is_read_in_one_sitting(house_figure):
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(*APPS, "tests")
    }
    long = {path: lines for path, lines in lengths.items() if lines > MAX_FILE_LINES}
    house_figure(f"Python files over {MAX_FILE_LINES} lines", len(long))

    assert long == {}


def test_a_module_of_ours_is_imported_under_its_own_name():
    renamed = [
        f"{path.relative_to(ROOT)}: {alias.name} as {alias.asname}"
        for path in python_files(*APPS, "tests")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname not in {None, alias.name} and f"{node.module}.{alias.name}" in MODULES
    ]

    assert renamed == []


def test_the_product_imports_nothing_of_its_tests():
    assert [
        (name, target) for name in MODULES for target in all_imports()[name] if target.split(".")[0] == "tests"
    ] == []


def test_the_model_alone_says_which_statuses_an_approved_article_has():
    """Others ask `Article.APPROVED_STATUSES`, `ArticleQuerySet.approved()` or `article.is_approved`."""
    assert [name for name, path in MODULES.items() if names_together(path, {"PUBLISHED", "SCHEDULED"})] == [
        "articles.models.article"
    ]


def names_together(path, names):
    """Whether a set, list, tuple or condition of this module names all of these constants, or their values."""
    groups = (ast.Set, ast.List, ast.Tuple, ast.BoolOp, ast.BinOp)
    nodes = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, groups)]
    return any(names <= set(constants(node)) for node in nodes)


def constants(node):
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute):
            yield part.attr
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value.upper()


def test_one_module_uses_the_word_segmenter_that_its_package_makes():
    """A dictionary of words takes 24 MB in every process."""
    using = [name for name in MODULES if "rjieba" in all_imports()[name]]

    assert using == ["articles.text.segment"]
    assert "Jieba(" not in MODULES["articles.text.segment"].read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MODULES.values(), ids=MODULES)
def test_a_page_key_is_made_by_the_vocabulary_alone(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    named = [
        call
        for call in calls
        if getattr(call.func, "attr", "") in {"depends_on", "invalidate", "PageKey", "ProcessCache"}
    ]
    written = (ast.Constant, ast.JoinedStr)

    assert [ast.unparse(call) for call in named if any(isinstance(argument, written) for argument in call.args)] == []
