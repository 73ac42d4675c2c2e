from datetime import date
from decimal import Decimal

from calculators.question_answering.short_working import short_working
from calculators.worksheet import Line, Result, Scenario, Statement


def line(substituted, amount, unit="CNY", **more):
    return Line("名", "基金支付", "", lambda: substituted, amount, unit, **more)


def result(label, amount, part="", headline=False, unit="CNY"):
    return Result(label, label, Decimal(amount), unit, headline, part)


def in_one_line(lines, *results):
    outputs = {one.code: one for one in results}
    return short_working(Statement("110000", date(2026, 1, 1), tuple(lines), outputs))


def test_a_short_working_goes_on_from_amount_to_amount_and_ends_on_who_pays():
    steps = [line("取大（0，3,000 − 1,800）", Decimal(1200)), line("1,200 × 90%", Decimal(1080))]
    paid = [
        result("基金支付", 1080, "fund", headline=True),
        result("自付", 1900, "self"),
        result("自费", 20, "self_funded"),
    ]

    assert in_one_line(steps, *paid) == "3,000 − 1,800 = 1,200 元，× 90% = 报 1,080 元，自己付 1,920 元"


def test_a_short_working_leaves_out_what_its_result_does_not_need():
    steps = [line("7 × 7", Decimal(49)), line("28,700 × 85% + 10,000 × 90%", Decimal("33395"))]

    assert in_one_line(steps, result("基金支付", 33395, "fund"), result("自付", 5, "self")) == (
        "28,700 × 85% + 10,000 × 90% = 报 33,395 元，自己付 5 元"
    )


def test_a_short_working_of_several_payers_tells_each_step_once():
    steps = [
        line("500,000 − 490,000", Decimal(10000)),
        line("40,000 − 10,000", Decimal(30000)),
        line("30,000 × 60%", Decimal(18000)),
    ]
    paid = [result("基金", 10000, "fund"), result("大病", 18000, "supplement"), result("自付", 12000, "self")]

    assert in_one_line(steps, *paid) == (
        "500,000 − 490,000 = 报 10,000 元，40,000 − 10,000 = 30,000 元，× 60% = 大病保险再报 18,000 元，自己付 12,000 元"
    )


def test_a_short_working_tells_each_scenario_of_what_is_not_known_after_its_condition():
    each = [
        Scenario(
            ((("占比", text),)),
            {},
            Statement("110000", date(2026, 1, 1), (), {"a": result("等待", months, unit="months")}),
        )
        for text, months in (("半成", 4), ("三成", 3))
    ]
    merged = Statement("110000", date(2026, 1, 1), (), each[0].statement.outputs, scenarios=tuple(each))

    assert short_working(merged) == "占比：半成：等待 4 个月；占比：三成：等待 3 个月"


def test_a_headline_that_is_no_amount_is_its_sentence_in_a_short_working():
    enough = Result("enough", "够了", True, "boolean", True, sentence="年限够了")

    assert in_one_line([], enough, result("每月补缴", "672.66")) == "年限够了，每月补缴 672.66 元"


def test_nothing_paid_is_said_plainly_in_a_short_working():
    assert in_one_line([], result("基金支付", 0, "fund"), result("自付", 1500, "self")) == "报 0 元，自己付 1,500 元"


def test_a_short_working_of_months_says_the_headline_and_what_else_is_new():
    steps = [line("30 × 12", Decimal(360), "months"), line("360 − 312", Decimal(48), "months")]
    results = [
        result("缺口", 48, headline=True, unit="months"),
        result("累计缺口", 48, unit="months"),
        result("每月补缴", "672.66"),
    ]

    assert in_one_line(steps, *results) == "30 × 12 = 360 个月，− 312 = 缺口 48 个月，每月补缴 672.66 元"


def test_a_step_computed_round_by_round_gives_its_first_round_to_a_short_working():
    first = line("6.5% × 6,000", Decimal(390))
    rounds = line("", (Decimal(390),), "list:CNY", rounds=(first,))

    assert in_one_line([rounds], result("每月缴费", 390, headline=True)) == "6.5% × 6,000 = 每月缴费 390 元"
