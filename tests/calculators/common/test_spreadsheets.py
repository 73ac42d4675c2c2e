import io
from datetime import datetime

import openpyxl
import pytest
import tablib

from calculators.common.spreadsheets import MAX_ROWS, UnreadableTable, as_text, harmless, read_table, write_table


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_excel_writes(encoding):
    table = read_table("表.csv", "参数,数值\n职工门诊起付线,1800\n".encode(encoding))

    assert table.headers == ["参数", "数值"]
    assert table[0] == ("职工门诊起付线", "1800")


def test_a_spreadsheet_gives_days_numbers_and_empty_cells_as_text():
    rows = [["参数", "首日", "数值", "备注"], ["起付线", datetime(2027, 1, 1), 0.1, None], ["", None, None, None]]  # noqa: DTZ001 - as openpyxl gives it
    table = read_table("a.XLSX", workbook(rows))

    assert list(table) == [("起付线", "2027-01-01", "0.1", "")]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xls", b"", "不是 CSV 或 XLSX"),
        ("a.xlsx", b"not a zip", "不是完好的 XLSX"),
        ("a.csv", b"\xff\xfe\xff", "编码读不出来"),
        ("a.csv", "参数\n起付线,多一格\n".encode(), "比表头的格子多"),
        ("a.csv", b"x\n" * (MAX_ROWS + 2), "一次最多导入"),
        ("a.csv", b"x" * 5_000_001, "超过 5 MB"),
    ],
    ids=["旧格式", "坏文件", "编码", "多一格", "太多行", "太大"],
)
def test_what_is_no_table_is_refused_in_a_sentence(name, content, sentence):
    with pytest.raises(UnreadableTable, match=sentence):
        read_table(name, content)


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx"])
def test_no_cell_is_written_as_a_formula(text):
    assert harmless(text) == f"'{text}"
    assert as_text(harmless(text)) == text


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_table_comes_back_as_it_went(suffix):
    table = tablib.Dataset(("起付线", "=1+1", "0.70", ""), headers=["参数", "备注", "数值", "条款"])
    again = read_table(f"a.{suffix}", write_table(table, suffix))

    assert (again.headers, list(again)) == (table.headers, list(table))
