"""Changes of policy that hold in an area, for a 身份, and up to a day."""

from datetime import date, timedelta

import pytest

from calculators.models import Parameter, PolicyDocument, PolicyValue, PoolingArea
from calculators.policies.changes import DAYS_BACK, changes_of

pytestmark = pytest.mark.django_db
DAY = date(2099, 6, 1)


@pytest.fixture
def announce():
    document = PolicyDocument.objects.create(title="调整待遇的通知", slug="notice", issuer="医疗保障局")

    def announce(name, first_day=DAY, area="110000", number=1500, **fields):
        parameter, owner = Parameter.objects.get(name=name), PoolingArea.objects.get(code=area)
        own = {"parameter": parameter, "area": owner, "document": document, "unit": parameter.unit}
        return PolicyValue.objects.create(**own, effective_from=first_day, number=number, **fields)

    return announce


def told(code="110000", person="", on=DAY):
    area = PoolingArea.objects.with_ancestors().get(code=code)
    return [change.figures for change in changes_of(area, person, on)]


@pytest.mark.parametrize(
    ("first_day", "count"),
    [
        (DAY + timedelta(days=1), 0),
        (DAY, 1),
        (DAY - timedelta(days=DAYS_BACK - 1), 1),
        (DAY - timedelta(days=DAYS_BACK), 0),
    ],
)
def test_a_change_counts_from_its_first_day_for_a_year(announce, first_day, count):
    announce("职工门诊起付线", first_day)

    assert len(told()) == count


@pytest.mark.parametrize(("person", "count"), [("", 3), ("in_service", 2), ("retired", 1), ("resident", 0)])
def test_changes_are_those_of_the_chosen_person(announce, person, count):
    announce("职工门诊起付线", conditions={"person_type": ["in_service"]})
    announce("职工门诊起付线", DAY - timedelta(days=1), conditions={"person_type": ["retired"]})
    announce("职工缴费基数上限", DAY - timedelta(days=2))

    assert len(told(person=person)) == count


def test_a_change_of_the_nation_counts_where_the_area_has_nothing_of_its_own(announce):
    announce("居民医保个人缴费全国最低标准", area="CN")
    before = told()
    announce("居民医保个人缴费全国最低标准", DAY - timedelta(days=3000), area="110000")

    assert before == ["居民医保个人缴费全国最低标准 1,500 元"]
    assert told() == []


def test_what_is_only_no_longer_known_is_no_change(announce):
    announce("职工门诊起付线", number=None, kind=PolicyValue.Kind.UNKNOWN)

    assert told() == []


def test_many_figures_of_one_document_are_one_change(announce):
    for number, whom in enumerate(["in_service", "retired", "flexible", "resident"]):
        announce("大病起付线", number=number + 1, conditions={"person_type": [whom]})

    [only] = told()
    assert only.endswith("等 4 项")
