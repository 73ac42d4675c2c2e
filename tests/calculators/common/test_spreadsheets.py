import io
import subprocess
import sys
import zipfile
from datetime import datetime

import openpyxl
import pytest

from calculators.common.spreadsheets import (
    MAX_TABLE_ROWS,
    UnreadableTable,
    UnwritableTable,
    read_csv,
    read_table,
    rewrite_table,
    write_table,
)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def test_what_the_first_line_of_excel_says_separates_the_cells():
    assert read_csv("sep=|\n参数|数值\n起付线|1,800\n").rows == {2: ["起付线", "1,800"]}


def test_a_table_is_read_without_characters_that_no_row_can_hold_and_says_so():
    table = read_table("表.csv", "参数,数值\n起付\x00线,18\x0100\n".encode())

    assert table.rows == {2: ["起付线", "1800"]}
    assert "看不见的字符" in "".join(table.notes[2])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encodings_excel_writes(encoding):
    table = read_table("表.csv", "参数,数值\n职工门诊起付线,1800\n".encode(encoding))

    assert table.headers == ["参数", "数值"]
    assert table.rows == {2: ["职工门诊起付线", "1800"]}


def test_an_xlsx_gives_days_numbers_and_empty_cells_as_text():
    rows = [["参数", "首日", "数值", "备注"], ["起付线", datetime(2027, 1, 1), 0.1, None], ["", None, None, None]]  # noqa: DTZ001 - as openpyxl gives it

    assert read_table("a.XLSX", workbook(rows)).rows == {2: ["起付线", "2027-01-01", "0.1", ""]}


def test_an_xlsx_percentage_is_read_as_it_is_shown():
    book = openpyxl.Workbook()
    book.active.append(["参数", "数值"])
    book.active.append(["支付比例", 0.7])
    book.active["B2"].number_format = "0%"

    assert read_table("a.xlsx", saved(book)).rows == {2: ["支付比例", "70%"]}


def merged(rows, *ranges):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in ranges:
        book.active.merge_cells(cells)
    return read_table("a.xlsx", saved(book))


def test_merged_xlsx_cells_count_for_each_of_their_rows_and_it_is_told():
    table = merged([["地区", "数值"], ["北京", 1], ["", 2], ["上海", 3]], "A2:A3")

    assert table.rows == {2: ["北京", "1"], 3: ["北京", "2"], 4: ["上海", "3"]}
    assert table.notes == {3: ["“地区”是合并的格子，这一行也按“北京”读。"]}


def test_merged_xlsx_cells_count_across_columns_too():
    assert merged([["一", "二", "三"], ["同", "", "x"]], "A2:B2").rows == {2: ["同", "同", "x"]}


def test_a_row_that_has_only_a_merged_cell_is_a_blank_row():
    assert merged([["地区", "数值"], ["北京", 1], ["", None], ["上海", 3]], "A2:A3").rows.keys() == {2, 4}


def test_merged_headers_name_one_column_and_what_stands_below_the_rest_is_a_fault():
    table = merged([["地区", "", "数值"], ["北京", "北京市", 1]], "A1:B1")

    assert (table.headers, table.rows) == (["地区", "数值"], {2: ["北京", "1"]})
    assert "第 2 列没有列名，里面却有“北京市”" in table.faults[2][0]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("first", ["", "sep={}\r\n", '"sep={}"\n'])
def test_a_text_table_is_read_whatever_stands_between_its_cells(separator, encoding, first):
    lines = ["参数|数值|备注", '起付线|1,800|"甲;乙|丙"', ""]
    text = first.format(separator) + "\r\n".join(lines).replace("1,800", '"1,800"').replace("|", separator)
    table = read_table("表.csv", text.encode(encoding))

    assert table.headers == ["参数", "数值", "备注"]
    assert table.rows == {2: ["起付线", "1,800", f"甲;乙{separator}丙"]}


@pytest.mark.parametrize("suffix", ["csv", "tsv", "txt"])
def test_the_name_of_a_text_table_does_not_decide_its_separator(suffix):
    assert read_table(f"a.{suffix}", "参数\t数值\n甲\t1\n".encode("utf-16")).rows == {2: ["甲", "1"]}


