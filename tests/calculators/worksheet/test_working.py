from datetime import date
from decimal import Decimal

import pytest

from calculators.worksheet import Line, Result, Statement
from calculators.worksheet.working import MAX_SENTENCES, is_trivial, working_sentences

FUND = Result("fund_pay", "基金支付", Decimal(0), "CNY", headline=True, step="基金支付")


def line(substituted, amount, unit="CNY", name="基金支付", formula="1", **more):
    return Line(name, name, formula, lambda: substituted, amount, unit, **more)


def sentences(*lines):
    return working_sentences(Statement("110000", date(2026, 1, 1), tuple(lines), {"fund_pay": FUND}))


@pytest.mark.parametrize(
    ("substituted", "amount", "sentence"),
    [
        ("3,700 × 85%", "3145.00", "基金支付：3,700 × 85% = 3,145 元"),
        ("28,700 × 85% + 10,000 × 90%", "33395.5", "基金支付：28,700 × 85% + 10,000 × 90% = 33,395.5 元"),
        ("0 + 1,680 + 0 + 20 + 0", "1700", "基金支付：1,680 + 20 = 1,700 元"),
        ("2,900 × 2、2,000 中较小的", "2000", "基金支付：2,900 × 2、2,000 中较小的 = 2,000 元"),
        ("2,900 超过 2,000，按 2,000 算", "2000", "基金支付：2,900 超过 2,000，按 2,000 算"),
        ("1,900 没有超过 2,000，按 1,900 算", "1900", "基金支付：1,900 没有超过 2,000，按 1,900 算"),
        ("1,500 没有超过 1,800，按 0 算", "0", "基金支付：1,500 没有超过 1,800，按 0 算"),
    ],
)
def test_plain_arithmetic_is_a_sentence_of_the_working(substituted, amount, sentence):
    assert sentences(line(substituted, Decimal(amount))) == [sentence]


@pytest.mark.parametrize(
    "left_out",
    [
        line("5,000", Decimal(5000)),
        line("0 + 1,680 + 0", Decimal(1680)),
        line("5,000 − 5,000", Decimal(0)),
        line("0 没有超过 2,000，按 0 算", Decimal(0)),
        line("1 + 1", Decimal(2), "months"),
        line("1 + 1", Decimal(2), shown=False),
        line(" + ".join(["428.55"] * 12), Decimal("5142.60")),
        line("", (Decimal(1), Decimal(2)), "list:CNY"),
        line("1 + 1", Decimal(2), name="别的"),
    ],
)
def test_a_step_that_is_trivial_wordy_or_beside_the_headline_is_left_out_of_the_working(left_out):
    assert sentences(left_out) == []


def test_the_working_follows_the_headline_through_the_steps_it_reads_in_their_order():
    over = line("5,000 − 1,300", Decimal(3700), name="超过部分")
    fund = line("3,700 × 85%", Decimal(3145), formula="超过部分 × 85%")

    assert sentences(over, fund) == ["超过部分：5,000 − 1,300 = 3,700 元", "基金支付：3,700 × 85% = 3,145 元"]


def test_the_working_is_at_most_four_sentences_those_nearest_to_the_headline():
    steps = [line("1 + 1", Decimal(2), name=f"步{n}", formula=f"步{n + 1} + 1") for n in range(9, 0, -1)]
    fund = line("1 + 1", Decimal(2), formula="步1 + 1")

    assert [each.partition("：")[0] for each in sentences(*steps, fund)] == ["步3", "步2", "步1", "基金支付"]
    assert MAX_SENTENCES == 4


@pytest.mark.parametrize(
    ("step", "trivial"),
    [
        (line("5,000", Decimal(5000)), True),
        (line("0", Decimal(0)), True),
        (line("1,500 没有超过 1,800，按 0 算", Decimal(0)), True),
        (line("不设限额", "不设限额"), True),
        (line("5,000 − 1,300", Decimal(3700)), False),
        (line("85%", Decimal("0.85"), "ratio"), True),
        (line("75% + 10%", Decimal("0.85"), "ratio"), False),
    ],
)
def test_a_step_is_trivial_where_it_hands_on_an_amount_or_adds_nothing(step, trivial):
    assert is_trivial(step) is trivial
