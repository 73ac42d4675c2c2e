"""Tables as files: CSV and XLSX read into rows of text, and written so that no cell is a formula. No Django.

A cell that a spreadsheet would run (it begins with =, +, -, @, their full-width forms or a control character) is
written with an apostrophe before it, which reading takes away again.
"""

import csv
import io
import zipfile
from datetime import datetime
from itertools import islice
from xml.etree.ElementTree import ParseError

import tablib

from calculators.common.lazy_module import LazyModule

# It brings numpy along where that is installed: 15 MB for the processes in which somebody reads or writes a workbook.
openpyxl = LazyModule("openpyxl")

MAX_BYTES = 5_000_000
MAX_UNPACKED = 50_000_000
MAX_ROWS = 5_000
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


class UnreadableTable(ValueError):
    """The file is no table we can read; the message is a Chinese sentence."""


def read_table(name: str, content: bytes) -> tablib.Dataset:
    """The first sheet as text, first row as headers. Raises UnreadableTable."""
    if len(content) > MAX_BYTES:
        raise UnreadableTable("文件超过 5 MB，请分几次导入。")
    suffix = name.rpartition(".")[2].lower()
    if suffix not in {"csv", "xlsx"}:
        raise UnreadableTable(f"“{name}”不是 CSV 或 XLSX 文件。")
    table = _from_rows(_read_xlsx(content)) if suffix == "xlsx" else read_csv(_decode(content))
    if len(table) > MAX_ROWS:
        raise UnreadableTable(f"一次最多导入 {MAX_ROWS} 行，这个文件不止。")
    return table


def read_csv(text: str) -> tablib.Dataset:
    """Of a longer table only so much is read that it can be told to be too long."""
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline="")), MAX_ROWS + 2))
    except csv.Error as error:
        raise UnreadableTable(f"这个 CSV 读不懂：{error}") from error
    if any(len(row) > len(rows[0]) for row in rows):
        raise UnreadableTable("有的行比表头的格子多，请检查多余的逗号。")
    return _from_rows(rows)


def _decode(content):
    """Excel in China writes GB18030 unless told otherwise."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable("文件的编码读不出来，请另存为 UTF-8 的 CSV 或 XLSX。")


def _read_xlsx(content):
    try:
        refuse_bomb(content)
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        return list(sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 2))
    except (
        zipfile.BadZipFile,
        openpyxl.utils.exceptions.InvalidFileException,
        ParseError,
        KeyError,
        IndexError,
        ValueError,
    ) as error:
        if isinstance(error, UnreadableTable):
            raise
        raise UnreadableTable("这不是完好的 XLSX 文件。") from error


def refuse_bomb(content: bytes) -> None:
    """A workbook is a zip file: told to be too large before any of it is unpacked. Raises UnreadableTable."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
            raise UnreadableTable("文件解开后太大。")


def _from_rows(rows):
    headers, *body = [[as_text(cell) for cell in row] for row in rows] or [[]]
    width = len(headers)
    while width and not headers[width - 1]:
        width -= 1
    table = tablib.Dataset(headers=headers[:width])
    for row in body:
        if any(row):
            table.append((row + [""] * width)[:width])
    return table


def as_text(cell) -> str:
    """What an editor sees in the cell: a day as 2027-01-01, a number without needless digits."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").rstrip(".")
    return unmarked(str(cell).strip())


def harmless(text: str) -> str:
    """Text that no spreadsheet runs as a formula; `unmarked` is the inverse."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def unmarked(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def write_table(table: tablib.Dataset, suffix: str) -> bytes:
    """The table as a file; CSV with the mark by which Excel knows UTF-8."""
    safe = tablib.Dataset(*[[harmless(str(cell)) for cell in row] for row in table], headers=table.headers)
    return safe.export("xlsx") if suffix == "xlsx" else safe.export("csv").encode("utf-8-sig")
