"""A policy value as an editor writes it, in one cell: 1800, 70%, 1.2万, 不设限额, 停止执行, 此后未收录, or bands.

Bands are `from-to: ratio` apart by semicolons, an open end left empty, the first one starting at
the deductible where it says 起付线: `起付线-30000: 0.85; 30000-40000: 0.90; 100000-: 0.85`.
`~` between two ratios is a range of which the exact value is not published. No Django.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from calculators.values.money import NotANumber, parse_number, plain

ValueKind = Literal["value", "unlimited", "ended", "unknown"]
StoredBand = dict[str, str | None]  # lower, upper, ratio and perhaps ratio_max
UNLIMITED_WORD = "不设限额"
ENDED_WORD = "停止执行"
UNKNOWN_WORD = "此后未收录"
KIND_WORDS: Mapping[ValueKind, str] = {"unlimited": UNLIMITED_WORD, "ended": ENDED_WORD, "unknown": UNKNOWN_WORD}
YES_NO_NUMBERS = {"是": Decimal(1), "否": Decimal(0)}
_BAND = re.compile(r"(?P<lower>[^-–:]*)[-–](?P<upper>[^:]*):(?P<ratio>[^~]+)(?:~(?P<ratio_max>.+))?")


class UnreadableCell(ValueError):
    """A cell that is no value of this shape; the message is a Chinese sentence."""


@dataclass(frozen=True)
class CellValue:
    """The columns that store a value: exactly one of number, text and bands where kind is "value"."""

    kind: ValueKind = "value"
    number: Decimal | None = None
    text: str = ""
    bands: tuple[StoredBand, ...] = ()


def read_cell(cell: str, shape: str) -> CellValue:
    """Read a cell for a parameter of this shape. Raises UnreadableCell."""
    cell = cell.strip()
    for kind, word in KIND_WORDS.items():
        if cell == word:
            return CellValue(kind=kind)
    if not cell:
        raise UnreadableCell(
            "请填写数值；没有限额写“不设限额”，不再执行写“停止执行”，后来的标准没有查到写“此后未收录”。"
        )
    if shape == "bands":
        return CellValue(bands=read_bands_cell(cell))
    if shape in {"text", "date", "choice"}:
        return CellValue(text=cell)
    return CellValue(number=read_yes_no_cell(cell) if shape == "boolean" else read_number_cell(cell))


def read_yes_no_cell(cell: str) -> Decimal:
    if cell not in YES_NO_NUMBERS:
        raise UnreadableCell("请填写“是”或“否”。")
    return YES_NO_NUMBERS[cell]


def read_number_cell(cell: str) -> Decimal:
    """A plain number or a percentage: 0.7 and 70% are the same."""
    try:
        if cell.endswith(("%", "％")):
            return parse_number(cell[:-1]) / 100
        return parse_number(cell)
    except NotANumber as error:
        raise UnreadableCell(str(error)) from error


def read_bands_cell(cell: str) -> tuple[StoredBand, ...]:
    """Bands in storage form, contiguous and in order. Raises UnreadableCell."""
    cell = cell.replace("：", ":").replace("；", ";")
    bands = tuple(_read_band(part.strip()) for part in cell.split(";") if part.strip())
    for band, following in pairwise(bands):
        if band["upper"] is None or band["upper"] != following["lower"]:
            raise UnreadableCell(
                f"分段要首尾相接：上一段到 {band['upper'] or '以上'}，下一段却从 {following['lower']} 开始。"
            )
    return bands


def _read_band(part: str) -> StoredBand:
    match = _BAND.fullmatch(part)
    if match is None:
        raise UnreadableCell(f"“{part}”不是一段，请写成“20000-40000: 0.85”。")
    lower, upper = match["lower"].strip(), match["upper"].strip()
    band: StoredBand = {
        "lower": None if lower == "起付线" else plain(read_number_cell(lower)),
        "upper": plain(read_number_cell(upper)) if upper else None,
        "ratio": plain(read_number_cell(match["ratio"].strip())),
    }
    return band | {"ratio_max": plain(read_number_cell(match["ratio_max"].strip()))} if match["ratio_max"] else band


def write_cell(value: CellValue, shape: str) -> str:
    """The inverse of `read`: reading what was written gives the same value. Of a value not entered yet nothing."""
    if value.kind != "value":
        return KIND_WORDS[value.kind]
    if shape == "bands":
        return "; ".join(_write_band(band) for band in value.bands)
    if shape in {"text", "date", "choice"}:
        return value.text
    if shape == "boolean":
        return "是" if value.number else "否"
    return "" if value.number is None else plain(value.number)


def _write_band(band: StoredBand) -> str:
    lower = "起付线" if band["lower"] is None else band["lower"]
    ratio = f"{band['ratio']}~{band['ratio_max']}" if band.get("ratio_max") else band["ratio"]
    return f"{lower}-{band['upper'] or ''}: {ratio}"
