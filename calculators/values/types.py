"""Types of policy values, and the citation that comes with every value in force. No Django.

A value is a Decimal, a yes/no, a text, a table of Bands, or UNLIMITED (不设限额).
Zero, unlimited and "not recorded" are three different things: the first two are values,
the third is the error ParameterNotInForce.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Self, TypeAlias


class Unlimited:
    """不设限额: greater than every amount. A singleton, UNLIMITED."""

    def __repr__(self) -> str:
        return "UNLIMITED"

    def __str__(self) -> str:
        return "不设限额"


UNLIMITED = Unlimited()


@dataclass(frozen=True)
class Band:
    """One slice (lower, upper] of a table; `lower` None starts at the deductible, `upper` None never ends.

    `ratio` is in the unit of the parameter: 0.85 of a ratio, 2 of 个百分点. By age a slice is [lower, upper).
    """

    lower: Decimal | None
    upper: Decimal | None
    ratio: Decimal
    ratio_max: Decimal | None = None  # set where only a range is published


@dataclass(frozen=True)
class Bands:
    """Contiguous slices in order; axis and scope say what is being sliced, and over which time.

    `axis`: eligible_expense 政策范围内费用, fund_paid 基金累计支付, self_paid 自付额, age 年龄.
    """

    bands: tuple[Band, ...]
    axis: str = ""

    def __iter__(self) -> Iterator[Band]:
        return iter(self.bands)


PolicyAmount = Decimal | bool | str | Bands | Unlimited
# What a question is answered with and a formula comes to: besides a day, or a list of such.
Value: TypeAlias = PolicyAmount | date | tuple["Value", ...]


Bound = Literal["", "upper", "lower", "guide"]
Evidence = Literal["confirmed", "restated", "recalled"]
EVIDENCE_WORDS: dict[Evidence, str] = {"confirmed": "已核实", "restated": "据转述", "recalled": "待核实"}


def spell_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True)
class Citation:
    """Source of a figure: document, clause, first day, and cautions.

    `effective_from` is None where the first day is not known (起始日未核); then `seen_on` is the
    day on which the figure was read. `cautions` are sentences that must stand beside the figure.
    """

    title: str
    number: str
    issuer: str
    issued: str
    url: str
    slug: str
    clause: str
    effective_from: date | None
    seen_on: date | None
    status: Evidence
    cautions: tuple[str, ...] = ()

    @property
    def evidence(self) -> str:
        """How well the figure is proven, in a word: 已核实, 据转述 or 待核实."""
        return EVIDENCE_WORDS[self.status]

    @property
    def since(self) -> str:
        """The first day as a reader is told it."""
        return f"{spell_day(self.effective_from)}起" if self.effective_from else "起始日未核"


@dataclass(frozen=True)
class InForce:
    """A policy value on a day: the value itself, in its unit, for its area, with its citation.

    `area` is where the row stands (its own area, or the province or nation it was inherited from).
    `unit` is a unit code such as CNY/year. `dimensions` describes whom the row is for, in Chinese.
    `until` is the first day of the row that follows this one, where one is already known; `ends` is whether that row
    is 停止执行, a change to nothing. `known_until` is the last day for which the value is recorded, where it is not known
    what holds after it.
    `bound` is "upper" or "lower" where a national limit stands in for a local value, "guide" where a national rule for
    something near it does. `replaced` is the value this one took over from, where that is recorded.
    """

    code: str
    name: str
    value: PolicyAmount
    unit: str
    area_code: str
    area_name: str
    dimensions: str
    citation: Citation
    until: date | None = None
    ends: bool = False
    known_until: date | None = None
    inherited: bool = False
    bound: Bound = ""
    row: int | None = None
    replaced: PolicyAmount | None = None


class ParameterNotInForce(LookupError):
    """No row is in force for this parameter, area, day and conditions; the message is a Chinese sentence.

    `for_visitors` says what that means to somebody who wants to know an amount.
    """

    def __init__(self, message: str, *, code: str = "", for_visitors: str = ""):
        super().__init__(message)
        self.code = code
        self.for_visitors = for_visitors or message

    @classmethod
    def of(cls, code: str, name: str, area: str, on: date, whom: str, available: str, ended: str) -> Self:
        """What is not known, of whom, and what there is: other conditions, or the sentence of how it ended."""
        have = f"这一天收录的有：{available}。" if available else ended or "这一天没有收录任何数值。"
        known = f"查到的只有：{available}。" if available else ended
        return cls(
            f"{area}在{spell_day(on)}没有生效的“{name}”{whom}。{have}",
            code=code,
            for_visitors=f"{area}的{name}{whom}，{spell_day(on)}的标准本站还没有查到。{known}",
        )
