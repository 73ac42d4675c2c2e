from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from calculators.definition import Case, Question
from calculators.models import Finding, PolicyValue
from calculators.publishing import cases, impact
from calculators.publishing.gate import publish
from calculators.publishing.impact import AffectedObject, impact_of, open_findings, with_predecessors
from calculators.worksheet import compute
from tests.calculators.factories import DAY, DEDUCTIBLE, stored

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture
def calculator():
    made = stored(DEDUCTIBLE)
    publish(made, by=None)
    return made


@pytest.fixture
def current():
    """What people in work in Beijing pay before the pool does: 1800 from 2023."""
    return PolicyValue.objects.with_source().get(
        parameter__name="职工门诊起付线", area__code="110000", conditions_text="在职"
    )


@pytest.fixture
def successor(current):
    """The same from next year at another amount, not stored."""
    row = PolicyValue.objects.with_source().get(pk=current.pk)
    row.pk, row.number, row.effective_from = None, Decimal(1900), NEXT_YEAR
    return row


@pytest.fixture
def citing(monkeypatch):
    """Something further up that cites every figure."""
    found = AffectedObject(Finding.Kind.OLD_FIGURE, "一篇文章", "articles.article:1", "正文里写着“1800元”。", "/admin/")
    monkeypatch.setattr(impact, "finders", [lambda changes: [found]])
    return found


def test_a_row_takes_over_from_the_one_before_it(current, successor):
    [change] = with_predecessors([successor])

    assert change.old == current
    assert str(change) == "北京·职工门诊起付线·在职，2027年1月1日起从 1,800 元 变为 1,900 元"


def test_a_changed_row_takes_over_from_itself(current):
    row = PolicyValue.objects.with_source().get(pk=current.pk)
    row.number = Decimal(1700)
    [change] = with_predecessors([row])

    assert (change.old.number, change.new.number) == (1800, 1700)


def test_a_more_specific_row_takes_over_from_the_general_one(current, successor):
    successor.conditions = {"person_type": ["in_service"], "hospital_level": ["level1"]}

    assert with_predecessors([successor])[0].old == current


def test_after_an_end_a_more_specific_row_takes_over_from_the_general_one(current, successor):
    narrow = {"person_type": ["in_service"], "hospital_level": ["level1"]}
    for written, first_day in (("1500", date(2026, 1, 1)), ("停止执行", date(2026, 7, 1))):
        row = PolicyValue(
            parameter=current.parameter,
            area=current.area,
            conditions=narrow,
            unit=current.unit,
            effective_from=first_day,
            document=current.document,
        )
        row.written = written
        row.save()
    successor.conditions = narrow

    assert with_predecessors([successor])[0].old == current


def test_a_first_row_takes_over_from_nothing(successor):
    successor.conditions = {"person_type": ["flexible"]}

    assert with_predecessors([successor])[0].old is None


def test_cases_move_on_the_day_the_value_begins(calculator, successor):
    successor.number = Decimal(1700)
    found = impact_of([successor]).moved

    assert [(moved.case.name, moved.case.on, moved.before, moved.after) for moved in found] == [
        ("刚好到起付线", NEXT_YEAR, "0.00", "100.00"),
        ("超过一元", NEXT_YEAR, "1.00", "101.00"),
    ]


def test_a_future_value_breaks_no_case_and_a_changed_one_does(calculator, current, successor):
    successor.number = Decimal(1700)
    changed = PolicyValue.objects.with_source().get(pk=current.pk)
    changed.number = Decimal(1700)

    assert impact_of([successor]).broken == []
    assert {moved.case.name for moved in impact_of([changed]).broken} == {"刚好到起付线", "超过一元"}


@pytest.fixture
def runs(monkeypatch):
    """The days for which a worked case was run."""
    days = []

    def counted(definition, answers, rates):
        days.append(answers.on)
        return compute(definition, answers, rates)

    monkeypatch.setattr(cases, "compute", counted)
    return days


def test_a_worked_case_is_run_twice_for_a_changed_value(calculator, current, runs):
    current.number = Decimal(1700)
    impact_of([current])

    assert runs == [DAY] * 2 * len(DEDUCTIBLE.cases)


def test_a_worked_case_is_run_twice_for_a_future_value(calculator, successor, runs):
    impact_of([successor])

    assert runs == [NEXT_YEAR] * 2 * len(DEDUCTIBLE.cases)


