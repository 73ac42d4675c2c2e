"""The working of a result in a few sentences: 3,700 × 85% = 3,145 元. Steps that add nothing, or need a formula's words, are left out."""

import re
from decimal import Decimal

from calculators.values.money import grouped
from calculators.values.units import is_money, rounded
from calculators.worksheet import Line, Statement

MAX_SENTENCES = 4
MAX_WORKING_CHARACTERS = 60
_NOT_BELOW_ZERO = re.compile(r"取大（0，([^（）]*)）")
_TO_FEN = re.compile(r"四舍五入到分（([^（）]*)）")
_SUM = re.compile(r"[\d,.%\s（）+−×÷]*[+−×÷][\d,.%\s（）+−×÷]*")
_NOTHING = re.compile(r"(?<![\d.,])0(?![\d.,])")


def working_sentences(statement: Statement) -> list[str]:
    """At most four, in the order of the steps; none where no step is plain arithmetic."""
    sentences = (_sentence(line) for line in statement.shown_lines)
    return [sentence for sentence in sentences if sentence][:MAX_SENTENCES]


def _sentence(line: Line) -> str:
    if not is_money(line.unit) or not isinstance(line.amount, Decimal) or line.amount <= 0:
        return ""
    working = _TO_FEN.sub(r"\1", _NOT_BELOW_ZERO.sub(r"\1", line.substituted))
    if len(working) > MAX_WORKING_CHARACTERS or not _SUM.fullmatch(working) or _NOTHING.search(working):
        return ""
    return f"{line.label}：{working} = {grouped(rounded(line.amount))} 元"
