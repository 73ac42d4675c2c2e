from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from calculators.models import Parameter, PolicyValue, PoolingArea
from calculators.policies.in_force import values_in_force

pytestmark = pytest.mark.django_db
VALUES = "/admin/calculators/policyvalue/"


def add_page(parameter):
    return f"{VALUES}add/?parameter={parameter.pk}"


def change_page(value):
    return reverse("admin:calculators_policyvalue_change", args=[value.pk])


def copies(value, number):
    """Many rows like this one, each with a first day of its own."""
    for day in range(1, number + 1):
        value.pk = None
        value.effective_from = date(2000, 1, day)
        value.save()


def test_a_value_is_added_in_two_steps_the_first_choosing_its_parameter(client, manager, deductible):
    first = client.get(f"{VALUES}add/").content.decode()
    second = client.get(add_page(deductible)).content.decode()

    assert "职工门诊起付线" in first
    assert 'name="written"' not in first
    assert 'name="written"' in second


def test_the_form_offers_only_the_conditions_and_units_of_its_parameter(client, manager, deductible):
    page = client.get(add_page(deductible)).content.decode()

    assert 'name="condition_person_type"' in page
    assert 'name="condition_sex"' not in page
    assert 'value="CNY/visit"' in page
    assert 'value="months"' not in page


def test_the_form_is_prefilled_from_a_link(client, manager, deductible, beijing):
    page = client.get(f"{add_page(deductible)}&area={beijing.pk}&effective_from=2027-01-01").content.decode()

    assert f'<option value="{beijing.pk}" selected>' in page
    assert 'value="2027-01-01"' in page


@pytest.mark.parametrize(
    ("parameter", "unit", "written", "stored"),
    [
        ("职工门诊起付线", "CNY/year", "１，９００", Decimal(1900)),
        ("职工门诊起付线", "CNY/year", "1.2万元", Decimal(12000)),
        ("职工门诊支付比例", "ratio", "70%", Decimal("0.7")),
        ("个人账户余额可继承", "boolean", "否", False),
        ("退休个人账户计入规则", "text", "定额划入", "定额划入"),
    ],
)
def test_one_cell_takes_a_value_as_editors_write_it(client, manager, cell, newest, parameter, unit, written, stored):
    parameter = Parameter.objects.get(name=parameter)
    client.post(add_page(parameter), cell(parameter, written=written, unit=unit, condition_person_type=["flexible"]))

    assert newest().parameter == parameter
    assert newest().value == stored


def test_bands_are_written_in_the_same_cell(client, manager, cell, newest):
    parameter = Parameter.objects.get(name="职工住院分段支付比例")
    written = "起付线-3万：85%；30000-40000: 0.9; 40000-: 95%"
    client.post(add_page(parameter), cell(parameter, written=written, unit="ratio", effective_from="2030-01-01"))

    assert newest().written == "起付线-30000: 0.85; 30000-40000: 0.9; 40000-: 0.95"


def test_a_new_value_is_unverified_and_knows_who_entered_it(client, manager, cell, newest, deductible):
    client.post(add_page(deductible), cell(deductible, condition_person_type=["in_service", "retired"]))

    value = newest()
    assert (value.status, value.entered_by, value.conditions_text) == ("recalled", manager, "在职、退休")
    assert value.history.get().history_change_reason == "试验"


def test_an_age_range_is_two_boxes(client, manager, cell, newest):
    parameter = Parameter.objects.get(name="退休个人账户月定额")
    ages = {"condition_age_lowest": "70", "condition_age_highest": "", "condition_person_type": ["retired"]}
    client.post(add_page(parameter), cell(parameter, unit="CNY/month", effective_from="2030-01-01", **ages))

    assert newest().conditions == {"person_type": ["retired"], "age": [70, None]}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"written": "很多"}, "“很多”不是数字"),
        ({"written": "-5"}, "应不小于 0"),
        ({"written": ""}, "必填"),
        ({"effective_from": ""}, "首日和“见于”至少填一个"),
        ({"effective_from": "2023-01-01"}, "在这一天已有一行"),
        ({"written": "停止执行", "effective_from": "", "seen_on": "2026-01-01"}, "停止执行和此后未收录必须写明首日"),
        ({"condition_hospital_level": ["level3"]}, "互不包含"),
    ],
)
def test_what_cannot_hold_is_refused_at_its_field(client, manager, cell, deductible, changes, sentence):
    before = PolicyValue.objects.count()
    answers = cell(deductible, condition_person_type=["in_service"]) | changes
    if "condition_hospital_level" in changes:
        del answers["condition_person_type"]
    page = client.post(add_page(deductible), answers)

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert PolicyValue.objects.count() == before


