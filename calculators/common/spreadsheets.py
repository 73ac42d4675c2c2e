"""Spreadsheet files: CSV and XLSX read into rows of text, and written with formulas escaped. No Django.

A cell that a spreadsheet would run (it begins with =, +, -, @, their full-width forms or a control character) is
written with an apostrophe before it, which reading takes away again.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO

from calculators.common.cells import cell_text, escape_formula
from calculators.common.characters import clean, removed
from calculators.common.lazy_module import LazyModule

# Loaded with the first workbook: openpyxl takes 5 MB, and with numpy, which it would bring along to tell numpy's numbers
# apart, 20.
xlsx = LazyModule("calculators.common.xlsx", without="numpy")

MAX_TABLE_BYTES = 5_000_000  # of an upload
MAX_TABLE_ROWS = 5_000
MAX_TABLE_COLUMNS = 100
MAX_CSV_CELL_CHARACTERS = 1_000_000
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
csv.field_size_limit(MAX_CSV_CELL_CHARACTERS)


class UnreadableTable(ValueError):
    """The file is no table we can read; the message is a Chinese sentence."""


class UnwritableTable(ValueError):
    """The table cannot be written in this form; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Table:
    """A sheet as text: each row by the number a spreadsheet shows beside it, as wide as the headers, none blank.

    `removed` are sentences about characters that no database can carry, by the number of their row.
    """

    headers: list[str]
    rows: Mapping[int, list[str]]
    removed: Mapping[int, list[str]] = field(default_factory=dict)


def read_table(name: str, content: bytes, *, max_bytes: int = MAX_TABLE_BYTES) -> Table:
    """The first sheet, the first row as headers. Raises UnreadableTable."""
    if len(content) > max_bytes:
        raise UnreadableTable(f"文件超过 {max_bytes // 1_000_000} MB，请分几次导入。")
    suffix = name.rpartition(".")[2].lower()
    if suffix not in MEDIA_TYPES:
        raise UnreadableTable(f"“{name}”不是 CSV 或 XLSX 文件。")
    return _read_xlsx(content) if suffix == "xlsx" else read_csv(decode_text(content))


def decode_text(content: bytes) -> str:
    """Excel in China writes GB18030 unless told otherwise, and UTF-16 as “Unicode”. Raises UnreadableTable."""
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable("文件的编码读不出来，请另存为 UTF-8 的 CSV 或 XLSX。")


def read_csv(text: str) -> Table:
    """Parse CSV. Raises UnreadableTable."""
    try:
        return _table([cell_text(cell) for cell in row] for row in csv.reader(StringIO(text, newline="")))
    except csv.Error as error:
        raise UnreadableTable(f"这个 CSV 读不懂：{error}") from error


def _read_xlsx(content: bytes) -> Table:
    try:
        return _table(xlsx.read_rows(content, MAX_TABLE_COLUMNS + 1))
    except UnreadableTable:
        raise
    except xlsx.WorkbookTooLarge as error:
        raise UnreadableTable("文件解开后太大。") from error
    except xlsx.XLSX_ERRORS as error:
        raise UnreadableTable("这不是完好的 XLSX 文件。") from error


def _table(rows: Iterator[list[str]]) -> Table:
    """The header and at most MAX_TABLE_ROWS rows; the first row past them raises UnreadableTable."""
    headers = _without_blank_end([clean(cell) for cell in next(rows, [])])
    if len(headers) > MAX_TABLE_COLUMNS:
        raise UnreadableTable(f"表头最多 {MAX_TABLE_COLUMNS} 列，请检查右边有没有多余的格子。")
    if twice := sorted({header for header in headers if header and headers.count(header) > 1}):
        raise UnreadableTable(f"表头里有重复的列：{'、'.join(twice)}。")
    body = dict(_body(rows, len(headers)))
    told = {number: _removed(headers, cells) for number, cells in body.items()}
    return Table(
        headers,
        {number: [clean(cell) for cell in cells] for number, cells in body.items()},
        {number: sentences for number, sentences in told.items() if sentences},
    )


def _removed(headers: Sequence[str], cells: Sequence[str]) -> list[str]:
    columns = zip(headers, cells, strict=True)
    return [f"“{header}”里{sentence}" for header, cell in columns if (sentence := removed(cell))]


def _body(rows: Iterator[list[str]], width: int) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, start=2):
        cells = _without_blank_end(row)
        if not cells:
            continue
        if number > MAX_TABLE_ROWS + 1:
            raise UnreadableTable(f"一次最多导入 {MAX_TABLE_ROWS} 行，这个文件不止。")
        if len(cells) > width:
            raise UnreadableTable(f"第 {number} 行比表头的格子多，请检查多余的逗号或右边的格子。")
        yield number, cells + [""] * (width - len(cells))


def _without_blank_end(row: list[str]) -> list[str]:
    width = len(row)
    while width and not row[width - 1]:
        width -= 1
    return row[:width]


def write_table(headers: Sequence[str], rows: Iterable[Sequence[str]], suffix: str) -> bytes:
    """The table as a file; CSV with the mark by which Excel knows UTF-8. Raises UnwritableTable."""
    if suffix == "csv":
        return write_csv(headers, rows).encode("utf-8-sig")
    try:
        book: bytes = xlsx.write_rows(_harmless([headers], rows))
    except xlsx.WorkbookTooLarge as error:
        raise UnwritableTable(f"第 {error} 行有一格超过 XLSX 的上限 32767 个字，请导出为 CSV。") from error
    return book


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerows(_harmless([headers], rows))
    return out.getvalue()


def rewrite_table(table: Table) -> str:
    """A table that was read, written as CSV in which every row has the number it had."""
    last = max(table.rows, default=1)
    return write_csv(table.headers, (table.rows.get(number, []) for number in range(2, last + 1)))


def _harmless(*parts: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    for rows in parts:
        for row in rows:
            yield [escape_formula(clean(str(cell))) for cell in row]
