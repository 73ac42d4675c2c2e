import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from calculators.admin import value_impact
from calculators.models import Finding, PolicyValue
from calculators.publishing.gate import publish
from tests.calculators.factories import DEDUCTIBLE, stored

pytestmark = pytest.mark.django_db


def text(page):
    return page.content.decode()


@pytest.fixture
def calculator():
    made = stored(DEDUCTIBLE)
    publish(made, by=None)
    return made


@pytest.fixture
def current(deductible):
    return PolicyValue.objects.get(parameter=deductible, area__code="110000", conditions_text="在职")


@pytest.fixture
def first(cell, deductible):
    """A value as it is posted the first time, before its impact was shown."""

    def make(**changes):
        answers = cell(deductible, condition_person_type=["in_service"]) | changes
        del answers["impact_shown"]
        return answers

    return make


def add(client, deductible, answers):
    return client.post(f"/admin/calculators/policyvalue/add/?parameter={deductible.pk}", answers)


def change(client, value, answers):
    return client.post(reverse("admin:calculators_policyvalue_change", args=[value.pk]), answers)


def test_a_new_value_shows_what_moves_before_it_is_stored(client, manager, deductible, calculator, first):
    before = PolicyValue.objects.count()
    page = add(client, deductible, first(written="1700"))

    assert "2027年1月1日起从 1,800 元 变为 1,700 元" in text(page)
    assert "<td>1.00</td><td><strong>101.00</strong></td>" in text(page)
    assert PolicyValue.objects.count() == before


def test_confirming_stores_it_and_fills_the_worklist(client, manager, deductible, calculator, first, newest):
    page = add(client, deductible, first(written="1700"))
    confirmed = dict(page.context["hidden"]) | {"impact_shown": "1", "change_reason": "年度调整"}
    add(client, deductible, confirmed)

    assert (newest().number, newest().history.get().history_change_reason) == (1700, "年度调整")
    assert Finding.objects.open().get().subject == "超过起付线多少"


def test_going_back_keeps_what_was_typed(client, manager, deductible, first):
    before = PolicyValue.objects.count()
    page = add(client, deductible, first(written="1234", edit_again="1"))

    assert "还没有保存" in text(page)
    assert "1234" in text(page)
    assert PolicyValue.objects.count() == before


def test_a_change_that_breaks_a_case_needs_a_reason(client, manager, calculator, current, first):
    answers = first(written="1700", effective_from="2023-01-01", change_reason="") | {"impact_shown": "1"}
    page = change(client, current, answers)
    assert page.status_code == 200

    page = change(client, current, answers | {"change_reason": "原文勘误"})
    current.refresh_from_db()
    assert current.number == 1700
    assert {finding.kind for finding in Finding.objects.open()} == {"case_fails", "result_moved"}
    assert "2 项受影响" in "".join(str(message) for message in get_messages(page.wsgi_request))


def test_the_page_lists_the_cases_that_would_no_longer_hold(client, manager, calculator, current, first):
    page = text(change(client, current, first(written="1700", effective_from="2023-01-01")))

    assert "不再成立的算例" in page
    assert "仍然保存的理由" in page


def test_a_slip_needs_a_reason(client, manager, deductible, first, newest):
    slip = first(written="18000", change_reason="")
    assert "比原来的 1800" in text(add(client, deductible, slip))

    refused = text(add(client, deductible, slip | {"impact_shown": "1"}))
    assert "请先写明理由" in refused
    assert newest().number != 18000

    add(client, deductible, slip | {"impact_shown": "1", "change_reason": "原文如此"})
    assert newest().number == 18000


def test_a_note_is_stored_without_the_page(client, manager, current, first):
    answers = first(written="1800", effective_from="2023-01-01", document=current.document_id, note="核过条款")
    change(client, current, answers)

    current.refresh_from_db()
    assert current.note == "核过条款"


def test_restoring_a_version_shows_its_impact_too(client, manager, current, first):
    current.number = 1700
    current.save()
    version = current.history.latest("history_id")
    current.number = 1800
    current.save()
    url = reverse("admin:calculators_policyvalue_simple_history", args=[current.pk, version.pk])
    answers = first(written="1700", effective_from="2023-01-01", document=current.document_id)

    assert "从 1,800 元 变为 1,700 元" in text(client.post(url, answers))
    client.post(url, answers | {"impact_shown": "1"})
    current.refresh_from_db()
    assert current.number == 1700


def test_a_fault_while_findings_are_stored_is_not_swallowed(client, manager, calculator, current, first, monkeypatch):
    def faulty(impact):
        raise AttributeError("'NoneType' object has no attribute 'pk'")

    monkeypatch.setattr(value_impact, "open_findings", faulty)
    answers = first(written="1700", effective_from="2023-01-01") | {"impact_shown": "1", "change_reason": "原文勘误"}

    with pytest.raises(AttributeError, match="has no attribute 'pk'"):
        change(client, current, answers)


def test_the_page_has_no_inline_script_or_style(client, manager, deductible, first):
    page = text(add(client, deductible, first()))

    assert " style=" not in page
    assert "onclick" not in page
