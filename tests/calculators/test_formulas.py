from datetime import date
from decimal import Decimal

import pytest

from calculators.formulas import FUNCTIONS, FormulaError, Names, check, compile_formula, is_name
from calculators.money import grouped
from calculators.values import UNLIMITED, Band, Bands

INPATIENT = Bands(
    (
        Band(None, Decimal(30000), Decimal("0.85")),
        Band(Decimal(30000), Decimal(40000), Decimal("0.90")),
        Band(Decimal(40000), Decimal(100000), Decimal("0.95")),
    )
)
BY_PAYMENT = Bands((Band(Decimal(0), Decimal(20000), Decimal("0.9")), Band(Decimal(20000), None, Decimal("0.6"))))
AGE_BONUS = Bands((Band(Decimal(50), Decimal(60), Decimal(2)), Band(Decimal(60), Decimal(70), Decimal(4))))
VALUES = {
    "费用": Decimal(3000),
    "起付线": Decimal(1800),
    "支付比例": Decimal("0.9"),
    "封顶线": UNLIMITED,
    "身份": "在职",
    "各次费用": (Decimal(200), Decimal(80), Decimal(90)),
    "各自比例": (Decimal("0.1"), Decimal("0.2"), Decimal(0)),
    "无": (),
    "住院表": INPATIENT,
    "门诊表": BY_PAYMENT,
    "年龄加成": AGE_BONUS,
    "停保月": date(2026, 1, 1),
    "生日": date(1956, 7, 15),
    "已断缴": True,
}
UNITS = {"起付线": "元/年"}


def result(formula):
    return compile_formula(formula).evaluate(Names(VALUES, UNITS))


def failure(formula):
    with pytest.raises(FormulaError) as caught:
        result(formula)
    return str(caught.value)


def shown(formula):
    return compile_formula(formula).substituted(
        Names(VALUES, UNITS), lambda name, value: grouped(value) if isinstance(value, Decimal) else str(value)
    )


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


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("", "第 1 列：公式是空的。"),
        ("费用 ＋", "第 4 列：公式在“+”之后没有写完。"),
        ("费用 费用", "第 4 列：“费用”前面缺少运算符。"),
        ("（费用 − 1", "第 1 列：左括号没有对应的右括号。"),
        ("费用）", "第 3 列：右括号没有对应的左括号。"),
        ("费用 × × 2", "第 6 列：“×”之前缺少一个数或名称。"),
        ("1,800 + 费用", "第 1 列：数字里不要写千位分隔号；如果是两个数，请在逗号后面空一格。"),
        ("取大(费用，1,800)", "第 7 列：数字里不要写千位分隔号；如果是两个数，请在逗号后面空一格。"),
        ("费用，1", "第 3 列：逗号只能用在函数的括号里。"),
        ("取大()", "第 4 列：右括号之前缺少一个数或名称。"),
        ("费用%", "第 3 列：“%”只能写在数字后面。"),
        ("费用.real", "第 3 列：公式里不能用“.”。"),
        ("身份 = “在职", "第 6 列：引号没有成对。"),
        ("甲 = 非 乙", "第 5 列：“非”要写在括号里，例如 甲 =（非 乙）。"),
        ("起付县 + 1", "第 1 列：没有叫“起付县”的量。是不是“起付线”？"),
        ("四舍五入到元(1)", "第 1 列：没有叫“四舍五入到元”的函数。是不是“四舍五入到分”？"),
        ("限定(1, 2)", "第 1 列：括号里的参数个数不对，应写成 限定(数, 下限, 上限)。"),
        ("如果(是, 1, 否, 2)", "第 1 列：括号里的参数个数不对，应写成 如果(条件, 成立时, 否则)。"),
        ("有规定(1 + 2)", "第 1 列：第一个参数要直接写名称：有规定(参数)。"),
        ("费用 ÷ (起付线 − 1800)", "第 4 列：除数是 0，不能相除。"),
        ("如果(费用, 1, 2)", "第 1 列：这里要一个条件（是或否），不是一个数。"),
        ("费用 + 身份", "第 4 列：这里要一个数，不是“在职”。"),
        ("合计(费用)", "第 1 列：这里要一列数，不是一个数。"),
        ("加月(费用, 1)", "第 1 列：这里要一个日期或月份，不是一个数。"),
        ("加月(停保月, 0.5)", "第 1 列：这里要一个整数，不是 0.5。"),
        ("逐月(停保月, 121)", "第 1 列：一列最多 120 项，这里有 121 项。"),
        ("日期(2026, 2, 30)", "第 1 列：没有这一天。"),
        ("分段累计(费用, 1, 2)", "第 1 列：第一个参数要一张分段表，不是一个数。"),
        ("9999999999999 × 9999999999999", "第 15 列：算出来的数太大，请检查。"),
        ("9" * 31, "第 1 列：这个数太大或位数太多。"),
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


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("（费用 − 起付线）× 90%", "（3,000 − 1,800）× 90%"),
        ("费用 − (起付线 − 1)", "3,000 −（1,800 − 1）"),
        ("费用 ÷ (起付线 × 2)", "3,000 ÷（1,800 × 2）"),
        ("(费用 × 2) + 起付线", "3,000 × 2 + 1,800"),
        ("取小(费用, 封顶线)", "取小（3,000，不设限额）"),
        ("如果(身份 = “在职”, 费用 × 2, 没有这个)", "3,000 × 2"),
        ("如果(身份 = “退休”, 没有这个, 费用) + 1", "3,000 + 1"),
        ("分段累计(住院表, 1300, 50000)", "28,700 × 85% + 10,000 × 90% + 10,000 × 95%"),
        ("分段累计(住院表, 1300, 1000)", "0"),
        ("分段累计(住院表, 1300, 20000, 10%)", "18,700 × 75%"),
        ("按支付额分段(门诊表, 0, 1200) × 1", "1,200 × 90% × 1"),
        ("费用 ≥ 起付线 且 非 (费用 = 1)", "3,000 ≥ 1,800 且 非（3,000 = 1）"),
        ("费用 < 1 且 没有这个 > 2", "3,000 < 1"),
        ("费用 > 1 或 没有这个 > 2", "3,000 > 1"),
        ("1 < 费用 < 2000 < 没有这个", "1 < 3,000 < 2000"),
        ("单位(起付线)", "元/年"),
        ("上期(没有这个, 费用)", "3,000"),
        ("−费用", "−3,000"),
    ],
)
def test_the_numbers_are_put_in_as_a_reader_sees_them(formula, expected):
    assert shown(formula) == expected


