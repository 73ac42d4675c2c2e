from dataclasses import replace

import pytest

from calculators.formulas.functions import FUNCTIONS
from tests.calculators.formulas.scopes import failure, result


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("", "第 1 个字：公式是空的。"),
        ("费用 ＋", "第 4 个字：公式在“+”之后没有写完。"),
        ("费用 费用", "第 4 个字：“费用”前面缺少运算符。"),
        ("（费用 − 1", "第 1 个字：左括号没有对应的右括号。"),
        ("费用）", "第 3 个字：右括号没有对应的左括号。"),
        ("费用 × × 2", "第 6 个字：“×”之前缺少一个数或名称。"),
        ("1,800 + 费用", "第 1 个字：数字里不要写千位分隔号；如果是两个数，请在逗号后面空一格。"),
        ("取大(费用，1,800)", "第 7 个字：数字里不要写千位分隔号；如果是两个数，请在逗号后面空一格。"),
        ("费用，1", "第 3 个字：逗号只能用在函数的括号里。"),
        ("取大()", "第 4 个字：右括号之前缺少一个数或名称。"),
        ("费用%", "第 3 个字：“%”只能写在数字后面。"),
        ("费用.real", "第 3 个字：公式里不能用“.”。"),
        ("身份 = “在职", "第 6 个字：引号没有成对。"),
        ("甲 = 非 乙", "第 5 个字：“非”要写在括号里，例如 甲 =（非 乙）。"),
        ("起付县 + 1", "第 1 个字：没有叫“起付县”的量。是不是“起付线”？"),
        ("四舍五入到元(1)", "第 1 个字：没有叫“四舍五入到元”的函数。是不是“四舍五入到分”？"),
        ("限定(1, 2)", "第 1 个字：括号里的参数个数不对，应写成 限定(数, 下限, 上限)。"),
        ("如果(是, 1, 否, 2)", "第 1 个字：括号里的参数个数不对，应写成 如果(条件, 成立时, 否则)。"),
        ("有规定(1 + 2)", "第 1 个字：第一个参数要直接写名称：有规定(参数)。"),
        ("费用 ÷ (起付线 − 1800)", "第 4 个字：除数是 0，不能相除。"),
        ("如果(费用, 1, 2)", "第 1 个字：这里要一个条件（是或否），不是一个数。"),
        ("四舍五入到分(身份)", "第 1 个字：这里要一个数，不是“在职”。"),
        ("费用 + 身份", "第 4 个字：这里要一个数，不是“在职”。"),
        ("合计(费用)", "第 1 个字：这里要一列数，不是一个数。"),
        ("加月(费用, 1)", "第 1 个字：这里要一个日期或月份，不是一个数。"),
        ("加月(停保月, 0.5)", "第 1 个字：这里要一个整数，不是 0.5。"),
        ("逐月(停保月, 121)", "第 1 个字：一列最多 120 项，这里有 121 项。"),
        ("日期(2026, 2, 30)", "第 1 个字：没有这一天。"),
        ("分段累计(费用, 1, 2)", "第 1 个字：第一个参数要一张分段表，不是一个数。"),
        ("9999999999999 × 9999999999999", "第 15 个字：算出来的数太大，请检查。"),
        ("9" * 31, "第 1 个字：这个数太大或位数太多。"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(formula, sentence):
    assert failure(formula) == sentence


def test_length_nodes_and_depth_are_bounded():
    assert "公式太长" in failure("1+" * 1500 + "1")
    assert "公式太复杂" in failure("1+" * 400 + "1")
    assert "公式太复杂" in failure("1+" * 70 + "1")
    assert "括号套得太深" in failure("(" * 31 + "1" + ")" * 31)
    assert result("(" * 30 + "1" + ")" * 30) == 1


def test_a_fault_in_a_function_is_not_taken_for_a_wrong_argument(monkeypatch):
    def faulty(amount):
        raise AttributeError("'NoneType' object has no attribute 'quantize'")

    monkeypatch.setitem(FUNCTIONS, "取整", replace(FUNCTIONS["取整"], apply=faulty))
    with pytest.raises(AttributeError, match="quantize"):
        result("取整(1)")