def test_what_stands_behind_an_unquoted_comma_is_a_fault_of_its_row_alone():
    table = read_csv("参数,备注\n起付线,先付,再报\n封顶线,好\n")

    assert table.faults.keys() == {2}
    assert "比表头的格子多，多出的是“再报”" in table.faults[2][0]


def test_the_first_xlsx_sheet_is_read_whichever_was_last_open():
    book = openpyxl.Workbook()
    book.active.append(["参数"])
    book.create_sheet().append(["别的"])
    book.active = 1

    assert read_table("a.xlsx", saved(book)).headers == ["参数"]


def test_an_xlsx_is_read_whole_whatever_extent_it_claims():
    source, target = io.BytesIO(workbook([["参数", "数值"], ["起付线", 1]])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'ref="A1:B2"', b'ref="A1"'))
    assert b'ref="A1"' in zipfile.ZipFile(target).read("xl/worksheets/sheet1.xml")

    assert read_table("a.xlsx", target.getvalue()).rows == {2: ["起付线", "1"]}


def test_a_row_keeps_the_number_a_spreadsheet_shows_past_blank_rows():
    table = read_csv("参数,数值\n起付线,1\n,\n\n封顶线,2\n")

    assert table.rows == {2: ["起付线", "1"], 5: ["封顶线", "2"]}
    assert read_csv(rewrite_table(table)) == table


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xls", b"", "不是 CSV 或 XLSX"),
        ("a.xlsx", b"not a zip", "不是完好的 XLSX"),
        ("a.csv", b"\xff\xfe\xff", "编码读不出来"),
        ("a.csv", b"\x81", "编码读不出来"),
        ("a.csv", "参数,数值,参数\n".encode(), "重复的列：参数"),
        ("a.csv", ",".join(map(str, range(101))).encode(), "最多 100 列"),
        ("a.csv", b"x\n" * (MAX_TABLE_ROWS + 2), "一次最多导入"),
        ("a.csv", b"x\n" + b"\n" * MAX_TABLE_ROWS + b"x\n", "一次最多导入"),
        ("a.csv", b"x" * 5_000_001, "超过 5 MB"),
    ],
    ids=["旧格式", "坏文件", "断掉的编码", "编码", "重复的列", "太宽", "太多行", "空行之后", "太大"],
)
def test_what_is_no_table_is_refused_in_a_sentence(name, content, sentence):
    with pytest.raises(UnreadableTable, match=sentence):
        read_table(name, content)


def test_an_xlsx_cell_beside_the_headers_is_a_fault_of_its_row():
    table = read_table("a.xlsx", workbook([["参数"], ["起付线", None, "多一格"], ["封顶线"]]))

    assert table.faults.keys() == {2}
    assert "多出的是“多一格”" in table.faults[2][0]


def test_as_many_rows_as_are_allowed_are_read():
    assert len(read_table("a.csv", b"x\n" * (MAX_TABLE_ROWS + 1)).rows) == MAX_TABLE_ROWS


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_table_comes_back_as_it_went(suffix):
    headers, row = ["参数", "备注", "数值", "条款"], ["起付线", "'=1+1", "0.70", "两行\n文字"]
    again = read_table(f"a.{suffix}", write_table(headers, [row], suffix))

    assert (again.headers, again.rows) == (headers, {2: row})


def test_an_xlsx_text_that_no_cell_holds_is_refused_and_a_csv_holds_it():
    rows = [["短"], ["长" * 32_768]]

    with pytest.raises(UnwritableTable, match="第 3 行有一格超过 XLSX"):
        write_table(["正文"], rows, "xlsx")
    assert read_table("a.csv", write_table(["正文"], rows, "csv")).rows[3] == rows[1]


def test_characters_that_xlsx_cannot_hold_are_left_out():
    assert read_table("a.xlsx", write_table(["正文"], [["甲\x0b乙\x01"]], "xlsx")).rows == {2: ["甲 乙"]}


def test_a_process_without_xlsx_files_does_not_load_openpyxl():
    """It takes 12 MB in every process."""
    code = "import django, sys; django.setup(); import yibao_site.urls; assert 'openpyxl' not in sys.modules"

    subprocess.run([sys.executable, "-c", code], check=True)
