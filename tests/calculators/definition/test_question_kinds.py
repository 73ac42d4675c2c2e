"""The table of question kinds is complete, and nothing but the table tells kinds apart."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from calculators.definition import QUESTION_KINDS, Question, WrongAnswer
from calculators.values.units import RESULT_UNITS, show, unit_of_elements
from calculators.widgets import CONTROLS
from calculators.worksheet.parsing import read_answer
from calculators.worksheet.question_checks import wrong_texts
from tests.calculators.definition.kind_examples import EXAMPLES, HIGHER, PLANTED, every_kind, question_of
from tests.calculators.factories import DAY

APP = Path(__file__).parents[3] / "calculators"
TABLE = APP / "definition" / "question_kinds.py"


def test_every_kind_has_an_example_here():
    assert EXAMPLES.keys() == {*QUESTION_KINDS, PLANTED}


@every_kind
def test_every_column_of_a_kind_names_something_that_exists(code):
    kind = QUESTION_KINDS[code]

    assert kind.label
    assert unit_of_elements(kind.unit) in RESULT_UNITS
    assert kind.control in CONTROLS
    assert "type" not in kind.json_schema
    assert kind.bounds is None or not kind.is_selected
    assert kind.empty == () if kind.unit.startswith("list:") else kind.empty is None or kind.empty == 0


def test_no_two_kinds_have_the_same_label():
    assert len({kind.label for kind in QUESTION_KINDS.values()}) == len(QUESTION_KINDS)


def test_every_control_is_that_of_some_kind():
    assert {kind.control for kind in QUESTION_KINDS.values()} == CONTROLS.keys()


@every_kind
def test_an_answer_of_a_kind_is_read_and_shown_in_its_unit(code):
    question, (typed, value, _) = question_of(code), EXAMPLES[code]

    assert read_answer(question, typed)[0] == value
    assert show(value, question.answer_unit)


@every_kind
def test_a_blank_answer_to_an_optional_question_counts_as_what_its_kind_says(code):
    assert read_answer(replace(question_of(code), optional=True), "") == (QUESTION_KINDS[code].empty, None)


@every_kind
def test_every_other_answer_that_a_kind_proposes_is_an_answer_of_the_kind(code):
    question, (_, value, _) = question_of(code), EXAMPLES[code]

    for typed, shown in QUESTION_KINDS[code].others(question, value):
        assert shown
        assert read_answer(question, typed)[0] != value


@every_kind
def test_a_bound_of_a_kind_is_read_kept_and_spelled_as_it_can_be_typed(code):
    bounds, question, (typed, value, _) = QUESTION_KINDS[code].bounds, question_of(code), EXAMPLES[code]
    if bounds is None:
        assert wrong_texts(replace(question, minimum=typed), DAY) == {"minimum": "这种问题没有最小和最大，请留空。"}
        return
    least = value[0] if isinstance(value, tuple) else value
    spelled = bounds.spell(question, least)

    assert bounds.read(question, spelled)[0] == least
    with pytest.raises(WrongAnswer, match=f"于 {re.escape(spelled)}。"):
        read_answer(replace(question, maximum=spelled), HIGHER[code])


@pytest.mark.parametrize(
    ("code", "maximum", "typed", "sentence"),
    [
        ("money", "", "-1", "不能是负数。"),
        ("moneys", "", "1、-1", "不能是负数。"),
        ("count", "", "-1", "不能是负数。"),
        ("money", "", "10000000.01", "不能大于 10,000,000 元。"),
        ("moneys", "", "10000000.01", "不能大于 10,000,000 元。"),
        ("money", "20000000", "20000000.01", "不能大于 20,000,000 元。"),
        ("date", "今日", "2026-11-02", "不能晚于 2026-11-01。"),
        ("month", "今日", "2026-12", "不能晚于 2026-11。"),
        ("month", "明年今日", "2027-12", "不能晚于 2027-11。"),
    ],
)
def test_an_answer_is_bounded_by_its_kind_where_the_question_names_no_bound_or_today(code, maximum, typed, sentence):
    with pytest.raises(WrongAnswer, match=f"^{re.escape(sentence)}$"):
        read_answer(Question("extra", "附加", code, maximum=maximum), typed, DAY)


def test_only_the_table_tells_kinds_apart():
    """A new kind is a row and its functions; whoever compares a kind by its code must be changed for each new one."""
    elsewhere = {path for path in APP.rglob("*.py") if "migrations" not in path.parts} - {TABLE}

    assert [(path.relative_to(APP).as_posix(), line) for path in sorted(elsewhere) for line in branches(path)] == []


def branches(path):
    """The lines that compare a `kind` with the code of a question's kind, or look a question's kind up elsewhere."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare) and is_kind(node.left) and codes_in(node.comparators) & QUESTION_KINDS.keys():
            yield node.lineno
        if "question.kind" in map(ast.unparse, keys_of(node)) and "QUESTION_KINDS" not in ast.unparse(node):
            yield node.lineno


def is_kind(node):
    return isinstance(node, ast.Attribute) and node.attr == "kind"


def codes_in(nodes):
    return {word.value for node in nodes for word in ast.walk(node) if isinstance(word, ast.Constant)}


def keys_of(node):
    """What a subscript or a call of .get() looks up."""
    if isinstance(node, ast.Subscript):
        return [node.slice]
    is_get = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get"
    return node.args[:1] if is_get else []
