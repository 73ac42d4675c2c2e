import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from calculators.models import Finding, PolicyDocument, PolicyValue, SecondReading
from calculators.policies.value_import_columns import PolicyValueResource

pytestmark = pytest.mark.django_db
VALUES = "/admin/calculators/policyvalue/"
HEADERS = "参数,地区,适用于,数值,单位,首日,见于,政策文件,条款,状态,复核截止,备注"
FIGURE = ("1733", "1,733", "1７33")


@pytest.fixture
def entered(deductible, staff):
    """A figure that a colleague entered."""
    value = PolicyValue.objects.filter(parameter=deductible, area__code="110000").with_source().first()
    value.pk, value.number, value.effective_from = None, 1733, date(2027, 1, 1)
    value.note = ""
    value.document = PolicyDocument.objects.get(slug="sh_2025_7")
    value.enter(staff("政策管理员", username="colleague"))
    value.save()
    return value


def confirm_page(value):
    return reverse("admin:calculators_policyvalue_confirm", args=[value.pk])


def shows_figure(page):
    return any(spelling in page.content.decode() for spelling in FIGURE)


def test_the_page_shows_everything_but_the_figure(client, manager, entered):
    page = client.get(confirm_page(entered))

    assert "北京市 · 职工门诊起付线 · 在职" in page.content.decode()
    assert "打开来源" in page.content.decode()
    assert not shows_figure(page)


def test_the_list_does_not_show_it_to_who_could_be_the_second_reader(client, manager, entered):
    page = client.get(f"{VALUES}?q=北京+门诊起付线")

    assert confirm_page(entered) in page.content.decode()
    assert not shows_figure(page)


@pytest.mark.parametrize("question", ["number__gt=1000", "number=1733", "kind=value", "is=value", "text=", "o=3"])
def test_no_question_to_the_list_narrows_it_down(client, manager, entered, question):
    """Whatever is asked of the figure, the answer is the same for this one and for any other."""
    asked = f"{VALUES}?q=北京+门诊起付线&{question}"
    before = client.get(asked, follow=True).content.decode()
    PolicyValue.objects.filter(pk=entered.pk).update(kind="unlimited", number=None, text="无")
    after = client.get(asked, follow=True).content.decode()

    assert rows_of(before) == rows_of(after)


def rows_of(page):
    return re.findall(r"<tr>.*?</tr>", page.partition('id="result_list"')[2], re.DOTALL)


def test_who_entered_it_finds_it_by_its_kind(client, entered):
    client.force_login(entered.entered_by)

    assert shows_figure(client.get(f"{VALUES}?q=北京+门诊起付线&is=value"))
    assert not shows_figure(client.get(f"{VALUES}?q=北京+门诊起付线&is=ended"))


def test_who_entered_it_sees_it_in_the_list(client, entered):
    client.force_login(entered.entered_by)

    assert shows_figure(client.get(f"{VALUES}?q=北京+门诊起付线"))


def test_typing_the_same_confirms_it(client, manager, entered):
    client.post(confirm_page(entered), {"cell": "1,733 元", "clause": "第十二条"})

    entered.refresh_from_db()
    assert (entered.status, entered.confirmed_by, entered.clause) == ("confirmed", manager, "第十二条")
    assert entered.history.first().history_change_reason == "第二人核对一致"


def test_typing_another_number_keeps_it_unverified_and_tells_neither(client, manager, entered):
    page = client.post(confirm_page(entered), {"cell": "1800", "clause": "第十二条"}, follow=True)

    entered.refresh_from_db()
    assert entered.status == "recalled"
    assert not shows_figure(page)
    assert not shows_figure(client.get("/admin/calculators/finding/"))
    assert not shows_figure(client.get(confirm_page(entered)))


def test_a_figure_from_an_official_text_is_not_confirmed_without_a_clause(client, manager, entered):
    page = client.post(confirm_page(entered), {"cell": "1733", "clause": ""})

    entered.refresh_from_db()
    assert entered.status == "recalled"
    assert "你是在哪一条读到的" in page.content.decode()


def test_looking_leads_to_no_other_site(client, manager, entered):
    looked = client.post(f"{VALUES}{entered.pk}/look/", {"next": "https://evil.example/"})

    assert looked["Location"] == reverse("admin:calculators_policyvalue_change", args=[entered.pk])


def test_what_cannot_be_read_is_asked_again(client, manager, entered):
    page = client.post(confirm_page(entered), {"cell": "很多"})

    assert "不是数字" in page.content.decode()
    assert not shows_figure(page)


@pytest.fixture(params=["change", "history", "version"])
def figure_page(request, entered):
    """The address of a page that shows the figure."""
    if request.param == "version":
        versions = [entered.pk, entered.history.latest().pk]
        return reverse("admin:calculators_policyvalue_simple_history", args=versions)
    return reverse(f"admin:calculators_policyvalue_{request.param}", args=[entered.pk])


