"""XLSX workbooks: the first sheet read row by row as text, and rows written as one sheet. No Django.

The only module that imports openpyxl, which takes 12 MB; calculators.common.spreadsheets loads it with the first workbook.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Protocol
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from calculators.common.cells import cell_text

SheetRow = tuple[
    list[str], Sequence[int]
]  # the cells as text, and which of them the file gives only at the first of a merge
MAX_UNPACKED_BYTES = 50_000_000
# Of more than SMALL_BYTES. Sheets that programs write shrink to a tenth; what shrinks to a two-hundredth repeats itself.
MAX_PACKING, SMALL_BYTES = 200, 5_000_000
CHUNK_BYTES, MERGED_BYTES = 1_000_000, 100  # read at a time; no longer than the element of one merge
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^<>]{0,60}?\bref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_SHARED_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
MAX_SHARED_STRINGS = 250_000  # two seconds of work
MAX_XLSX_CELL_CHARACTERS = 32_767  # Excel's own limit; openpyxl drops the rest without a word
XLSX_ERRORS = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    IndexError,
    OSError,
    TypeError,
    ValueError,
)


class WritableSheet(Protocol):
    """The sheet of a workbook that is being written."""

    def append(self, row: list[str]) -> None: ...


class WorkbookTooLarge(Exception):
    """The workbook unpacks to more than MAX_UNPACKED_BYTES, or a text is longer than a cell."""


def read_rows(content: bytes, columns: int) -> Iterator[SheetRow]:
    """The first so many columns. Raises WorkbookTooLarge and XLSX_ERRORS.

    Merged cells all have the text of the first, as an editor sees it beside each of their rows; the header, and a row
    with nothing else in it, stay as they are. The extent that the file claims counts for nothing: not every program
    writes the right one.
    """
    _refuse_bomb(content)
    sheet = load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0]
    sheet.reset_dimensions()
    begun = _merged_ranges(sheet, columns)
    merged: dict[int, tuple[int, str]] = {}  # by column, the last row and the text
    for number, row in enumerate(sheet.iter_rows(max_col=columns), start=1):
        cells = [cell_text(cell.value, cell.number_format if cell.value is not None else "") for cell in row]
        filled = [place for place, (last, text) in merged.items() if number <= last and text and not _at(cells, place)]
        for first, end, last in begun.get(number, []):
            merged |= {place: (last, _at(cells, first)) for place in range(first, end)}
            filled += [place for place in range(first + 1, end) if _at(cells, first)]
        yield _filled(cells, filled, merged) if number > 1 and any(cells) else (cells, [])


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _filled(cells: list[str], places: Sequence[int], merged: Mapping[int, tuple[int, str]]) -> SheetRow:
    cells = cells + [""] * (max(places, default=-1) + 1 - len(cells))
    for place in places:
        cells[place] = merged[place][1]
    return cells, places


def _merged_ranges(sheet: ReadOnlyWorksheet, columns: int) -> dict[int, list[tuple[int, int, int]]]:
    """By the number of its first row: the first column of each range, the one behind its last, and its last row."""
    ranges: dict[int, list[tuple[int, int, int]]] = {}
    rest = b""
    with (
        sheet._get_source() as source
    ):  # a workbook that is read row by row keeps what stands behind the rows to itself
        while chunk := source.read(CHUNK_BYTES):
            for found in _MERGED.finditer(rest + chunk):
                first, top, last, bottom = range_boundaries(found[1].decode())
                if first <= columns:
                    ranges.setdefault(top, []).append((first - 1, min(last, columns), bottom))
            rest = (rest + chunk)[-MERGED_BYTES:]
            rest = rest[rest.rfind(b">") + 1 :]
    return ranges


def _refuse_bomb(content: bytes) -> None:
    """A workbook is a zip file: told to be too large before any of it is unpacked."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED_BYTES or unpacked > max(SMALL_BYTES, MAX_PACKING * len(content)):
            raise WorkbookTooLarge
        if sum(_shared_strings(archive, entry) for entry in archive.infolist()) > MAX_SHARED_STRINGS:
            raise WorkbookTooLarge


def _shared_strings(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """How many texts for cells a part holds, whatever its name: all are read, whether a cell has them or not."""
    with archive.open(entry) as part:
        return sum(len(_SHARED_STRING.findall(chunk)) for chunk in iter(lambda: part.read(CHUNK_BYTES), b""))


def write_rows(rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet; characters that XML cannot hold are left out. Raises WorkbookTooLarge, naming the row."""
    book, out = Workbook(write_only=True), BytesIO()
    too_long = _append(book.create_sheet(), rows)
    book.save(out)  # in any case: it also closes and removes the sheet's temporary file
    if too_long:
        raise WorkbookTooLarge(too_long)
    return out.getvalue()


def _append(sheet: WritableSheet, rows: Iterable[Sequence[str]]) -> int | None:
    """The number of the first row with a text that no cell holds; None where all were appended."""
    for number, row in enumerate(rows, start=1):
        if any(len(text) > MAX_XLSX_CELL_CHARACTERS for text in row):
            return number
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", text) for text in row])
    return None
