"""The worked cases of live calculators tell what a change of policy values moves, and which of them no longer hold."""

from datetime import date
from decimal import Decimal

import pytest

from calculators.library.loading import load_calculators
from calculators.models import PolicyValue
from calculators.publishing.gate import publish
from calculators.publishing.live_cases import failing_cases, moved_outputs
from tests.calculators.factories import DAY, DEDUCTIBLE, stored

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


def test_what_a_new_value_would_move_is_told_before_it_is_stored():
    publish(stored(DEDUCTIBLE), by=None)
    before = PolicyValue.objects.count()
    found = [one for one in moved_outputs([next_year(1700)]) if one.calculator.code == "over_deductible"]

    moved = [(one.case.name, one.output, one.before, one.after, one.breaks) for one in found]
    assert moved == [
        ("刚好到起付线", "超过的部分", "0.00", "100.00", True),
        ("超过一元", "超过的部分", "1.00", "101.00", True),
    ]
    assert PolicyValue.objects.count() == before


def test_a_changed_row_stands_in_for_the_stored_one():
    publish(stored(DEDUCTIBLE), by=None)
    row = deductible()
    row.number = Decimal("1800.5")

    assert {one.after for one in moved_outputs([row]) if one.case.name == "超过一元"} >= {"0.50"}


def test_ended_rows_leave_no_result_and_the_sentence_has_one_full_stop():
    publish(stored(DEDUCTIBLE), by=None)
    rows = list(PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000").with_source())
    for row in rows:
        row.written = "停止执行"
    sentences = [str(moved) for moved in moved_outputs(rows) if moved.calculator.code == "over_deductible"]

    assert len(sentences) == len(DEDUCTIBLE.cases)
    assert all("没有结果：" in sentence and "没有生效的“职工门诊起付线”" in sentence for sentence in sentences)
    assert [sentence for sentence in sentences if any(twice in sentence for twice in ("。。", "。；", "。，"))] == []


def test_a_value_no_case_reads_moves_nothing():
    publish(stored(DEDUCTIBLE), by=None)
    row = (
        PolicyValue.objects.with_source().filter(parameter__name="职工门诊起付线").exclude(area__code="110000").first()
    )
    row.number = Decimal(1)

    assert [one for one in moved_outputs([row]) if one.calculator.code == "over_deductible"] == []


def test_a_published_case_that_no_longer_holds_is_found():
    publish(stored(DEDUCTIBLE), by=None)
    next_year(1700).save()

    assert {outcome.case.name for calculator, outcome in failing_cases() if calculator.code == "over_deductible"} == {
        "刚好到起付线",
        "超过一元",
    }


def test_together_the_shipped_calculators_hold_as_each_does_alone():
    """What one of them reads makes no other ask for more."""
    load_calculators()

    assert [(calculator.code, outcome.case.name) for calculator, outcome in failing_cases()] == []
