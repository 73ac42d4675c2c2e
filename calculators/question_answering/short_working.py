"""Working of a result in one line of prose: 3,000 − 1,800 = 1,200 元，× 90% = 报 1,080 元. Steps that add nothing, or need a formula's words, are left out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from calculators.formulas import Value
from calculators.values.money import grouped
from calculators.values.units import is_money, rounded, show, show_output
from calculators.worksheet import Line, Result, Statement

MAX_SENTENCES = 4
MAX_WORKING_CHARACTERS = 60
MAX_FURTHER_RESULTS = 2
# How a sentence names the parts of the chart of who pays; what a person pays out of pocket is one sum.
PAYER_VERBS = {"fund": "报", "supplement": "大病保险再报", "account": "个人账户付"}
OWN_PARTS = {"self", "self_funded"}
_INNER = r"((?:[^（）]|（[^（）]*）)*)"
_NOT_BELOW_ZERO = re.compile(rf"取大（0，{_INNER}）")
_TO_FEN = re.compile(rf"四舍五入到分（{_INNER}）")
_BRACKETED_NUMBER = re.compile(r"（([\d,.%]+)）")
_TIMES_ALL = re.compile(r"（(.*)）× 100%|(.*?) × 100%")
_TIMES_ONE = re.compile(r" × 1(?![\d.,%])")
_ADDED_NOTHING = re.compile(r" [+−] 0%?(?![\d.,%])(?! [×÷])|(?<![\d.,（])0 \+ ")
_SUM = re.compile(r"[\d,.%\s（）+−×÷]*[+−×÷][\d,.%\s（）+−×÷]*")
_NOTHING = re.compile(r"(?<![\d.,])0(?![\d.,])")
_NUMBER = re.compile(r"[\d,.]*\d")


@dataclass(frozen=True)
class Working:
    """One step that is plain arithmetic: its label, its numbers, and what they come to."""

    label: str
    arithmetic: str
    amount: Decimal
    unit: str

    @property
    def text(self) -> str:
        return _spoken(self.amount, self.unit)


def short_working(statement: Statement) -> str:
    """The working in one line: 3,000 − 1,800 = 1,200 元，× 90% = 报 1,080 元，自己付 1,920 元."""
    if statement.scenarios:
        return "；".join(f"{each.condition}：{short_working(each.statement)}" for each in statement.scenarios)
    workings = [*_workings(_with_rounds(statement.lines))]
    if any(result.part == "fund" for result in statement.outputs.values()):
        return "，".join(_who_pays(statement, workings))
    headline = statement.headline
    is_amount = isinstance(headline.amount, Decimal) or not headline.sentence
    texts = _leading_to(headline, headline.label, workings) if is_amount else [headline.sentence]
    return "，".join([*texts, *_further_results(statement, "，".join(texts))])


def _who_pays(statement: Statement, workings: list[Working]) -> Iterator[str]:
    """How each payer's part comes about; what was told for one is not told again for the next."""
    for result in statement.outputs.values():
        if result.part == "fund" or (result.part in PAYER_VERBS and result.amount):
            yield from _leading_to(result, PAYER_VERBS[result.part], workings)
    own = sum((part.amount for part in statement.parts if part.part in OWN_PARTS), Decimal(0))
    yield f"自己付 {_spoken(own, 'CNY')}"


def _further_results(statement: Statement, told: str) -> list[str]:
    """The next results that are amounts of their own."""
    amounts = (
        (result.label, _spoken(result.amount, result.unit))
        for result in statement.outputs.values()
        if result.amount and not isinstance(result.amount, bool | tuple | str) and result != statement.headline
    )
    return [f"{label} {amount}" for label, amount in amounts if amount not in told][:MAX_FURTHER_RESULTS]


def _leading_to(result: Result, verb: str, workings: list[Working]) -> list[str]:
    """The workings that come to a result, each going on from the one before; they are taken out of `workings`."""
    ends = next((one for one in workings if one.amount == result.amount and one.unit == result.unit), None)
    if ends is None:
        return [f"{verb} {_spoken(result.amount, result.unit)}"]
    texts, before, needed = [], "", _needed_by(ends, workings)
    for one in needed:
        came = f"{verb} {one.text}" if one is ends else one.text
        texts.append(f"{_going_on(one.arithmetic, before)} = {came}")
        before = grouped(rounded(one.amount))
    workings[:] = [one for one in workings if one not in needed]
    return texts


def _needed_by(last: Working, workings: list[Working]) -> list[Working]:
    """A working, and before it the earlier ones whose amounts stand in it or in one of those."""
    wanted, found = {*_NUMBER.findall(last.arithmetic)}, [last]
    for one in reversed(workings[: workings.index(last)]):
        is_new = one.arithmetic not in {other.arithmetic for other in found}
        if is_new and grouped(rounded(one.amount)) in wanted:
            wanted.update(_NUMBER.findall(one.arithmetic))
            found.insert(0, one)
    return found[-MAX_SENTENCES:]


def _going_on(arithmetic: str, before: str) -> str:
    """Without the amount that was just said, where what follows is one operation on it."""
    rest = arithmetic.removeprefix(f"{before} ") if before else arithmetic
    return arithmetic if re.search(r" [+−] ", rest[1:]) else rest


def _with_rounds(lines: Iterable[Line]) -> Iterator[Line]:
    """Each line; of one that is computed round by round, the first round."""
    for line in lines:
        yield line.rounds[0] if line.rounds else line


def _workings(lines: Iterable[Line]) -> Iterator[Working]:
    return filter(None, map(_working, lines))


def _working(line: Line) -> Working | None:
    if not isinstance(line.amount, Decimal) or line.amount <= 0 or line.unit == "ratio":
        return None
    arithmetic = _plain(line.substituted)
    if len(arithmetic) > MAX_WORKING_CHARACTERS or not _SUM.fullmatch(arithmetic) or _NOTHING.search(arithmetic):
        return None
    return Working(line.label, arithmetic, line.amount, line.unit)


def _plain(substituted: str) -> str:
    """The numbers without the words around them; brackets stay where the words were part of more."""
    for words in (_NOT_BELOW_ZERO, _TO_FEN):
        whole = words.fullmatch(substituted)
        substituted = whole[1] if whole else words.sub(r"（\1）", substituted)
    plain = _BRACKETED_NUMBER.sub(r" \1", _ADDED_NOTHING.sub("", substituted)).replace("  ", " ").strip()
    plain = _TIMES_ONE.sub("", plain)
    all_of_it = _TIMES_ALL.fullmatch(plain)
    return (all_of_it[1] or all_of_it[2]) if all_of_it else plain


def _spoken(amount: Value, unit: str) -> str:
    """Money without the fen of a whole yuan: a line of prose, not a bill."""
    if isinstance(amount, Decimal):
        if unit == "months":  # the arithmetic is in months
            return f"{grouped(rounded(amount))} 个月"
        return f"{grouped(rounded(amount))} 元" if is_money(unit) else show(rounded(amount), unit)
    return show_output(amount, unit)
