from dataclasses import replace

import pytest

from calculators.definition import Case, Step
from calculators.library.loading import LIBRARY_FOLDER, load_calculators
from calculators.models import Calculator
from calculators.publishing.gate import PublishingBlocked, inspect_definition, publish, withdraw
from tests.calculators.factories import DAY, DEDUCTIBLE, MATERNITY, stored, wrong

pytestmark = pytest.mark.django_db


def test_a_calculator_whose_cases_hold_goes_live(staff):
    calculator = stored()
    publish(calculator, by=staff("主编"))

    live = Calculator.objects.live().get(code="maternity_allowance")
    assert live.published() == MATERNITY
    assert live.live_since is not None
    assert (live.history.first().history_user.username, live.history.first().history_change_reason) == ("staff", "发布")


def test_a_case_that_does_not_hold_blocks_and_says_where_to_look():
    calculator = stored(wrong())

    with pytest.raises(PublishingBlocked) as blocked:
        publish(calculator, by=None)

    [failure] = blocked.value.report.failures
    assert (failure.case, failure.expected, failure.got) == ("整月基数，98 天", "1.00", "算得 29400.00")
    assert failure.step == "生育津贴总额"
    assert not Calculator.objects.live().filter(code="maternity_allowance").exists()


def test_a_written_reason_lets_a_failing_case_pass_and_the_history_keeps_it(staff):
    calculator = stored(wrong())
    publish(calculator, by=staff("主编"), reason="新政策文件已到，算例下周更新")

    assert calculator.history.first().history_change_reason == (
        "发布，尽管 1 个算例不成立：新政策文件已到，算例下周更新"
    )


def test_a_blank_reason_is_none():
    with pytest.raises(PublishingBlocked):
        publish(stored(wrong()), by=None, reason="  ")


def test_without_cases_nothing_goes_live_whatever_the_reason():
    with pytest.raises(PublishingBlocked, match="还没有算例"):
        publish(stored(cases=()), by=None, reason="很急")


def test_a_problem_in_the_definition_is_not_overridden_by_a_reason():
    broken = stored(steps=(Step("生育津贴总额", "缴费基数 ÷ 30 × 产假天", "CNY"),))

    with pytest.raises(PublishingBlocked, match="是不是“产假天数”") as blocked:
        publish(broken, by=None, reason="很急")

    assert blocked.value.report.problems[0].column > 0


def test_a_case_may_expect_to_be_refused():
    refused = Case(
        "天数超过一年", DAY, "110000", {"contribution_base": "1", "leave_days": "366"}, {"refused": "不能大于"}
    )
    answered = Case("能算出来", DAY, "110000", {"contribution_base": "1", "leave_days": "1"}, {"refused": "不能大于"})

    assert inspect_definition(replace(MATERNITY, cases=(refused,))).holds
    assert str(inspect_definition(replace(MATERNITY, cases=(answered,))).failures[0]) == (
        "算例“能算出来”：结果应为 没有（不能大于），却算出了0.03 元。"
    )


def test_a_case_in_an_area_that_is_not_recorded_says_so():
    nowhere = replace(DEDUCTIBLE, cases=(replace(DEDUCTIBLE.cases[0], area="999999"),))

    assert "还没有选择参保地" in str(inspect_definition(nowhere).failures[0])


def test_running_more_cases_takes_no_more_queries(django_assert_num_queries):
    many = replace(DEDUCTIBLE, cases=DEDUCTIBLE.cases * 10)

    for definition in (DEDUCTIBLE, many):
        with django_assert_num_queries(5):
            assert inspect_definition(definition).holds


def test_a_withdrawn_calculator_is_gone_and_its_working_copy_stays(staff):
    calculator = stored()
    publish(calculator, by=None)
    withdraw(calculator, by=staff("主编"), reason="政策停止执行")

    assert not Calculator.objects.live().filter(code="maternity_allowance").exists()
    assert calculator.definition() == MATERNITY
    assert calculator.history.first().history_change_reason == "撤下：政策停止执行"


def test_a_working_copy_is_ahead_once_it_says_something_else():
    calculator = stored()
    publish(calculator, by=None)
    assert not calculator.is_ahead

    calculator.store(wrong())

    assert calculator.is_ahead


def test_the_sentences_on_a_case_without_a_result_end_with_one_full_stop():
    untyped = replace(MATERNITY, cases=(replace(MATERNITY.cases[0], answers={}),))
    [sentence] = [str(failure) for failure in inspect_definition(untyped).failures]

    assert "没有结果：" in sentence
    assert not any(doubled in sentence for doubled in ("。。", "。；", "。，"))


def test_the_shipped_calculators_are_stored_and_live():
    Calculator.objects.all().delete()
    files = list((LIBRARY_FOLDER / "calculators").glob("*.toml"))

    assert load_calculators() == len(files)
    assert Calculator.objects.live().count() == len(files)
    assert load_calculators() == 0


def test_loading_leaves_what_an_editor_made():
    Calculator.objects.all().delete()
    stored(wrong())

    assert load_calculators() == 0
    assert [calculator.code for calculator in Calculator.objects.all()] == ["maternity_allowance"]