def test_a_percentage_without_its_sign_is_caught(client, manager, cell):
    parameter = Parameter.objects.get(name="职工门诊支付比例")
    page = client.post(add_page(parameter), cell(parameter, written="80", unit="ratio")).content.decode()

    assert "是不是想写 0.8？" in page


def test_a_changed_figure_is_unverified_again_and_a_changed_note_is_not(client, manager, cell, deductible):
    value = PolicyValue.objects.filter(parameter=deductible, area__code="110000", status="restated").first()
    same = cell(deductible, written=value.written, effective_from=value.effective_from, document=value.document.pk)
    same["condition_person_type"] = value.conditions.get("person_type", [])
    client.post(change_page(value), same | {"note": "核过条款"})
    value.refresh_from_db()
    assert (value.note, value.status) == ("核过条款", "restated")

    client.post(change_page(value), same | {"written": "1700"})
    value.refresh_from_db()

    assert (value.number, value.status, value.entered_by) == (1700, "recalled", manager)


def test_a_change_needs_a_reason(client, manager, cell, deductible):
    value = PolicyValue.objects.filter(parameter=deductible, area__code="110000").first()
    page = client.post(change_page(value), cell(deductible, change_reason=""))

    assert page.status_code == 200


def test_a_future_value_switches_on_its_day(client, manager, cell, deductible):
    client.post(add_page(deductible), cell(deductible, condition_person_type=["in_service"]))

    def on(day):
        values = values_in_force(["职工门诊起付线"], area="110000", on=day)
        return values.get("职工门诊起付线", person_type="in_service").value

    assert (on(date(2026, 12, 31)), on(date(2027, 1, 1))) == (1800, 1900)


def test_the_list_takes_as_many_queries_for_fifty_rows_as_for_one(
    client, manager, deductible, django_assert_num_queries
):
    one = f"{VALUES}?parameter__id__exact={deductible.pk}&area__id__exact={PoolingArea.objects.get(code='110000').pk}"
    client.get(one)
    with django_assert_num_queries(9):
        client.get(one)
    value = PolicyValue.objects.filter(parameter=deductible, area__code="110000").first()
    copies(value, 28)
    with django_assert_num_queries(9):
        client.get(one)


def test_an_earlier_state_is_put_back_on_a_page_in_chinese(client, manager, deductible):
    value = PolicyValue.objects.filter(parameter=deductible).first()
    value.save()
    page = client.get(f"{VALUES}{value.pk}/history/{value.history.first().history_id}/").content.decode()
    trail = page.partition('class="breadcrumbs"')[2].partition("</div>")[0]

    assert [word for word in ("政策数值", "历史", "还原") if word not in trail] == []
    assert "Historical" not in page


def test_the_list_finds_by_place_and_parameter(client, manager):
    page = client.get(f"{VALUES}?q=北京+门诊起付线").content.decode()

    assert "1,800 元" in page
    assert "成都" not in page.split('id="result_list"')[1].split("</table>")[0]


@pytest.mark.parametrize(
    "path", ["poolingarea", "dimension", "policydocument", "parameter", "calculator", "finding", "policyvalue"]
)
def test_every_list_and_search_opens(client, staff, path):
    client.force_login(staff("主编"))

    assert client.get(f"/admin/calculators/{path}/").status_code == 200
    assert client.get(f"/admin/calculators/{path}/?q=北京").status_code == 200
