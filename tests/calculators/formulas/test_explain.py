from decimal import Decimal

import pytest

from calculators.formulas import compile_formula
from tests.calculators.formulas.scopes import Names, shown


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
        ("合计(各次费用) × 2", "（200 + 80 + 90）× 2"),
        ("超出合计(各次费用, 80)", "（200 − 80）+ 0 +（90 − 80）"),
        ("对应相乘合计(各次费用, 各自比例)", "200 × 10% + 80 × 20% + 90 × 0%"),
        ("1 + 合计(无)", "1 + 0"),
        ("合计(十三个一)", f"合计（{'、'.join('1' * 13)}）"),
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
