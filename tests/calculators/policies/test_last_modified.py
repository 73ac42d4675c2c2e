"""The page of an area or a document changes when a value's first day comes, besides when an editor changes it."""

from datetime import date

import pytest

from calculators.models import Parameter, PolicyDocument, PolicyValue, PoolingArea
from calculators.policies.last_modified import areas_changed_on, documents_changed_on

pytestmark = pytest.mark.django_db
FIRST, NEXT, LATER = date(2040, 1, 1), date(2041, 1, 1), date(2042, 1, 1)


@pytest.fixture
def put():
    """Store a row of one series that a document of its own sets; returns the document."""
    parameter = Parameter.objects.create(code="test.day", name="试验日子", family="试验", shape="amount", unit="CNY")
    area = PoolingArea.objects.get(code="440300")

    def store(first_day, written="1"):
        document = PolicyDocument.objects.create(slug=f"test-{first_day}", title=f"试验文件{first_day}")
        value = PolicyValue(
            parameter=parameter,
            area=area,
            unit="CNY",
            document=document,
            effective_from=first_day,
            seen_on=date(2039, 1, 1),
        )
        value.written = written
        value.save()
        return document

    return store


@pytest.mark.parametrize("first_day", [FIRST, None])
@pytest.mark.parametrize("written", ["2", "停止执行"])
def test_a_document_changes_when_its_value_is_followed_by_another_documents(put, first_day, written):
    before, after = put(first_day), put(NEXT, written)

    assert documents_changed_on(date(2040, 12, 31))[before.pk] < NEXT
    found = documents_changed_on(LATER)
    assert (found[before.pk], found[after.pk]) == (NEXT, NEXT)


def test_an_area_changes_when_one_of_its_values_begins(put):
    put(FIRST)
    put(NEXT)
    area = PoolingArea.objects.get(code="440300")

    assert areas_changed_on(date(2040, 12, 31))[area.pk] == FIRST
    assert areas_changed_on(NEXT)[area.pk] == NEXT
