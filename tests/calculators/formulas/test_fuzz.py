"""An editor's formula must never be able to take the site down."""

import tracemalloc
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from calculators.formulas import FUNCTIONS, FormulaError, compile_formula, infer_kind
from calculators.values.types import UNLIMITED, Band, Bands
from tests.calculators.call_count import calls
from tests.calculators.formulas.scopes import Names

MOST_CALLS = 40_000  # of Python functions: some 10 ms
MOST_BYTES = 50 * 2**20
VALUES = {
    "甲": Decimal("1234.56"),
    "乙": Decimal(0),
    "丙": "在职",
    "丁": True,
    "限": UNLIMITED,
    "月": date(2026, 1, 1),
    "列": tuple(Decimal(n) for n in range(120)),
    "表": Bands((Band(None, Decimal(100), Decimal("0.9")), Band(Decimal(100), None, Decimal("0.5")))),
}
KINDS = {"甲": "元", "乙": "数", "丙": "文字", "丁": "条件", "限": "元", "月": "年月", "列": "一列元", "表": "分段表"}
NASTY = [
    "9**9**9",
    "9^9^9",
    "__import__('os').system('true')",
    "().__class__.__bases__[0].__subclasses__()",
    "(lambda: 1)()",
    "[x for x in (1,)]",
    "{1: 2}",
    "f'{甲}'",
    '"甲" * 999999999',
    "甲.real",
    "甲[0]",
    "甲 if 丁 else 乙",
    "甲 := 3",
    "await 甲",
    "print(甲)",
    "open(“/etc/passwd”)",
    "eval(“1”)",
    "_0 + _1",
    "1e999999",
    "1_000",
    "0x10",
    "1j",
    "…",
    "甲;乙",
    "甲\n乙",
    "甲 # 乙",
    "\\",
    "\x00",
    "\ud800",
    "＿＿import＿＿(1)",
    "999999999999999" + " × 999999999999999" * 30,
    "0.000000000000000000000000001" + " × 0.000000000000000000000000001" * 30,
    "1" + " ÷ 3" * 50,
    "逐月(月, 999999999999999)",
    "加月(月, 999999999999999)",
    "日期(999999999999999, 1, 1)",
    "逐年(1, 999999999999999)",
    "(" * 1999,
    "-" * 1999 + "1",
    "非" * 1999,
    "取大(" * 300 + "1" + ")" * 300,
    "合计(列)+" * 45 + "1",
    "取大(列,列,列,列,列)+" * 30 + "1",
    "如果(丁," * 29 + "1" + ",2)" * 29,
    "甲=" * 100 + "甲",
    "“" * 1000,
    "且" * 1000,
    "𝟏𝟐𝟑 + ①",
    "İ + ﬁ",
]
SIGNS = ["+", "−", "×", "÷", "(", ")", "，", "、", "=", "≥", "且", "或", "非"]
CONSTANTS = ["是", "否", "不设限额", "1", "0", "0.005", "90%", "1.2万", "999999999999999", "“在职”", " "]
PIECES = st.sampled_from([*FUNCTIONS, *VALUES, *SIGNS, *CONSTANTS])


def run(text):
    """Everything that is ever done with a formula; only a FormulaError may come of it."""
    with suppress(FormulaError):
        formula = compile_formula(text)
        with suppress(FormulaError):
            infer_kind(formula, KINDS)
        formula.evaluate(Names(VALUES))
        formula.substituted(Names(VALUES), lambda name, value: str(value))


def effort(text):
    """The calls it takes from text to value or sentence."""
    compile_formula.cache_clear()
    return calls(lambda: run(text))


@pytest.mark.parametrize("text", NASTY, ids=[f"nasty-{number}" for number in range(len(NASTY))])
def test_a_nasty_formula_is_refused_or_computed_with_bounded_effort(text):
    assert effort(text) < MOST_CALLS


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_value_or_a_sentence(text):
    assert effort(text) < MOST_CALLS


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_row_of_words_and_signs_gives_a_value_or_a_sentence(text):
    assert effort(text) < MOST_CALLS


numbers = st.sampled_from(["甲", "乙", "限", "0", "3", "90%", "1.2万", "合计(列)", "分段累计(表, 0, 甲)"])
expressions = st.recursive(
    numbers,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["＋", "−", "×", "÷"]), inner).map(lambda parts: f"({''.join(parts)})"),
        st.tuples(inner, inner).map(lambda parts: f"取大({parts[0]}, {parts[1]})"),
        st.tuples(inner, inner, inner).map(lambda parts: f"如果({parts[0]} ≥ {parts[1]}, {parts[2]}, {parts[0]})"),
    ),
    max_leaves=40,
)


@given(expressions)
@settings(max_examples=300, deadline=None)
def test_any_well_formed_formula_takes_bounded_effort(text):
    assert effort(text) < MOST_CALLS


def test_the_heaviest_formula_stays_small():
    text = "+".join(["取大(列,列,列)"] * 58)
    compile_formula.cache_clear()
    tracemalloc.start()
    run(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < MOST_BYTES
