"""Series: the rows of one parameter, area and conditions in the order of their first days. No Django.

A row is in force from its first day until the next row's first day; no row has a last day. A first day that is not
known (None, 起始日未核) comes before every other. A row of kind "ended" (停止执行) or "unknown" (此后未收录: what holds from
that day is not recorded) leaves nothing in force:

    first day    2024-01-01   2025-07-01   2026-01-01 (ended)
    .at(day)     nothing before 2024; row 1, then row 2; nothing from 2026-01-01
    .spans()     row 1 until 2025-07-01, row 2 until 2026-01-01

A row is anything with `effective_from` and `kind`: a PolicyValue, saved or not, or a named tuple of its columns.
PolicyValueQuerySet.current is the same rule in SQL; tests compare the two.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Generic, NamedTuple, Protocol, TypeVar

ENDED = "ended"
UNKNOWN = "unknown"
LEAVES_NOTHING = (ENDED, UNKNOWN)


class DatedRow(Protocol):
    @property
    def effective_from(self) -> date | None: ...
    @property
    def kind(self) -> str: ...


class SeriesRow(DatedRow, Protocol):
    """A row that tells its series: the keys of parameter and area and the canonical conditions."""

    @property
    def parameter_id(self) -> int: ...
    @property
    def area_id(self) -> int: ...
    @property
    def conditions_key(self) -> str: ...


SeriesKey = tuple[int, int, str]
RowType = TypeVar("RowType")  # without a bound: mypy 2.4 knows what Django's fields hold only where a method is called
Row = TypeVar("Row", bound=DatedRow)
OtherRow = TypeVar("OtherRow", bound=DatedRow)
KeyedRow = TypeVar("KeyedRow", bound=SeriesRow)


class Span(NamedTuple, Generic[RowType]):
    """A row and the row that takes over from it; None where no later row is known."""

    row: RowType
    following: RowType | None

    @property
    def until(self: "Span[Row]") -> date | None:
        """The day from which the row is no longer in force."""
        return self.following.effective_from if self.following else None


class Series(Generic[RowType]):
    rows: list[RowType]

    def __init__(self: "Series[Row]", rows: Iterable[Row]):
        self.rows = sorted(rows, key=first_day)

    def at(self: "Series[Row]", day: date) -> Span[Row] | None:
        """The row in force on `day`; None before the first row and after an end."""
        begun = bisect_right(self.rows, day, key=first_day)
        return self._span(begun - 1) if begun else None

    def latest(self: "Series[Row]", day: date) -> Row | None:
        """The latest row that has begun by `day`: the one in force, or the end that leaves nothing in force."""
        begun = bisect_right(self.rows, day, key=first_day)
        return self.rows[begun - 1] if begun else None

    def before(self: "Series[Row]", row: DatedRow) -> Row | None:
        """The row from which `row`, of this series or only compared with it, takes over: in force the day before."""
        begins = first_day(row)
        span = self.at(begins - timedelta(days=1)) if begins > date.min else None
        return span.row if span else None

    def after(self: "Series[Row]", row: DatedRow) -> Row | None:
        """The row that takes over from `row`, of this series or only compared with it; it may be an end."""
        later = bisect_right(self.rows, first_day(row), key=first_day)
        return self.rows[later] if later < len(self.rows) else None

    def spans(self: "Series[Row]") -> Iterator[Span[Row]]:
        """Every row that is in force on some day, in order."""
        return filter(None, map(self._span, range(len(self.rows))))

    def meets(self: "Series[Row]", other: "Series[OtherRow]") -> bool:
        """Whether there is a day on which both have a row in force."""
        return any(_share_a_day(one, another) for one in self.spans() for another in other.spans())

    def _span(self: "Series[Row]", place: int) -> Span[Row] | None:
        row = self.rows[place]
        following = self.rows[place + 1] if place + 1 < len(self.rows) else None
        return None if row.kind in LEAVES_NOTHING else Span(row, following)


def _share_a_day(one: Span[Row], other: Span[OtherRow]) -> bool:
    return first_day(one.row) < (other.until or date.max) and first_day(other.row) < (one.until or date.max)


def first_day(row: DatedRow) -> date:
    """The first day of a row for comparing; one that is not known comes before every other."""
    return row.effective_from or date.min


def by_series(rows: Iterable[KeyedRow]) -> dict[SeriesKey, Series[KeyedRow]]:
    """Rows of many series apart, by the keys of parameter and area and the canonical conditions."""
    found: dict[SeriesKey, list[KeyedRow]] = defaultdict(list)
    for row in rows:
        found[row.parameter_id, row.area_id, row.conditions_key].append(row)
    return {key: Series(together) for key, together in found.items()}
