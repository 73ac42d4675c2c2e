"""Tables of policy values as people have them: merged cells, percent cells, days of Excel, tabs in UTF-16."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.calculators.admin.value_tables import HEADERS, VALUES, row

pytestmark = pytest.mark.django_db


def test_what_stands_behind_an_unquoted_comma_is_a_fault_of_its_row(upload):
    page = upload(row(), row(day="2028-01-01", note="先付，再报") + ",余下")

    [(number, sentence)] = page.context["report"].faults
    assert number == 3
    assert "多出的是“余下”" in sentence


@pytest.mark.parametrize("day", ["2027年1月1日", "2027/1/1 0:00", "46388", "２０２７－０１－０１"])
def test_a_day_is_read_however_it_is_written(upload, day):
    [(found, _)] = upload(row(day=day)).context["report"].rows

    assert found.instance.effective_from == date(2027, 1, 1)


def test_merged_cells_percent_cells_and_days_of_a_workbook_are_read_as_an_editor_sees_them(client, manager):
    book = openpyxl.Workbook()
    for cells in (
        HEADERS.split(","),
        [
            "职工门诊支付比例",
            "北京",
            "在职·社区",
            0.7,
            "比例",
            date(2027, 1, 1),
            "",
            "bj_op_2023",
            "",
            "待核实",
            "",
            "",
        ],
        ["", "", "在职·一级", 0.8, "比例", 46388, "", "bj_op_2023", "", "待核实", "", ""],
    ):
        book.active.append(cells)
    for cell in ("D2", "D3"):
        book.active[cell].number_format = "0%"
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("B2:B3")
    file = io.BytesIO()
    book.save(file)
    page = client.post(f"{VALUES}import/", {"file": SimpleUploadedFile("a.xlsx", file.getvalue())})

    assert page.context["report"].faults == []
    assert [(one.instance.number, str(one.instance.effective_from)) for one, _ in page.context["report"].rows] == [
        (Decimal("0.7"), "2027-01-01"),
        (Decimal("0.8"), "2027-01-01"),
    ]
    assert "“参数”是合并的格子，这一行也按“职工门诊支付比例”读。" in page.content.decode()


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_a_text_table_with_tabs_is_read(client, manager, encoding):
    content = f"{HEADERS}\n{row()}\n".replace(",", "\t").encode(encoding)
    page = client.post(f"{VALUES}import/", {"file": SimpleUploadedFile("a.txt", content)})

    assert "新增 1 行" in page.content.decode()
