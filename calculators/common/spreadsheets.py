"""Spreadsheet files: CSV and XLSX read into rows of text, and written with formulas escaped. No Django.

CSV is any text in columns: apart by commas, tabs or semicolons, or by what Excel's own first line `sep=` says.

A cell that a spreadsheet would run (it begins with =, +, -, @, their full-width forms or a control character) is
written with an apostrophe before it, which reading takes away again.
"""

import csv
import re
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
MAX_ROWS_WITH_BLANKS = 20_000  # a workbook of 5 kB may say that it has two billion rows
MAX_CSV_CELL_CHARACTERS = 1_000_000
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TEXT_SUFFIXES = {"csv", "tsv", "txt"}  # Excel calls a table with tabs “Unicode text”, .txt
SEPARATORS = ",\t;"
SHOWN_CHARACTERS = 20  # of a cell that is told
_SEPARATOR_LINE = re.compile(r'\A"?sep=(.)"?[^\S\n]*\n', re.IGNORECASE)
csv.field_size_limit(MAX_CSV_CELL_CHARACTERS)


class UnreadableTable(ValueError):
    """The file is no table we can read; the message is a Chinese sentence."""


class UnwritableTable(ValueError):
    """The table cannot be written in this form; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Table:
    """A sheet as text: each row by the number a spreadsheet shows beside it, as wide as the headers, none blank.

    By the number of its row: `notes` tell what was changed on the way, `faults` what the row holds that no column takes.
    """

    headers: list[str]
    rows: Mapping[int, list[str]]
    notes: Mapping[int, list[str]] = field(default_factory=dict)
    faults: Mapping[int, list[str]] = field(default_factory=dict)


def read_table(name: str, content: bytes, *, max_bytes: int = MAX_TABLE_BYTES) -> Table:
    """The first sheet, the first row as headers. Raises UnreadableTable."""
    if len(content) > max_bytes:
        raise UnreadableTable(f"文件超过 {max_bytes // 1_000_000} MB，请分几次导入。")
    suffix = name.rpartition(".")[2].lower()
    if suffix not in TEXT_SUFFIXES | MEDIA_TYPES.keys():
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
    told = _SEPARATOR_LINE.match(text.replace("\r\n", "\n", 1))
    lines = text.partition("\n")[2] if told else text
    try:
        separator = told[1] if told else max(SEPARATORS, key=lambda each: len(next(_cells(lines, each), [])))
        return _table(([cell_text(cell) for cell in row], ()) for row in _cells(lines, separator))
    except csv.Error as error:
        raise UnreadableTable(f"这个 CSV 读不懂：{error}") from error


def _cells(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=separator)


def _read_xlsx(content: bytes) -> Table:
    try:
        return _table(xlsx.read_rows(content, MAX_TABLE_COLUMNS + 1))
    except UnreadableTable:
        raise
    except xlsx.WorkbookTooLarge as error:
        raise UnreadableTable("文件解开后太大。") from error
    except xlsx.XLSX_ERRORS as error:
        raise UnreadableTable("这不是完好的 XLSX 文件。") from error


def _table(rows: Iterator[tuple[list[str], Sequence[int]]]) -> Table:
    """The header and at most MAX_TABLE_ROWS rows; the first row past them raises UnreadableTable."""
    headers = _without_blank_end([clean(cell) for cell in next(rows, ([], ()))[0]])
    if len(headers) > MAX_TABLE_COLUMNS:
        raise UnreadableTable(f"表头最多 {MAX_TABLE_COLUMNS} 列，请检查右边有没有多余的格子。")
    if twice := sorted({header for header in headers if header and headers.count(header) > 1}):
        raise UnreadableTable(f"表头里有重复的列：{'、'.join(twice)}。")
    named = [place for place, header in enumerate(headers) if header]
    body, notes, faults = {}, {}, {}
    for number, row, filled in _body(rows):
        cells = row + [""] * (len(headers) - len(row))
        body[number] = [clean(cells[place]) for place in named]
        notes[number] = _notes(headers, cells, filled)
        faults[number] = _faults(headers, cells)
    return Table([headers[place] for place in named], body, _told(notes), _told(faults))


def _told(sentences: Mapping[int, list[str]]) -> dict[int, list[str]]:
    return {number: told for number, told in sentences.items() if told}


def _notes(headers: Sequence[str], cells: Sequence[str], filled: Sequence[int]) -> list[str]:
    columns = list(zip(headers, cells, strict=False))
    merged = [columns[place] for place in filled if place < len(columns) and headers[place]]
    return [
        *(f"“{header}”里{sentence}" for header, cell in columns if (sentence := removed(cell))),
        *(f"“{header}”是合并的格子，这一行也按“{_shown(cell)}”读。" for header, cell in merged),
    ]


def _faults(headers: Sequence[str], cells: Sequence[str]) -> list[str]:
    """What stands in no column: behind the last one, as an unquoted comma leaves it, or below none."""
    beyond = [cell for cell in cells[len(headers) :] if cell]
    nameless = [
        f"第 {place} 列没有列名，里面却有“{_shown(cell)}”：请在第一行写上列名，或清空这一格。"
        for place, (header, cell) in enumerate(zip(headers, cells, strict=False), start=1)
        if cell and not header
    ]
    if not beyond:
        return nameless
    told = f"比表头的格子多，多出的是“{_shown('，'.join(beyond))}”：内容里有逗号的格子要用双引号括起来，右边多余的格子请清空。"
    return [told, *nameless]


def _shown(cell: str) -> str:
    line = " ".join(clean(cell).split())
    return line if len(line) <= SHOWN_CHARACTERS else f"{line[:SHOWN_CHARACTERS]}…"


def _body(rows: Iterator[tuple[list[str], Sequence[int]]]) -> Iterator[tuple[int, list[str], Sequence[int]]]:
    for number, (row, filled) in enumerate(rows, start=2):
        cells = _without_blank_end(row)
        if number > MAX_ROWS_WITH_BLANKS:
            raise UnreadableTable(f"表格超过 {MAX_ROWS_WITH_BLANKS} 行，多半是空行：请删掉内容下面的空行再导入。")
        if not cells:
            continue
        if number > MAX_TABLE_ROWS + 1:
            raise UnreadableTable(f"一次最多导入 {MAX_TABLE_ROWS} 行，这个文件不止。")
        yield number, cells, filled


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
