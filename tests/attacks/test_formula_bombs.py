"""Formulas made to cost: what would take the processor for minutes is computed or refused in a moment."""

from contextlib import suppress

import pytest

from calculators.formulas import FormulaError, compile_formula
from tests.attacks.processor_time import seconds_of_processor
from tests.calculators.formulas.scopes import Names

FORMULAS = {
    "深括号": "(" * 5000 + "1" + ")" * 5000,
    "只开不关": "(" * 100_000,
    "深嵌套函数": "取大(" * 3000 + "1" + ")" * 3000,
    "长加法": "+".join(["1"] * 100_000),
    "一串负号": "-" * 100_000 + "1",
    "大数字": "9" * 100_000,
    "连乘": "×".join(["99999999999999999999"] * 400),
    "小数位": "1." + "3" * 50_000,
    "连除": "1" + "÷3" * 5000,
    "零除": "1 ÷ 0",
    "长名字": "医" * 100_000,
    "乱码": "".join(map(chr, range(1, 3000))),
    "Python": "__import__('os').system('id')",
    "属性": "费用.__class__.__mro__",
    "推导式": "[i for i in range(10**9)]",
    "幂": "9**9**9**9",
    "科学记数": "1e999999999",
    "空字符": "1\x00+1",
    "全角": "（" * 2000 + "１" + "）" * 2000,
    "比较链": "<".join(["1"] * 5000),
}


@pytest.mark.parametrize("text", FORMULAS.values(), ids=FORMULAS)
def test_no_formula_costs_more_than_a_moment(text, tried):
    with seconds_of_processor(2), suppress(FormulaError):
        compile_formula(text).evaluate(Names({}))
    tried("公式炸弹", f"{len(FORMULAS)} 种", "两秒之内算完，或说出哪里不对")
