"""Calendar files of an area's deadlines: which days, and only those that are known."""

from datetime import date

import pytest

from calculators.models import PolicyValue, PoolingArea
from calculators.policies.notices import deadlines

pytestmark = pytest.mark.django_db


def days(code, on):
    area = PoolingArea.objects.with_ancestors().get(code=code)
    return [(one.key, one.day) for one in deadlines(area, on)]


def test_a_deadline_is_a_calendar_file_with_its_source(client, monkeypatch):
    monkeypatch.setattr("calculators.views.calendar.timezone.localdate", lambda: date(2026, 11, 30))
    response = client.get("/areas/350000/calendar/enrolment/")
    text = response.content.decode().replace("\r\n ", "")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="yibao-350000-enrolment.ics"'
    assert "DTSTART;VALUE=DATE:20261231" in text
    assert "UID:350000.enrolment.2026@testserver" in text
    assert "闽政办〔2025〕3号），待核实" in text


@pytest.mark.parametrize(
    ("on", "day"),
    [(date(2026, 6, 30), date(2026, 7, 1)), (date(2026, 7, 1), date(2027, 7, 1))],
)
def test_the_next_benefit_year_is_a_deadline(on, day):
    assert ("benefit-year", day) in days("310000", on)


def test_a_benefit_year_beyond_what_is_recorded_is_no_deadline():
    PolicyValue.objects.filter(parameter__code="benefit_year_start").update(effective_from=date(2025, 9, 10))
    row = PolicyValue.objects.get(parameter__code="benefit_year_start", area__code="310000")
    row.pk, row.kind, row.effective_from, row.text = None, PolicyValue.Kind.UNKNOWN, date(2027, 1, 1), ""
    row.save()

    assert days("310000", date(2026, 11, 30)) == []


@pytest.mark.parametrize(
    "address", ["/areas/110000/calendar/", "/areas/350000/calendar/nothing/", "/areas/1/calendar/"]
)
def test_a_calendar_without_a_known_day_is_not_found(client, monkeypatch, address):
    monkeypatch.setattr("calculators.views.calendar.timezone.localdate", lambda: date(2026, 11, 30))

    assert client.get(address).status_code == 404
