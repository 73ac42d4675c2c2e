from datetime import date
from decimal import Decimal

import pytest

from calculators.question_answering.working import MAX_SENTENCES, working_sentences
from calculators.worksheet import Line, Statement


def line(substituted, amount, unit="CNY", **more):
    return Line("名", "基金支付", "", substituted, amount, unit, **more)


def sentences(*lines):
    return working_sentences(Statement("110000", date(2026, 1, 1), tuple(lines), {}))


@pytest.mark.parametrize(
    ("substituted", "amount", "sentence"),
    [
        ("3,700 × 85%", "3145.00", "基金支付：3,700 × 85% = 3,145 元"),
        ("取大（0，5,000 − 1,300）", "3700", "基金支付：5,000 − 1,300 = 3,700 元"),
        ("四舍五入到分（9,000 × 2%）", "180", "基金支付：9,000 × 2% = 180 元"),
        ("28,700 × 85% + 10,000 × 90%", "33395.5", "基金支付：28,700 × 85% + 10,000 × 90% = 33,395.5 元"),
    ],
)
def test_plain_arithmetic_is_a_sentence_of_the_working(substituted, amount, sentence):
    assert sentences(line(substituted, Decimal(amount))) == [sentence]


@pytest.mark.parametrize(
    "left_out",
    [
        line("3,145 + 0", Decimal(3145)),
        line("取大（0，1,300 − 0）", Decimal(1300)),
        line("取小（3,145，不设限额）", Decimal(3145)),
        line("5,000", Decimal(5000)),
        line("5,000 − 5,000", Decimal(0)),
        line("1 + 1", Decimal(2), "months"),
        line("1 + 1", Decimal(2), shown=False),
        line(" + ".join(["428.55"] * 12), Decimal("5142.60")),
        line("", (Decimal(1), Decimal(2)), "list:CNY"),
    ],
)
def test_a_trivial_or_wordy_step_is_left_out_of_the_working(left_out):
    assert sentences(left_out) == []


def test_the_working_is_at_most_four_sentences():
    assert len(sentences(*[line("1 + 1", Decimal(2))] * 9)) == MAX_SENTENCES