def test_a_worked_case_that_reads_another_day_is_run_as_written_for_a_future_value(successor, runs):
    step = replace(DEDUCTIBLE.steps[0], day="次日")
    questions = (*DEDUCTIBLE.questions, Question("next_day", "次日", "date"))
    next_days = [replace(case, answers=case.answers | {"next_day": "2027-01-02"}) for case in DEDUCTIBLE.cases]
    publish(stored(DEDUCTIBLE, steps=(step,), questions=questions, cases=tuple(next_days)), by=None)
    successor.number = Decimal(1700)
    runs.clear()

    assert {moved.case.name for moved in impact_of([successor]).broken} == {"刚好到起付线", "超过一元"}
    assert runs.count(DAY) == 2 * len(DEDUCTIBLE.cases)


def test_a_postponed_row_moves_the_cases_of_the_days_it_leaves(calculator, current):
    current.effective_from = NEXT_YEAR
    told = impact_of([current])

    assert {(moved.case.name, moved.case.on) for moved in told.moved} == {
        ("刚好到起付线", DAY),
        ("超过一元", DAY),
    }
    assert {moved.case.name for moved in told.broken} == {"刚好到起付线", "超过一元"}


def test_a_row_of_unknown_first_day_moves_cases_beside_a_future_row(calculator, current, successor):
    current.number, current.effective_from, current.seen_on = Decimal(1700), None, DAY
    told = impact_of([current, successor])

    assert {moved.case.on for moved in told.moved} == {DAY, NEXT_YEAR}


def test_a_case_that_expects_a_refusal_breaks_when_another_is_given(current):
    then = date(2000, 1, 1)
    answers = {"person_type": "retired", "bill": "1", "next_day": then.isoformat()}
    case = Case("还没有收录", DAY, "110000", answers, {"refused": "这一天没有收录任何数值"})
    step = replace(DEDUCTIBLE.steps[0], day="次日")
    questions = (*DEDUCTIBLE.questions, Question("next_day", "次日", "date"))
    publish(stored(DEDUCTIBLE, steps=(step,), questions=questions, cases=(case,)), by=None)
    current.effective_from = then

    assert [moved.case.name for moved in impact_of([current]).broken] == ["还没有收录"]


def test_telling_stores_nothing(calculator, successor):
    before = PolicyValue.objects.count()
    impact_of([successor])

    assert PolicyValue.objects.count() == before


def test_what_is_touched_becomes_findings_once(calculator, citing, successor):
    successor.number = Decimal(1700)
    for _ in range(2):
        open_findings(impact_of([successor]))

    kinds = Finding.objects.open().values_list("kind", "subject")
    assert set(kinds) == {("old_figure", "一篇文章"), ("result_moved", "超过起付线多少")}


def test_no_finding_tells_the_new_figure(calculator, citing, successor):
    successor.number = Decimal(1733)
    open_findings(impact_of([successor]))

    assert not [
        finding for finding in Finding.objects.all() if "1733" in finding.sentence or "1,733" in finding.sentence
    ]


def test_editing_the_object_closes_what_was_found_about_it(calculator, successor):
    successor.number = Decimal(1700)
    open_findings(impact_of([successor]))
    calculator.save()

    finding = Finding.objects.get()
    assert (finding.closed is None, finding.resolution) == (False, "对象已修改")


def test_the_same_thing_can_be_found_again_after_it_was_closed(calculator, successor):
    successor.number = Decimal(1700)
    open_findings(impact_of([successor]))
    Finding.objects.all().close("已核对")
    open_findings(impact_of([successor]))

    assert (Finding.objects.count(), Finding.objects.open().count()) == (2, 1)


def test_a_case_that_holds_again_leaves_the_worklist(calculator, current):
    failed = Finding.objects.open().of_kind(Finding.Kind.CASE_FAILS)
    for number, subjects in ((1700, [calculator.name]), (1750, [calculator.name]), (1800, [])):
        current.number = Decimal(number)
        told = impact_of([current])
        current.save()
        open_findings(told)

        assert [finding.subject for finding in failed] == subjects
        failed = failed.all()
    assert Finding.objects.get(kind=Finding.Kind.CASE_FAILS).resolution == impact.CASES_HOLD_RESOLUTION
