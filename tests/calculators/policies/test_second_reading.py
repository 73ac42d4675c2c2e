from datetime import date

import pytest
from django.contrib.auth.models import User

from calculators.models import Finding, Parameter, PolicyDocument, PolicyValue, PoolingArea, SecondReading, Sighting
from calculators.policies.second_reading import NotASecondReader, record_second_reading, require_second_reader

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 29)
OFFICIAL, RESTATED, WEAK, WITHOUT_LINK = "sh_2025_7", "bj_op_2023", "cq_op_c", "sh_2023_6"


@pytest.fixture
def enterer():
    return User.objects.create_user("enterer")


@pytest.fixture
def reader():
    return User.objects.create_user("reader")


@pytest.fixture
def entered(enterer):
    """A figure as it stands after somebody entered it."""

    def make(written="1733", shape="amount", unit="CNY", document=OFFICIAL):
        parameter = Parameter.objects.create(
            code="test.read",
            name="试验读数",
            family="试验",
            shape=shape,
            unit=unit,
            axis="age" if shape == "bands" else "",
        )
        value = PolicyValue(
            parameter=parameter,
            area=PoolingArea.objects.get(code="110000"),
            unit=unit,
            effective_from=date(2027, 1, 1),
            document=PolicyDocument.objects.get(slug=document),
        )
        value.written = written
        value.enter(enterer)
        value.save()
        return value

    return make


def read(value, user, typed, clause="第三条"):
    return record_second_reading(value, user, typed, clause, DAY)


@pytest.mark.parametrize(
    ("shape", "unit", "written", "typed", "agrees"),
    [
        ("amount", "CNY", "1733", "１，733元", True),
        ("amount", "CNY", "1733", "1734", False),
        ("amount", "CNY", "0", "不设限额", False),
        ("ratio", "ratio", "0.7", "70%", True),
        ("boolean", "boolean", "是", "否", False),
        ("bands", "ratio", "起付线-30000: 0.85; 30000-: 0.9", "起付线-3万：85%；30000-：90%", True),
        ("bands", "ratio", "起付线-30000: 0.85; 30000-: 0.9", "起付线-3万：85%；30000-：95%", False),
        ("text", "text", "由单位、个人共同缴费", "由单位 个人共同缴费。", True),
        ("amount", "CNY", "停止执行", "停止执行", True),
    ],
)
def test_two_readings_agree_whatever_the_spelling(entered, reader, shape, unit, written, typed, agrees):
    value = entered(written, shape, unit)
    assert read(value, reader, typed).agrees == agrees

    value.refresh_from_db()
    assert (value.status, value.confirmed_by) == (("confirmed", reader) if agrees else ("recalled", None))


def test_a_difference_is_recorded_and_put_on_the_worklist(entered, reader):
    value = entered()
    read(value, reader, "1800")

    assert SecondReading.objects.get().typed == "1800"
    finding = Finding.objects.open().get()
    assert finding.kind == "readings_differ"
    assert "1733" not in finding.sentence + finding.subject
    assert "1800" not in finding.sentence + finding.subject


def test_nobody_reads_again_until_a_difference_is_settled(entered, reader):
    value = entered()
    read(value, reader, "1800")
    with pytest.raises(NotASecondReader, match="先由录入人或主编查清"):
        require_second_reader(reader, value)

    Finding.objects.close("已核对")
    assert read(value, reader, "1733").agrees


def test_whoever_entered_a_figure_does_not_confirm_it(entered, enterer):
    with pytest.raises(NotASecondReader, match="你录入的"):
        read(entered(), enterer, "1733")


def test_whoever_has_seen_a_figure_does_not_confirm_it(entered, reader):
    value = entered()
    Sighting.objects.record(reader, [value])
    Sighting.objects.record(reader, [value])

    with pytest.raises(NotASecondReader, match="看过"):
        read(value, reader, "1733")


def test_having_seen_an_earlier_figure_is_no_hindrance(entered, reader):
    value = entered()
    Sighting.objects.record(reader, [value])
    value.written = "1744"
    value.save()

    assert read(value, reader, "1744").agrees


def test_a_confirmed_figure_is_not_read_again(entered, reader):
    value = entered()
    read(value, reader, "1733")

    with pytest.raises(NotASecondReader, match="已经核实"):
        require_second_reader(reader, value)


def test_what_official_text_proves_is_confirmed_with_its_clause_and_day(entered, reader):
    value = entered()
    read(value, reader, "1733", "第十二条")

    value.refresh_from_db()
    assert (value.status, value.clause, value.confirmed_on) == ("confirmed", "第十二条", DAY)


def test_what_a_report_restates_is_restated_though_two_people_read_it(entered, reader):
    value = entered(document=RESTATED)
    read(value, reader, "1733", "")

    value.refresh_from_db()
    assert (value.status, value.confirmed_on) == ("restated", DAY)


@pytest.mark.parametrize(("document", "why"), [(WEAK, "不是官方原文"), (WITHOUT_LINK, "没有原文链接")])
def test_a_document_that_proves_nothing_is_not_read_against(entered, reader, document, why):
    with pytest.raises(NotASecondReader, match=why):
        require_second_reader(reader, entered(document=document))


def test_a_draft_is_not_read_against(entered, reader):
    value = entered(document="sc_incent_draft")

    assert value.status == "draft"
    with pytest.raises(NotASecondReader, match="征求意见稿"):
        require_second_reader(reader, value)
