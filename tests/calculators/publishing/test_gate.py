from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from calculators.definition import Case, Step
from calculators.library.loading import LIBRARY, load_calculators
from calculators.models import Calculator, PolicyValue
from calculators.publishing.gate import NotPublished, effects_of, failing, inspect, publish, withdraw
from tests.calculators.factories import DAY, DEDUCTIBLE, MATERNITY, stored, wrong

pytestmark = pytest.mark.django_db


def deductible():
    """Beijing's outpatient deductible in force on DAY for people in work."""
    rows = PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000").begun(DAY)
    return rows.with_source().filter(conditions_text__contains="在职").newest_first().first()


def next_year(amount):
    """An unsaved row like it with another amount and an earlier end: in force on DAY instead."""
    row = deductible()
    row.pk, row.number, row.effective_from = None, Decimal(amount), date(2026, 10, 1)
    return row


def test_a_calculator_whose_cases_hold_goes_live(staff):
    calculator = stored()
    publish(calculator, by=staff("主编"))

    live = Calculator.objects.live().get(code="maternity_allowance")
    assert live.published() == MATERNITY
    assert live.live_since is not None
    assert (live.history.first().history_user.username, live.history.first().history_change_reason) == ("staff", "发布")


def test_a_case_that_does_not_hold_blocks_and_says_where_to_look():
    calculator = stored(wrong())

    with pytest.raises(NotPublished) as blocked:
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
    with pytest.raises(NotPublished):
        publish(stored(wrong()), by=None, reason="  ")


def test_without_cases_nothing_goes_live_whatever_the_reason():
    with pytest.raises(NotPublished, match="还没有算例"):
        publish(stored(cases=()), by=None, reason="很急")


def test_a_problem_in_the_definition_is_not_overridden_by_a_reason():
    broken = stored(steps=(Step("生育津贴总额", "缴费基数 ÷ 30 × 产假天", "CNY"),))

    with pytest.raises(NotPublished, match="是不是“产假天数”") as blocked:
        publish(broken, by=None, reason="很急")

    assert blocked.value.report.problems[0].column > 0


def test_a_case_may_expect_to_be_refused():
    refused = Case(
        "天数超过一年", DAY, "110000", {"contribution_base": "1", "leave_days": "366"}, {"refused": "不能大于"}
    )
    answered = Case("能算出来", DAY, "110000", {"contribution_base": "1", "leave_days": "1"}, {"refused": "不能大于"})

    assert inspect(replace(MATERNITY, cases=(refused,))).holds
    assert str(inspect(replace(MATERNITY, cases=(answered,))).failures[0]) == (
        "算例“能算出来”：结果应为 没有（不能大于），却算出了0.03 元。"
    )


def test_a_case_in_an_area_that_is_not_recorded_says_so():
    nowhere = replace(DEDUCTIBLE, cases=(replace(DEDUCTIBLE.cases[0], area="999999"),))

    assert "还没有选择参保地" in str(inspect(nowhere).failures[0])


def test_running_more_cases_takes_no_more_queries(django_assert_num_queries):
    many = replace(DEDUCTIBLE, cases=DEDUCTIBLE.cases * 10)

    for definition in (DEDUCTIBLE, many):
        with django_assert_num_queries(5):
            assert inspect(definition).holds


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
    publish(stored(DEDUCTIBLE), by=None)
    every = PolicyValue.objects.filter(parameter__name="职工门诊起付线").values_list("pk", flat=True)
    moved = [str(effect) for effect in effects_of([], without=set(every)) if effect.case.name == "刚好到起付线"]
    untyped = replace(MATERNITY, cases=(replace(MATERNITY.cases[0], answers={}),))
    failures = [str(failure) for failure in inspect(untyped).failures]

    assert [sentence for sentence in moved + failures if "没有结果：" in sentence] == moved + failures
    assert len(moved) == len(failures) == 1
    assert [
        sentence for sentence in moved + failures if "。。" in sentence or "。；" in sentence or "。，" in sentence
    ] == []


def test_what_a_new_value_would_move_is_told_before_it_is_stored():
    publish(stored(DEDUCTIBLE), by=None)
    before = PolicyValue.objects.count()
    effects = [effect for effect in effects_of([next_year(1700)]) if effect.calculator.code == "over_deductible"]

    moved = [(effect.case.name, effect.output, effect.before, effect.after, effect.breaks) for effect in effects]
    assert moved == [
        ("刚好到起付线", "超过的部分", "0.00", "100.00", True),
        ("超过一元", "超过的部分", "1.00", "101.00", True),
    ]
    assert PolicyValue.objects.count() == before


def test_a_changed_row_stands_in_for_the_stored_one():
    publish(stored(DEDUCTIBLE), by=None)
    row = deductible()
    row.number = Decimal("1800.5")

    assert {effect.after for effect in effects_of([row]) if effect.case.name == "超过一元"} >= {"0.50"}


def test_a_row_that_would_be_gone_leaves_no_result():
    publish(stored(DEDUCTIBLE), by=None)
    later = PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000")
    effects = effects_of([], without=set(later.values_list("pk", flat=True)))

    assert any("没有生效的“职工门诊起付线”" in effect.after for effect in effects)


def test_a_value_no_case_reads_moves_nothing():
    publish(stored(DEDUCTIBLE), by=None)
    row = (
        PolicyValue.objects.with_source().filter(parameter__name="职工门诊起付线").exclude(area__code="110000").first()
    )
    row.number = Decimal(1)

    assert [effect for effect in effects_of([row]) if effect.calculator.code == "over_deductible"] == []


def test_a_published_case_that_no_longer_holds_is_found():
    publish(stored(DEDUCTIBLE), by=None)
    next_year(1700).save()

    assert {outcome.case.name for calculator, outcome in failing() if calculator.code == "over_deductible"} == {
        "刚好到起付线",
        "超过一元",
    }


def test_together_the_shipped_calculators_hold_as_each_does_alone():
    """What one of them reads makes no other ask for more."""
    load_calculators()

    assert [(calculator.code, outcome.case.name) for calculator, outcome in failing()] == []


def test_the_shipped_calculators_are_stored_and_live():
    Calculator.objects.all().delete()
    files = list((LIBRARY / "calculators").glob("*.toml"))

    assert load_calculators() == len(files)
    assert Calculator.objects.live().count() == len(files)
    assert load_calculators() == 0


def test_loading_leaves_what_an_editor_made():
    Calculator.objects.all().delete()
    stored(wrong())

    assert load_calculators() == 0
    assert [calculator.code for calculator in Calculator.objects.all()] == ["maternity_allowance"]