def test_a_negative_number_stands_in_brackets():
    formula = compile_formula("甲 − 乙")

    text = formula.substituted(Names({"甲": Decimal(5), "乙": Decimal(-3)}), lambda name, value: str(value))

    assert text == "5 −（−3）"


KINDS = {
    "费用": "元",
    "起付线": "元",
    "比例甲": "比例",
    "降幅": "百分点",
    "月数": "数",
    "身份": "文字",
    "表": "分段表",
    "各次": "一列元",
    "停保月": "年月",
    "已断缴": "条件",
}


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("(费用 − 起付线) × 比例甲", "元"),
        ("费用 ÷ 起付线", "比例"),
        ("比例甲 − 降幅 ÷ 100", "比例"),
        ("1 − 比例甲", "比例"),
        ("取小(费用, 20000)", "元"),
        ("费用 × 月数", "元"),
        ("月数 × 12", "数"),
        ("费用 > 起付线", "条件"),
        ("如果(已断缴, 0, 费用)", "元"),
        ("分段累计(表, 起付线, 费用)", "元"),
        ("合计(各次)", "元"),
        ("逐月(停保月, 月数)", "一列年月"),
        ("上期(费用, 0)", "元"),
        ("单位(费用)", "文字"),
    ],
)
def test_the_kind_of_a_result_is_known_beforehand(formula, kind):
    assert check(compile_formula(formula), KINDS) == kind


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("费用 + 比例甲", "第 4 列：元和比例不能相加减。"),
        ("费用 × 起付线", "第 4 列：元和元不能相乘。"),
        ("比例甲 − 降幅", "第 5 列：百分点要先除以 100 才能和比例相加减。"),
        ("比例甲 ÷ 费用", "第 5 列：比例不能除以元。"),
        ("如果(费用, 1, 2)", "第 1 列：这里要一个条件（是或否），不是元。"),
        ("如果(已断缴, 费用, 身份)", "第 1 列：元和文字不能作同一步的两种结果。"),
        ("费用 > 比例甲", "第 4 列：元和比例不能相比。"),
        ("身份 > “在职”", "第 4 列：文字只能比是否相同，不能比大小。"),
        ("费用 且 已断缴", "第 4 列：这里要一个条件（是或否），不是元。"),
        ("取小(费用, 月数)", "第 1 列：元和数不能相比。"),
        ("合计(费用)", "第 1 列：这里要一列数，不是元。"),
        ("分段累计(费用, 0, 1)", "第 1 列：第一个参数要一张分段表，不是元。"),
        ("分段累计(表, 0, 费用, 降幅)", "第 1 列：百分点要先除以 100 才能和比例相减。"),
        ("−身份", "第 1 列：这里要一个数，不是文字。"),
        ("取大 × 2", "第 1 列：“取大”是函数，后面要写括号。"),
        ("起付县 × 2", "第 1 列：没有叫“起付县”的量。是不是“起付线”？"),
    ],
)
def test_kinds_that_do_not_go_together_are_found_without_values(formula, sentence):
    with pytest.raises(FormulaError) as caught:
        check(compile_formula(formula), KINDS)

    assert str(caught.value) == sentence


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
