from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from calculators.models import PolicyValue
from calculators.publishing.gate import publish
from calculators.publishing.history import statement_at
from calculators.worksheet.then_and_now import encode_stamp
from tests.calculators.factories import DEDUCTIBLE, stored

pytestmark = pytest.mark.django_db
TYPED = {"region": "110000", "as_of": "2026-11-01", "person_type": "in_service", "bill": "3000"}
PAGE = "/calculators/over_deductible/"


@pytest.fixture
def an_hour_ago():
    return timezone.now() - timedelta(hours=1)


@pytest.fixture
def calculator(an_hour_ago):
    """Published two hours ago, when the values were stored too."""
    calculator = stored(DEDUCTIBLE)
    publish(calculator, by=None)
    earlier = an_hour_ago - timedelta(hours=1)
    calculator.history.update(history_date=earlier)
    PolicyValue.history.update(history_date=earlier)
    return calculator


def raise_deductible():
    """Beijing's outpatient deductible for people in work becomes 2,000 yuan, now."""
    rows = PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000")
    for row in rows:
        row.number = Decimal(2000)
        row.save()


def opened(client, at, **changes):
    return client.get(PAGE, TYPED | {"seen": encode_stamp(at)} | changes)


def test_a_link_opened_after_a_value_changed_shows_then_and_now(client, calculator, an_hour_ago):
    raise_deductible()
    page = opened(client, an_hour_ago).content.decode()

    assert "和当时不一样了" in page
    assert "1,200 元" in page
    assert "1,000 元" in page
    assert "职工门诊起付线：1,800 元 → 2,000 元" in page


def test_a_link_opened_while_nothing_moved_says_nothing(client, calculator, an_hour_ago):
    assert opened(client, an_hour_ago).context["changes"] is None


def test_a_value_the_result_does_not_read_moves_nothing(client, calculator, an_hour_ago):
    row = PolicyValue.objects.filter(parameter__name="职工门诊起付线").exclude(area__code="110000").first()
    row.number = Decimal(1)
    row.save()

    assert opened(client, an_hour_ago).context["changes"] is None


def test_a_changed_formula_is_told_too(client, calculator, an_hour_ago):
    steps = (replace(DEDUCTIBLE.steps[0], formula="取大(0，本次费用 − 职工门诊起付线) ÷ 2"),)
    calculator.store(replace(DEDUCTIBLE, steps=steps))
    publish(calculator, by=None, reason="试验")
    changes = opened(client, an_hour_ago).context["changes"]

    assert changes.formulas
    assert [(moved.then, moved.now) for moved in changes.outputs] == [("1,200 元", "600 元")]
    assert changes.figures == ()


def test_a_result_that_is_gone_is_told(client, calculator, an_hour_ago):
    for row in PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000"):
        row.delete()
    page = opened(client, an_hour_ago).content.decode()

    assert "标准本站还没有查到" in page
    assert "1,200 元" in page


@pytest.mark.parametrize("seen", ["", "???", "zzzzzz", "0"])
def test_a_link_without_a_minute_the_site_knows_shows_the_result_alone(client, calculator, seen):
    raise_deductible()
    page = client.get(PAGE, TYPED | {"seen": seen})

    assert page.status_code == 200
    assert "1,000 元" in page.content.decode()


def test_before_it_was_published_there_was_no_result(calculator, an_hour_ago):
    assert statement_at(calculator, TYPED, an_hour_ago - timedelta(days=1)) is None


def test_an_unmoved_link_costs_one_query_more(client, calculator, an_hour_ago, django_assert_max_num_queries):
    client.get(PAGE, TYPED)

    with django_assert_max_num_queries(5):
        opened(client, an_hour_ago)
