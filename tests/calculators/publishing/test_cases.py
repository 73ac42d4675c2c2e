from dataclasses import replace

import pytest

from calculators.definition import Case, Output, Step
from calculators.publishing.cases import run_case
from tests.calculators.held_rates import MemoryRates
from tests.calculators.worksheet.sheets import DAY, PLAIN, RATES, statement


def failures(definition, case, rates):
    return [str(failure) for failure in run_case(definition, case, {"110000": MemoryRates(rates)}).failures]


def failures_of(expected, **answers):
    return failures(PLAIN, Case("算例", DAY, "110000", answers, expected), RATES)


def test_a_case_that_holds_has_no_differences():
    assert (
        failures_of({"fund_pay": "1080", "self_pay": "1,920.00".replace(",", ""), "cap": "unlimited"}, eligible="3000")
        == []
    )


@pytest.mark.parametrize("typed", ["1,080", "1,080.00", "１０８０", "1080元", "0.108万", "1，080"])
def test_a_number_is_read_as_visitors_may_type_it(typed):
    assert failures_of({"fund_pay": typed}, eligible="3000") == []


@pytest.mark.parametrize("typed", ["1,081", "10,80", "1080、1080", "1080 或 1080"])
def test_another_number_is_not_what_was_computed(typed):
    assert failures_of({"fund_pay": typed}, eligible="3000") != []


def test_a_case_says_what_it_should_have_been_and_what_it_is():
    assert failures_of({"fund_pay": "1080.01"}) == [
        "算例“算例”：基金支付应为 1080.01，算得 1080.00（步骤“基金支付”）。"
    ]
    assert failures_of({"nothing": "1"}) == ["算例“算例”：nothing应为 1，却没有这项结果。"]


def test_a_case_with_wrong_answers_says_so():
    assert failures_of({"fund_pay": "1"}, eligible="-1") == [
        "算例“算例”：结果应为 fund_pay 1，没有结果：eligible：不能是负数。"
    ]


def test_a_case_can_expect_that_there_is_no_result():
    refused = Case("没有收录", DAY, "110000", {}, {"refused": "起付线"})

    assert failures(PLAIN, refused, {}) == []
    assert failures(PLAIN, replace(refused, expected={"refused": "封顶线"}), {}) == [
        "算例“没有收录”：结果应为 “封顶线”，没有结果：2025-07-01没有生效的“起付线”。"
    ]
    assert failures(PLAIN, refused, RATES) == ["算例“没有收录”：结果应为 没有（起付线），却算出了1,080 元。"]


def test_months_lists_and_yes_no_are_written_as_people_write_them():
    definition = replace(
        PLAIN,
        steps=(
            Step("各月", "逐月(日期, 2)", "list:month"),
            Step("无月", "逐月(日期, 0)", "list:month"),
            Step("成立", "费用 > 1", "boolean"),
        ),
        outputs=(Output("months", "各月"), Output("none", "无月"), Output("holds", "成立")),
        notes=(),
    )
    expected = {"months": "2025-07、2025-08", "none": "无", "holds": "是"}

    assert failures(definition, Case("甲", DAY, "110000", {}, expected), {}) == []
    assert statement(definition).outputs["months"].text == "2025年7月、2025年8月"
    assert statement(definition).outputs["months"].plain == ["2025-07", "2025-08"]


def test_a_case_can_expect_that_an_output_is_left_out():
    definition = replace(PLAIN, outputs=(Output("fund_pay", "基金支付"), Output("cap", "封顶", shown_if="费用 > 5000")))
    without = Case("甲", DAY, "110000", {"eligible": "3000"}, {"cap": "没有"})

    assert failures(definition, without, RATES) == []
    assert failures(definition, replace(without, answers={"eligible": "6000"}), RATES) == [
        "算例“甲”：封顶应为 没有，算得 不设限额（步骤“封顶”）。"
    ]
