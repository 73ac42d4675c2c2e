from datetime import date
from decimal import Decimal

import pytest

from calculators.formulas import FUNCTIONS, FormulaError, compile_formula, is_name
from calculators.values.types import UNLIMITED, Band, Bands
from tests.calculators.formulas.scopes import Names, failure, result


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("（费用 － 起付线）× 支付比例", "1080"),
        ("(费用-起付线)*支付比例", "1080"),
        ("费用 ÷ 4 ＋ １０", "760"),
        ("费用 × ９０％", "2700"),
        ("1.2万 + 0.5", "12000.5"),
        ("−费用 × 2", "-6000"),
        ("费用 − (起付线 − 800)", "2000"),
        ("2 + 3 × 4", "14"),
        ("0.1 + 0.2", "0.3"),
    ],
)
def test_arithmetic_is_exact_in_half_and_full_width(formula, expected):
    assert result(formula) == Decimal(expected)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("费用 ≥ 3000", True),
        ("费用 > 3000", False),
        ("费用 <= 2999", False),
        ("费用 ＝ 3000", True),
        ("费用 == 3000 且 费用 ≠ 3001", True),
        ("费用 <> 3000 或 已断缴", True),
        ("非 已断缴", False),
        ("非（费用 < 100）且 已断缴", True),
        ("0 < 费用 ≤ 3000", True),
        ("3000 < 费用 < 9000", False),
        ("身份 = “在职”", True),
        ("身份＝「退休」", False),
        ('身份 ≠ "退休"', True),
        ("是 或 否", True),
        ("费用>1且费用<5000", True),
        ("停保月 < 日期(2026, 2, 1)", True),
    ],
)
def test_comparisons_and_words(formula, expected):
    assert result(formula) is expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("取大(0, 费用 − 9000)", "0"),
        ("取小(费用, 起付线, 2000)", "1800"),
        ("取大(各次费用)", "200"),
        ("限定(5000, 6000, 9000)", "6000"),
        ("限定(9500, 6000, 9000)", "9000"),
        ("限定(7000, 6000, 9000)", "7000"),
        ("四舍五入到分(0.005)", "0.01"),
        ("四舍五入到分(0.0049)", "0"),
        ("四舍五入到分(-0.005)", "-0.01"),
        ("取整(3.99)", "3"),
        ("如果(费用 > 1000, 1, 2)", "1"),
        ("如果(费用 > 9000, 1, 费用 > 2000, 2, 3)", "2"),
        ("如果(费用 > 9000, 1, 费用 > 8000, 2, 3)", "3"),
        ("合计(各次费用)", "370"),
        ("合计(无)", "0"),
        ("项数(各次费用)", "3"),
        ("第几项(各次费用, 2)", "80"),
        ("第几项(各次费用, 4)", "0"),
        ("第几项(各次费用, 0)", "0"),
        ("末项(各次费用)", "90"),
        ("超出合计(各次费用, 90)", "110"),
        ("对应相乘合计(各次费用, 各自比例)", "36"),
        ("月数差(停保月, 日期(2026, 6, 30))", "5"),
        ("年份(停保月)", "2026"),
        ("月份(生日)", "7"),
        ("周岁(生日, 日期(2026, 7, 14))", "69"),
        ("周岁(生日, 日期(2026, 7, 15))", "70"),
        ("项数(逐月(停保月, 0))", "0"),
        ("项数(逐年(2025, 2032))", "8"),
        ("年份(末项(逐年(2025, 2032)))", "2032"),
    ],
)
def test_each_function(formula, expected):
    assert result(formula) == Decimal(expected)


def test_months_can_be_counted_on_and_back():
    assert result("加月(停保月, 13)") == date(2027, 2, 1)
    assert result("加月(停保月, -1)") == date(2025, 12, 1)
    assert result("年月(生日)") == date(1956, 7, 1)
    assert result("逐月(停保月, 2)") == (date(2026, 1, 1), date(2026, 2, 1))


def test_a_list_contains_its_elements_only():
    assert result("含(各次费用, 80)") is True
    assert result("含(各次费用, 81)") is False