def test_a_page_with_the_figure_asks_first_and_leaves_the_second_reader_one(client, manager, entered, figure_page):
    page = client.get(figure_page)

    assert "看了就不能核对这个数" in page.content.decode()
    assert confirm_page(entered) in page.content.decode()
    assert not shows_figure(page)
    client.post(confirm_page(entered), {"cell": "1733", "clause": "第十二条"})
    entered.refresh_from_db()
    assert entered.status == "confirmed"


def test_a_row_of_the_reading_list_has_one_link_and_it_leads_to_the_reading_page(client, manager, entered):
    page = client.get(f"{VALUES}?reading=waits&q=北京+职工门诊起付线").content.decode()
    row = next(row for row in rows_of(page) if confirm_page(entered) in row)

    assert re.findall('href="([^"]+)"', row) == [confirm_page(entered)]
    assert ">核对</a>" in row
    assert not any(spelling in row for spelling in FIGURE)


def test_after_the_last_reading_of_a_document_the_list_of_what_waits_comes_back(client, manager, entered):
    PolicyValue.objects.filter(document=entered.document).exclude(pk=entered.pk).update(
        status="confirmed", clause="第一条", confirmed_on=date(2026, 1, 1)
    )
    assert (
        client.post(confirm_page(entered), {"cell": "1733", "clause": "第十二条"})["Location"]
        == f"{VALUES}?reading=waits"
    )


def test_whoever_chose_to_look_at_the_figure_is_no_second_reader(client, manager, entered, figure_page):
    looked = client.post(f"{VALUES}{entered.pk}/look/", {"next": figure_page}, follow=True)

    assert looked.redirect_chain == [(figure_page, 302)]
    assert "看了就不能核对这个数" not in looked.content.decode()
    client.post(confirm_page(entered), {"cell": "1733", "clause": "第十二条"})

    entered.refresh_from_db()
    assert entered.status == "recalled"
    assert "你已经看过" in client.get(confirm_page(entered)).content.decode()


def test_whoever_exported_the_figure_is_no_second_reader(client, manager, entered):
    client.get(f"{VALUES}export.csv")

    assert "你已经看过" in client.get(confirm_page(entered)).content.decode()


def test_whoever_was_shown_it_as_the_figure_before_is_no_second_reader(client, manager, deductible, cell, entered):
    later = cell(deductible, condition_person_type=["in_service"], effective_from="2028-01-01", change_reason="")
    del later["impact_shown"]
    page = client.post(f"{VALUES}add/?parameter={deductible.pk}", later)

    assert shows_figure(page)
    assert "你已经看过" in client.get(confirm_page(entered)).content.decode()


def test_whoever_was_shown_it_by_a_dry_run_is_no_second_reader(client, manager, entered):
    table = f"{HEADERS}\n职工门诊起付线,北京,在职,3000,元/年,2028-01-01,,bj_op_2023,,待核实,,"
    page = client.post(f"{VALUES}import/", {"file": SimpleUploadedFile("年度.csv", table.encode())})

    assert shows_figure(page)
    assert "你已经看过" in client.get(confirm_page(entered)).content.decode()


def test_whoever_was_told_by_a_dry_run_that_it_is_the_same_is_no_second_reader(client, manager, entered):
    table = PolicyValueResource().export([entered]).export("csv")
    page = client.post(f"{VALUES}import/", {"file": SimpleUploadedFile("年度.csv", table.encode())})

    assert "1 行没有变化" in page.content.decode()
    assert "你已经看过" in client.get(confirm_page(entered)).content.decode()


def test_who_entered_it_cannot_confirm_it(client, entered):
    client.force_login(entered.entered_by)
    client.post(confirm_page(entered), {"cell": "1733", "clause": "第十二条"})

    entered.refresh_from_db()
    assert entered.status == "recalled"


def test_an_editor_of_articles_confirms_nothing(client, staff, entered):
    client.force_login(staff("编辑"))

    assert client.get(confirm_page(entered)).status_code == 403


def test_who_read_differently_does_not_settle_it(client, manager, staff, entered):
    client.post(confirm_page(entered), {"cell": "1800", "clause": "第十二条"})
    finding = Finding.objects.open().get()
    checked = {"action": "mark_checked", "_selected_action": [finding.pk]}
    client.post("/admin/calculators/finding/", checked)
    assert Finding.objects.open().exists()

    client.force_login(entered.entered_by)
    SecondReading.objects.update(at=datetime(2026, 2, 28, 16, 30, tzinfo=UTC))
    form = client.get(reverse("admin:calculators_policyvalue_change", args=[entered.pk])).content.decode()
    assert "2026-03-01 manager：不一致，读到的是 1800" in form
    client.post("/admin/calculators/finding/", checked)
    assert not Finding.objects.open().exists()


def test_a_value_that_is_gone_is_not_found(client, manager):
    assert client.get(f"{VALUES}999999/confirm/").status_code == 404
