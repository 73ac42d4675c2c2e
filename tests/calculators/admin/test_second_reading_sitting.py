"""Second reading in one sitting a document: from each figure to the next one of it."""

from datetime import date

import pytest
from django.urls import reverse

from calculators.models import PolicyValue

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_figures(deductible, staff):
    """Two figures of one document that a colleague entered."""
    colleague, rows = staff("政策管理员", username="colleague"), []
    for area in ("110000", "310000"):
        value = PolicyValue.objects.filter(parameter=deductible, area__code=area).with_source().first()
        value.pk, value.number, value.effective_from = None, 1733, date(2027, 1, 1)
        value.document = rows[0].document if rows else value.document
        value.enter(colleague)
        value.save()
        rows.append(value)
    return rows


def confirm_page(value):
    return reverse("admin:calculators_policyvalue_confirm", args=[value.pk])


def test_a_reading_leads_to_the_next_figure_of_the_document_and_the_last_to_the_list(client, manager, two_figures):
    PolicyValue.objects.unverified().exclude(pk__in=[value.pk for value in two_figures]).delete()
    one, other = two_figures
    assert "这份文件还有 1 个数等你核对" in client.get(confirm_page(one)).content.decode()

    assert client.post(confirm_page(one), {"cell": "1733"}).url == confirm_page(other)
    assert client.post(confirm_page(other), {"cell": "1734"}).url.endswith("?reading=waits")


def test_a_figure_that_was_read_otherwise_is_not_offered_again(client, manager, two_figures):
    PolicyValue.objects.unverified().exclude(pk__in=[value.pk for value in two_figures]).delete()
    one, other = two_figures
    client.post(confirm_page(one), {"cell": "1734"})

    assert client.post(confirm_page(other), {"cell": "1733"}).url.endswith("?reading=waits")


def test_who_may_only_look_opens_an_earlier_version_of_a_value(client, staff):
    value = PolicyValue.objects.filter(status="confirmed").first()
    client.force_login(staff("编辑"))
    address = reverse("admin:calculators_policyvalue_simple_history", args=[value.pk, value.history.first().pk])

    assert client.get(address).status_code == 200
