from dataclasses import replace

import pytest

from calculators.definition.placeholders import fill
from calculators.definition.reference_kinds import check_references
from tests.calculators.definition.test_definition import SMALL


def problems_of(sentence):
    definition = replace(SMALL, outputs=(replace(SMALL.outputs[0], sentence=sentence),))
    return [problem.sentence for problem in check_references(definition, {}) if problem.field == "sentence"]


@pytest.mark.parametrize("text", ["报{基金支付}。", "报｛基金支付｝。", "报{基金支付｝。"])
def test_a_name_in_braces_of_either_keyboard_is_replaced(text):
    assert fill(text, {"基金支付": "1,080 元"}.get) == "报1,080 元。"
    assert problems_of(text) == []


@pytest.mark.parametrize("text", ["报{基金}。", "报｛基金｝。"])
def test_a_name_in_braces_that_is_no_step_is_a_problem(text):
    assert ["没有叫“基金”的问题或步骤" in problem for problem in problems_of(text)] == [True]


@pytest.mark.parametrize("text", ["报{基金支付", "报基金支付｝", "报｛｝元"])
def test_a_brace_that_is_left_over_is_a_problem(text):
    assert ["花括号要成对" in problem for problem in problems_of(text)] == [True]