def test_marginal_bands_start_at_the_deductible_and_stop_with_the_table():
    assert result("分段累计(住院表, 1300, 20000)") == Decimal("15895.00")
    assert result("分段累计(住院表, 1300, 50000)") == Decimal("42895.00")
    assert result("分段累计(住院表, 1300, 1300)") == 0
    assert result("分段累计(住院表, 1300, 50000, 10%)") == Decimal("38025.00")
    assert result("分段累计(住院表, 0, 50000, 0.92)") == Decimal(300)
    assert result("分段累计(住院表, 1300, 100000)") == result("分段累计(住院表, 1300, 200000)")


def test_bands_on_what_the_fund_paid_are_used_up_by_payment():
    assert result("按支付额分段(门诊表, 0, 1200)") == Decimal("1080.0")
    assert result("按支付额分段(门诊表, 19991, 110)") == Decimal("69")
    assert result("按支付额分段(门诊表, 20000, 100)") == Decimal(60)


def test_a_table_is_looked_up_by_its_lower_bounds():
    assert [result(f"查表(年龄加成, {age})") for age in (49, 50, 59, 60, 70)] == [0, 2, 2, 4, 0]


def test_a_table_of_published_ranges_cannot_be_computed():
    ranges = Bands((Band(Decimal(0), None, Decimal("0.4"), Decimal("0.6")),))

    with pytest.raises(FormulaError, match="只公布了比例区间"):
        compile_formula("分段累计(表, 0, 10)").evaluate(Names({"表": ranges}))


def test_unlimited_is_above_every_amount():
    assert result("取小(费用, 封顶线)") == Decimal(3000)
    assert result("取大(费用, 封顶线)") is UNLIMITED
    assert result("封顶线 − 费用") is UNLIMITED
    assert result("费用 < 封顶线") is True
    assert result("费用 ≥ 封顶线") is False
    assert result("不设限额(封顶线)") is True
    assert result("不设限额(费用)") is False


def test_unlimited_cannot_be_multiplied_or_taken_away():
    assert "不设限额" in failure("封顶线 × 2")
    assert "不设限额" in failure("费用 − 封顶线")


def test_only_the_branch_taken_is_looked_at():
    assert result("如果(有规定(费用), 费用, 没有这个)") == Decimal(3000)
    assert result("如果(有规定(没有这个), 没有这个, 7)") == Decimal(7)
    assert result("费用 > 1 或 没有这个 > 1") is True


def test_a_unit_is_compared_as_it_is_written():
    assert result("单位(起付线) = “元/年”") is True


def test_rounds_read_the_one_before():
    assert result("上期(费用, 0)") == Decimal(3000)
    assert result("上期(尚未算出, 100)") == Decimal(100)


def test_a_formula_tells_which_names_it_reads():
    assert compile_formula("如果(有规定(甲), 甲, 乙) × 丙").names == ("甲", "乙", "丙")


def test_names_leave_out_reserved_words():
    assert is_name("职工门诊起付线")
    assert not is_name("起付线（年）")
    assert not is_name("住院且门诊")
    assert not is_name("是")
    assert not is_name("2024年")


def test_a_function_is_one_only_before_a_bracket():
    assert compile_formula("日期(年份, 1, 1)").evaluate(Names({"年份": Decimal(2026)})) == date(2026, 1, 1)


def test_every_function_says_how_it_is_written():
    assert all(
        function.usage.startswith(f"{name}(") and function.help.endswith("。") for name, function in FUNCTIONS.items()
    )


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("连写(“0 到 ”, 6, “ 个月，当地定”)", "0 到 6 个月，当地定"),
        ("连写(12345, “ 元”)", "12,345 元"),
    ],
)
def test_texts_and_numbers_are_joined_to_a_sentence(formula, text):
    assert result(formula) == text


def test_a_condition_is_no_piece_of_a_sentence():
    with pytest.raises(FormulaError, match="这里要文字或数"):
        result("连写(“甲”, 是)")
