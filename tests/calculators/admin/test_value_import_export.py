import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calculators.models import Dimension, Finding, Parameter, PolicyValue
from calculators.publishing.gate import publish
from tests.calculators.admin.value_tables import HEADERS, VALUES, row
from tests.calculators.factories import DEDUCTIBLE, stored

pytestmark = pytest.mark.django_db
# One asks whether it is the first value of its area, whose page says 未收录; one writes the page keys.
MOST_QUERIES_A_ROW = 26


@pytest.fixture
def confirm(client):
    """Confirm what a dry run showed."""

    def send(page, reason=""):
        return client.post(f"{VALUES}import/", {"table": page.context["confirm"].initial["table"], "reason": reason})

    return send


def text(page):
    return page.content.decode()


def test_the_dry_run_shows_each_change_and_stores_nothing(upload):
    before = PolicyValue.objects.count()
    page = text(upload(row(), row("1310", "2023-01-01", "退休", "已核实")))

    assert "新增 1 行，修改 1 行，0 行没有变化。还没有保存。" in page
    assert "<del>1300</del> → <ins>1310</ins>" in page
    assert PolicyValue.objects.count() == before


def test_the_confirmed_table_is_stored_with_its_reason(upload, confirm, manager):
    confirm(upload(row()), "年度调整")

    value = PolicyValue.objects.latest("pk")
    assert (value.number, value.effective_from, value.entered_by) == (1900, date(2027, 1, 1), manager)
    assert value.history.get().history_change_reason == "年度调整"


def test_an_import_never_verifies_a_figure(upload, confirm):
    confirm(upload(row(status="已核实")))
    assert PolicyValue.objects.latest("pk").status == "recalled"

    confirm(upload(row(status="已核实", note="改了备注")))

    value = PolicyValue.objects.latest("pk")
    assert (value.status, value.note) == ("recalled", "改了备注")


def test_one_bad_row_stores_nothing(upload):
    before = PolicyValue.objects.count()
    page = upload(row(), row("八百", "2028-01-01"), row("80", parameter="职工门诊支付比例", unit="比例"))

    assert "确认导入" not in text(page)
    assert "第 3 行：“八百”不是数字" in text(page)
    assert "第 4 行：“职工门诊支付比例”应在 0 到 1 之间，写的是 80。是不是想写 0.8？" in text(page)
    assert PolicyValue.objects.count() == before


def test_a_single_age_is_read_as_a_range_of_one_year(upload, confirm):
    Parameter.objects.get(name="职工门诊起付线").dimensions.add(Dimension.objects.get(code="age"))
    confirm(upload(row(for_whom="在职·60岁")), reason="单个年龄")

    assert PolicyValue.objects.get(conditions_text="在职·60岁").conditions == {
        "person_type": ["in_service"],
        "age": [60, 60],
    }


def test_a_list_of_ages_is_refused_by_the_dry_run(upload):
    assert "年龄写成一个范围" in text(upload(row(for_whom="在职·60岁、70岁")))


def test_what_looks_like_a_slip_is_stored_only_with_a_reason(upload, confirm):
    page = upload(row("18000"))
    assert "比原来的 1800（2023年1月1日起）高了 900%。" in text(page)

    refused = confirm(page)
    assert "写明理由才能保存" in text(refused)
    assert not PolicyValue.objects.filter(number=18000).exists()

    confirm(page, "原文如此")
    assert PolicyValue.objects.filter(number=18000).exists()


def test_rows_of_one_table_are_compared_with_one_another(upload):
    first, second = row("1", "2027-01-01"), row("100", "2028-01-01")

    assert "比原来的 1（2027年1月1日起）高了 9900%。" in text(upload(first, second))


def test_missing_and_unknown_columns_are_named(client, manager):
    content = f"{HEADERS.replace('条款,', '')},来历\n".encode()
    page = text(client.post(f"{VALUES}import/", {"file": SimpleUploadedFile("a.csv", content)}))

    assert "表里缺少：条款。表里多出：来历。" in page


