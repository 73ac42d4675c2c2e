"""No file for a spreadsheet holds a cell that it would run, whatever text editors and imports have stored."""

import csv
import io

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from openpyxl import load_workbook

from articles.models import Article
from tests.attacks.hostile_rows import poison

pytestmark = pytest.mark.django_db

STARTS = {"=": "=", "+": "+", "-": "-", "@": "@", "Tab": "\t", "CR": "\r", "LF": "\n", "＝": "＝", "＠": "＠"}
RUN = tuple(STARTS.values())
LIST, VALUES = "/admin/articles/article/", "/admin/calculators/policyvalue/"
EXPORTS = {"export_csv": "csv", "export_xlsx": "xlsx", "export.csv": "csv", "export.xlsx": "xlsx"}


def exported(client, name):
    if name.startswith("export."):
        return client.get(f"{VALUES}{name}").content
    chosen = {ACTION_CHECKBOX_NAME: list(Article.objects.values_list("pk", flat=True))}
    return client.post(LIST, {"action": name} | chosen).content


def cells(content, suffix):
    """Every cell below the headers."""
    if suffix == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        return [cell for row in rows[1:] for cell in row]
    sheet = load_workbook(io.BytesIO(content)).active
    found = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert not [cell for cell in found if cell.data_type == "f"]
    return [str(cell.value) for cell in found if cell.value is not None]


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_no_exported_cell_is_a_formula(site, admin_client, start, tried):
    poison(f"{start}SUM(1)|cmd")
    for name, suffix in EXPORTS.items():
        found = cells(exported(admin_client, name), suffix)

        assert any("SUM(1)" in cell for cell in found), name
        assert [cell for cell in found if cell.startswith(RUN)] == [], name
    tried("导出表格里的公式", f"{len(STARTS)} 种开头 × {len(EXPORTS)} 种导出", "没有一格会被当作公式")


def test_there_is_no_other_export_of_tables(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    offered = {name for shown in admin.site._registry.values() for name in shown.get_actions(request)}
    addresses = {str(pattern.pattern) for shown in admin.site._registry.values() for pattern in shown.get_urls()}

    assert {name for name in offered if "export" in name} == {"export_csv", "export_xlsx", "export_markdown"}
    assert {address for address in addresses if "export" in address} == {"export.<str:suffix>", "<int:pk>/export/"}
