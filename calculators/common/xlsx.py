"""XLSX workbooks: the first sheet read row by row as text, and rows written as one sheet. No Django.

The only module that imports openpyxl, which takes 12 MB; calculators.common.spreadsheets loads it with the first workbook.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Protocol
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.exceptions import InvalidFileException

from calculators.common.cells import cell_text

MAX_UNPACKED_BYTES = 50_000_000
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


def read_rows(content: bytes, columns: int) -> Iterator[list[str]]:
    """The first so many columns; of merged cells only the first has the text. Raises WorkbookTooLarge and XLSX_ERRORS.

    The extent that the file claims counts for nothing: not every program writes the right one.
    """
    _refuse_bomb(content)
    sheet = load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0]
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_col=columns):
        yield [cell_text(cell.value, cell.number_format if cell.value is not None else "") for cell in row]


def _refuse_bomb(content: bytes) -> None:
    """A workbook is a zip file: told to be too large before any of it is unpacked."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
            raise WorkbookTooLarge


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
