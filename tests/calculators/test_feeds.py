"""Policy changes as a feed: one entry for a day, an area and a document."""

from datetime import date
from xml.etree import ElementTree

import pytest

from calculators.models import Parameter, PolicyDocument, PolicyValue, PoolingArea
from calculators.policies.changes import MAX_CHANGES, latest_changes

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def announce():
    document = PolicyDocument.objects.create(title="调整门诊待遇的通知", slug="notice", issuer="北京市医疗保障局")

    def announce(first_day, area="110000", number=1500, **fields):
        return PolicyValue.objects.create(
            parameter=Parameter.objects.get(name="职工门诊起付线"),
            area=PoolingArea.objects.get(code=area),
            document=document,
            effective_from=first_day,
            number=number,
            unit="CNY",
            **fields,
        )

    return announce


def entries(client):
    feed = ElementTree.fromstring(client.get("/feeds/policies/").content)  # noqa: S314 - our own
    return feed.findall(f"{ATOM}entry")


def test_the_latest_first_day_comes_first_with_its_figures(client, announce):
    announce(date(2099, 1, 1), conditions={"person_type": ["retired"]})
    announce(date(2099, 1, 1), number=1900, conditions={"person_type": ["in_service"]})
    first = entries(client)[0]

    assert first.find(f"{ATOM}title").text == "北京：2099年1月1日起，调整门诊待遇的通知"
    assert "职工门诊起付线（退休） 1,500 元" in first.find(f"{ATOM}summary").text
    assert "职工门诊起付线（在职） 1,900 元" in first.find(f"{ATOM}summary").text
    assert first.find(f"{ATOM}link").get("href") == "http://testserver/documents/notice/"
    assert first.find(f"{ATOM}published").text == "2099-01-01T00:00:00+08:00"


def test_another_day_or_area_is_another_entry(announce):
    for first_day, area in ((date(2099, 1, 1), "110000"), (date(2099, 1, 2), "110000"), (date(2099, 1, 1), "310000")):
        announce(first_day, area)

    assert [(change.first_day.day, change.area.code) for change in latest_changes()[:3]] == [
        (2, "110000"),
        (1, "110000"),
        (1, "310000"),
    ]


def test_what_nobody_has_confirmed_says_so(client, announce):
    announce(date(2099, 1, 1), status="recalled")

    assert "待核实" in entries(client)[0].find(f"{ATOM}summary").text


def test_a_figure_without_a_first_day_is_no_change(announce):
    announce(None, conditions={"person_type": ["retired"]}, seen_on=date(2099, 1, 1))

    assert all(change.document.slug != "notice" for change in latest_changes())


def test_it_is_one_query_and_a_bounded_list(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(entries(client)) == MAX_CHANGES


def test_the_feed_list_leads_to_it(client):
    assert 'href="/feeds/policies/"' in client.get("/feeds/").content.decode()


def test_a_standard_whose_successor_is_not_recorded_is_no_change_of_policy(client, announce):
    announce(date(2099, 1, 1), number=None, kind=PolicyValue.Kind.UNKNOWN)

    assert not any("2099年" in entry.find(f"{ATOM}title").text for entry in entries(client))
