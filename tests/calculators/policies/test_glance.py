"""你的医保一眼看: the figures of an area for one 身份 in a few sentences and one table."""

from datetime import date

import pytest

from calculators.models import PolicyValue, PoolingArea
from calculators.policies.glance import glance

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def told(code, person, on=DAY):
    area = PoolingArea.objects.with_ancestors().get(code=code)
    shown = glance(area, person, on)
    return shown, {line.subject: line.said.replace("\u2060", "") for line in shown.lines}


def test_a_glance_says_what_is_paid_first_what_then_and_up_to_what():
    _, said = told("110000", "in_service")

    assert (
        said["门诊"]
        == "一年先付 1,800 元，以后报 70%–90%（看医院等级），基金付满 20,000 元后报 60%，一年报多少不设上限"
    )
    assert said["退休"] == "医保要交满 25 年（男）、20 年（女）"


def test_a_glance_is_of_one_identity():
    _, retired = told("110000", "retired")
    _, resident = told("110000", "resident")

    assert "先付 1,300 元" in retired["门诊"]
    assert retired["进卡"] == "每月 100 元（69岁及以下）、110 元（70岁及以上）"
    assert resident["缴费"].startswith("一年个人交 435–795 元（看人群和档次）")


def test_a_glance_has_one_table_by_hospital_level():
    shown, _ = told("440100", "retired")

    assert shown.columns == ("门诊报", "住院报")
    assert dict(shown.levels)["三级"] == (("70%", ""), ("86%", ""))
    assert dict(shown.levels)["社区"] == (("85%", ""), ("—", ""))


def test_what_is_paid_from_an_amount_on_is_told_apart_from_what_is_paid_before():
    """60 % in Beijing holds only above 20,000; it is no share of some hospital."""
    shown, _ = told("110000", "in_service")

    outpatient = {level: texts[0] for level, texts in shown.levels}
    assert outpatient["社区"] == ("90%", "满 20,000 元后 60%")
    assert outpatient["三级"] == ("70%", "满 20,000 元后 60%")


def test_a_span_says_whether_it_depends_on_the_hospital_or_on_the_amount():
    assert "85%–97%（看医院等级和金额）" in told("110000", "in_service")[1]["住院"]
    assert "40%–90%（看金额）" in told("320100", "in_service")[1]["门诊"]
    assert "90%–97%（看医院等级）" in told("320100", "in_service")[1]["住院"]

    levels = {
        level: tuple((text.replace("\u2060", ""), note) for text, note in texts)
        for level, texts in told("320100", "in_service")[0].levels
    }
    assert levels["三级"] == (("40%–90%", "看金额"), ("90%", ""))


def test_nothing_to_pay_first_is_said_in_words():
    assert told("440100", "retired")[1]["门诊"].startswith("没有起付线，")


def test_a_line_without_its_paid_share_is_left_out():
    """Of 灵活就业 in Shenzhen only the 起付线 is recorded: alone it would read as the whole answer."""
    assert "住院" not in told("440300", "flexible")[1]


def test_the_cautions_of_the_figures_stand_beside_their_sentence():
    shown, _ = told("110000", "in_service")

    assert {line.subject: line.cautions for line in shown.lines}["住院"] == ("据转述", "起始日未核")
    assert len({citation.slug for citation in shown.citations}) == len(shown.citations) > 1


def test_a_national_bound_never_stands_in_for_a_local_figure():
    """Of resident outpatient care the nation sets a least share; Guangzhou's own is not recorded."""
    assert told("440100", "resident")[0].lines == ()


def test_a_glance_costs_one_query_and_the_words_of_its_conditions(django_assert_num_queries):
    area = PoolingArea.objects.with_ancestors().get(code="110000")

    with django_assert_num_queries(2):
        glance(area, "retired", DAY)


def test_another_day_has_other_figures():
    row = PolicyValue.objects.get(
        parameter__code="employee.outpatient.deductible", area__code="110000", conditions_text="在职"
    )
    before = date(row.effective_from.year - 1, 12, 31)

    assert "1,800" not in told("110000", "in_service", before)[1].get("门诊", "")
