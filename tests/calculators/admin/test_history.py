from datetime import date

import pytest
from django.urls import reverse

from calculators.models import Parameter, PolicyDocument, PolicyValue

pytestmark = pytest.mark.django_db


@pytest.fixture
def bands():
    """A table of bands that a clause sets for a day years ahead."""
    parameter = Parameter.objects.get(name="职工住院分段支付比例")
    value = PolicyValue.objects.filter(parameter=parameter).with_source().first()
    value.pk, value.effective_from, value.note, value.clause = None, date(2030, 1, 1), "", "第二条"
    value.written = "起付线-30000: 0.85; 30000-: 0.9"
    value.save()
    return value


def page_of(value, name, *args):
    return reverse(f"admin:calculators_policyvalue_{name}", args=[value.pk, *args])


def posted(form):
    """What a browser would post from the form as it is shown."""
    fields = ((field.html_name, field.value()) for field in form)
    return {name: value for name, value in fields if value not in (None, "", [])} | {"impact_shown": "1"}


def test_the_history_tells_who_when_old_new_and_why(client, manager, cell, bands):
    conditions = {f"condition_{name}": allowed for name, allowed in bands.conditions.items()}
    answers = cell(bands.parameter, written="起付线-30000: 0.8; 30000-: 0.9", effective_from="2030-01-01") | conditions
    answers |= {"unit": "ratio", "area": bands.area_id, "document": bands.document_id, "change_reason": "勘误"}
    client.post(page_of(bands, "change"), answers)
    page = client.get(page_of(bands, "history")).content.decode()

    assert "manager" in page
    assert "勘误" in page
    assert "起付线-30000: 0.85; 30000-: 0.9 → 起付线-30000: 0.8; 30000-: 0.9" in page


def test_a_version_is_restored_with_its_bands_and_conditions(client, manager, bands):
    first, conditions = bands.history.get(), dict(bands.conditions)
    bands.written = "停止执行"
    bands.conditions = {}
    bands.save()
    url = page_of(bands, "simple_history", first.history_id)
    form = client.get(url).context["adminform"].form
    assert form["written"].value() == "起付线-30000: 0.85; 30000-: 0.9"

    client.post(url, posted(form) | {"change_reason": "恢复"})

    bands.refresh_from_db()
    assert bands.written == "起付线-30000: 0.85; 30000-: 0.9"
    assert bands.conditions == conditions
    assert (bands.history.first().history_change_reason, bands.history.first().history_user) == ("恢复", manager)


def test_a_restored_figure_waits_for_its_second_reader_again(client, manager, bands):
    bands.document = PolicyDocument.objects.filter(grade="A").exclude(url="").first()
    bands.status, bands.clause, bands.confirmed_on = "confirmed", "第一条", date(2026, 1, 1)
    bands.save()
    version = bands.history.latest("history_id")
    bands.written = "停止执行"
    bands.save()
    url = page_of(bands, "simple_history", version.history_id)
    client.post(url, posted(client.get(url).context["adminform"].form) | {"change_reason": "恢复"})

    bands.refresh_from_db()
    assert (bands.kind, bands.status, bands.entered_by) == ("value", "recalled", manager)


def test_the_values_of_an_earlier_day_can_be_asked_for(bands):
    before = bands.history.get().history_date
    bands.written = "停止执行"
    bands.save()

    assert PolicyValue.history.as_of(before).get(pk=bands.pk).kind == "value"


@pytest.mark.parametrize("name", ["history", "change"])
def test_the_history_pages_have_no_inline_style(client, manager, bands, name):
    assert " style=" not in client.get(page_of(bands, name)).content.decode()
