"""Working of a result in a few sentences: 5,000 − 1,300 = 3,700；3,700 × 85% = 3,145. No Django.

Only steps that lead to the headline stand in it, the nearest to the result; steps that are no plain arithmetic are left
out, and so are trivial ones: what they read is the amount already.
"""

import re
from decimal import Decimal

from calculators.formulas import compile_formula
from calculators.values.money import grouped
from calculators.values.units import is_money, rounded, show_in_formula
from calculators.worksheet.statement import Line, Statement

MAX_SENTENCES = 4
MAX_WORKING_CHARACTERS = 60
_NOTHING_ADDED = re.compile(r"(?<![\d.])0 \+ | \+ 0(?![\d.,%])")
_NOTHING_LIMITED = re.compile(r"0 没有超过 .*")
_SUM = re.compile(r"[\d,.%\s（）+−×÷]*[+−×÷][\d,.%\s（）+−×÷]*")
_DECIDED_BY_LIMIT = re.compile(r"[\d,.%\s（）+−×÷]+ (?:不足|不到|不低于|没有超过|超过|低于下限|高于上限).{0,30}算")
_SMALLER = re.compile(r"[\d,.%\s（）+−×÷、]+ 中较[小大]的")


def working_sentences(statement: Statement) -> list[str]:
    """At most four, in the order of the steps; none where no step is plain arithmetic."""
    lines = {line.name: line for line in statement.lines}
    told = {name: text for name in _nearest_first(statement, lines) if (text := _sentence(lines[name]))}
    chosen = set(list(told)[:MAX_SENTENCES])
    return [told[name] for name in lines if name in chosen]


def is_trivial(line: Line) -> bool:
    """Whether a step only hands on an amount, or adds nothing, and cites no policy value."""
    if line.figures or line.rounds:
        return False
    return line.amount == 0 or line.substituted in {"", show_in_formula(line.amount, line.unit)}


def _nearest_first(statement: Statement, lines: dict[str, Line]) -> list[str]:
    """The shown steps that the headline is computed from, itself first."""
    waiting, seen = [statement.headline.step], dict[str, None]()
    while waiting:
        name = waiting.pop(0)
        if name in lines and name not in seen:
            seen[name] = None
            waiting += compile_formula(lines[name].formula).names
    return [name for name in seen if lines[name].shown]


def _sentence(line: Line) -> str:
    if not is_money(line.unit) or not isinstance(line.amount, Decimal) or line.amount < 0:
        return ""
    working = _NOTHING_ADDED.sub("", line.substituted)
    if len(working) > MAX_WORKING_CHARACTERS or _NOTHING_LIMITED.fullmatch(working):
        return ""
    if _DECIDED_BY_LIMIT.fullmatch(working):
        return f"{line.label}：{working}"
    if line.amount > 0 and (_SUM.fullmatch(working) or _SMALLER.fullmatch(working)):
        return f"{line.label}：{working} = {grouped(rounded(line.amount))} 元"
    return ""