def test_what_is_exported_comes_back_without_a_change(client, manager):
    content = client.get(f"{VALUES}export.csv").content
    page = client.post(f"{VALUES}import/", {"file": SimpleUploadedFile("a.csv", content)})

    assert f"新增 0 行，修改 0 行，{PolicyValue.objects.count()} 行没有变化" in text(page)


def test_a_workbook_of_one_place_comes_back_without_a_change(client, manager, beijing):
    content = client.get(f"{VALUES}export.xlsx?area__id__exact={beijing.pk}").content
    page = client.post(f"{VALUES}import/", {"file": SimpleUploadedFile("a.xlsx", content)})

    count = PolicyValue.objects.filter(area=beijing).count()
    assert count
    assert f"新增 0 行，修改 0 行，{count} 行没有变化" in text(page)


def test_an_export_holds_what_the_list_shows(client, manager, beijing):
    content = client.get(f"{VALUES}export.xlsx?area__id__exact={beijing.pk}").content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))

    assert {cells[1] for cells in rows[1:]} == {"北京"}


def test_no_exported_note_is_a_formula(client, manager):
    value = PolicyValue.objects.first()
    value.note = "=HYPERLINK(1)"
    value.save()

    assert "'=HYPERLINK(1)" in client.get(f"{VALUES}export.csv").content.decode()


def test_an_editor_of_articles_imports_nothing(client, staff):
    client.force_login(staff("编辑"))

    assert client.get(f"{VALUES}import/").status_code == 403


def test_the_import_page_has_no_inline_script_or_style(upload):
    page = text(upload(row()))

    assert " style=" not in page
    assert "onclick" not in page
    assert "<script>" not in page


def test_trying_a_table_costs_so_many_queries_a_row_however_long_it_is(upload):
    cities = ["河北", "江苏", "浙江", "福建"]
    rows = [row(day=f"{year}-01-01").replace("北京", city) for year in range(2030, 2040) for city in cities]
    upload(rows[0])

    with CaptureQueriesContext(connection) as few:
        assert "新增 4 行" in text(upload(*rows[:4]))
    with CaptureQueriesContext(connection) as many:
        assert "新增 40 行" in text(upload(*rows))

    assert len(many) - len(few) <= MOST_QUERIES_A_ROW * 36


def test_the_dry_run_tells_which_cases_move_and_confirming_lists_them(upload, confirm):
    publish(stored(DEDUCTIBLE), by=None)
    page = upload(row("1700"))
    assert "<strong>101.00</strong>" in text(page)

    confirm(page)
    assert Finding.objects.open().get().kind == "result_moved"


def test_a_table_that_breaks_a_case_needs_a_reason(upload, confirm):
    publish(stored(DEDUCTIBLE), by=None)
    page = upload(row("1700", "2023-01-01"))

    assert "写明理由才能保存" in text(confirm(page))
    assert confirm(page, "原文勘误").status_code == 302


def test_a_fault_names_the_row_of_the_spreadsheet_past_blank_rows(upload):
    page = upload(row(), "", row(unit="元/月亮"))

    assert [number for number, _ in page.context["report"].faults] == [4]


def test_a_change_names_the_row_of_the_spreadsheet_past_blank_rows(upload, confirm):
    page = upload("", row())
    assert [found.number for found, _ in page.context["report"].rows] == [3]

    assert confirm(page).status_code == 302


def test_a_day_as_excel_saves_it_in_csv_is_read(upload):
    [(found, _)] = upload(row(day="2027/1/1")).context["report"].rows

    assert found.instance.effective_from == date(2027, 1, 1)


def test_the_confirmed_table_holds_every_text_as_it_was_shown(upload, confirm):
    page = upload(row(note="''=1+1"))
    shown = page.context["report"].rows[0][0].instance.note
    confirm(page)

    assert shown == PolicyValue.objects.get(effective_from=date(2027, 1, 1), note__contains="=").note == "'=1+1"
