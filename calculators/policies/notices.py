"""Notices of the season: open 居民集中参保期, and contributions that change, end or are not known any more within weeks.

Of one area also its deadlines, the days that go into a calendar: the last day of 集中参保期, the next 医保年度.

Everything is computed from dated values: a last day is named only where a value names it. One query, of few parameters,
so that a page with notices is dropped for these alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from calculators.common import page_keys
from calculators.models import PolicyValue, PoolingArea
from calculators.values.series import Series, by_series, first_day
from calculators.values.types import spell_day
from calculators.values.units import show

WINDOW_CODES = ("resident.enrolment_window", "resident.enrolment_window_rule")
YEAR_CODE = "benefit_year_start"
CHANGING_CODES = (
    "resident.personal_contribution",
    "resident.personal_contribution_min",
    "flexible.medical.rate",
    "flexible.medical.fixed_monthly",
    "employee.base.floor",
)
PERSONS_OF_CODE = {"resident": "resident", "flexible": "flexible", "employee": "in_service"}
DAYS_AHEAD = 60
MAX_NOTICES, MAX_PLACES_NAMED = 4, 4
KEY_OF_CODE = dict.fromkeys(WINDOW_CODES, "enrolment") | {YEAR_CODE: "benefit-year"}
WRITTEN_WINDOW = re.compile(r"(\d{4})-(\d\d)-(\d\d)至(\d{4})-(\d\d)-(\d\d)")
WRITTEN_DAY = re.compile(r"(\d{1,2})(?:-|月)(\d{1,2})日?$")
YEARLY_WINDOW = re.compile(r"每年(\d{1,2})月(\d{1,2})日至(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True)
class Notice:
    """`day` is the last day, or the first of a change; `area` where it holds, None where it holds in several places.

    A deadline has a `key`, its name in addresses, a `row`, the value behind it, and `year`, that of its round's beginning.
    """

    title: str
    text: str
    day: date | None = None
    area: PoolingArea | None = None
    key: str = ""
    row: PolicyValue | None = None
    year: int = 0

    @property
    def caution(self) -> str:
        """What is not confirmed of the value behind a deadline, in a word."""
        is_confirmed = self.row is None or self.row.status == PolicyValue.Status.CONFIRMED
        return "" if is_confirmed or self.row is None else self.row.get_status_display()

    def days_left(self, on: date) -> int | None:
        return (self.day - on).days if self.day else None


def notices(areas: Iterable[PoolingArea], on: date, person: str = "") -> list[Notice]:
    """What is due in these areas, the nearest day first; of a 身份 only what concerns it."""
    owners = {owner.pk: owner for area in areas for owner in area.chain()}
    codes = [code for code in (*WINDOW_CODES, *CHANGING_CODES) if _concerns(code, person)]
    page_keys.depends_on(*map(page_keys.area, owners), *page_keys.values(codes, owners))
    rows = PolicyValue.objects.filter(parameter__code__in=codes, area__in=owners).for_figures().order_by("pk")
    series = list(by_series(row for row in rows if row.status != PolicyValue.Status.DRAFT).values())
    windows = [one for one in series if one.rows[0].parameter.code in WINDOW_CODES]
    found = [*_windows(windows, owners, on), *_changes([one for one in series if one not in windows], owners, on)]
    return found[:MAX_NOTICES]


def deadlines(area: PoolingArea, on: date, person: str = "") -> list[Notice]:
    """The days of an area that are known, the nearest first. One query; `area` comes with those above it."""
    return deadlines_of([area], on, person)


def deadlines_of(areas: Iterable[PoolingArea], on: date, person: str = "") -> list[Notice]:
    """Those of several areas, still in one query."""
    owners = {owner.pk: owner for area in areas for owner in area.chain()}
    codes = [YEAR_CODE, *(code for code in WINDOW_CODES if _concerns(code, person))]
    page_keys.depends_on(*map(page_keys.area, owners), *page_keys.values(codes, owners))
    rows = PolicyValue.objects.filter(parameter__code__in=codes, area__in=owners).for_figures().order_by("pk")
    series = list(by_series(row for row in rows if row.status != PolicyValue.Status.DRAFT).values())
    years = [one for one in series if one.rows[0].parameter.code == YEAR_CODE]
    windows = [one for one in series if one not in years]
    found = [*(notice for notice in _windows(windows, owners, on) if notice.key), *_years(years, owners, on)]
    return sorted(found, key=lambda notice: notice.day or date.max)


def _years(years: Iterable[Series[PolicyValue]], areas: Mapping[int, PoolingArea], on: date) -> Iterator[Notice]:
    """The next first day of a 医保年度, where one is written."""
    for series in years:
        area, span = areas[series.rows[0].area_id], series.at(on)
        day = _next_day(str(span.row.value), on) if span else None
        if span and day and series.at(day) == span:  # not where another rule holds by then, or none is known
            text = (
                f"{area.short_name}的医保年度从 {day.month} 月 {day.day} 日算起，按年度的起付线和限额从这天重新计算。"
            )
            yield Notice(f"{area.short_name}新的医保年度", text, day, area, "benefit-year", span.row, day.year)


def _next_day(written: str, on: date) -> date | None:
    """The next day of that month and day after `on`; None where none is written."""
    found = WRITTEN_DAY.search(written)
    try:
        days = [date(year, int(found[1]), int(found[2])) for year in (on.year, on.year + 1)] if found else []
    except ValueError:  # 02-30
        return None
    return next((day for day in days if day > on), None)


def _concerns(code: str, person: str) -> bool:
    return not person or PERSONS_OF_CODE[code.split(".")[0]] == person


def _windows(windows: Iterable[Series[PolicyValue]], areas: Mapping[int, PoolingArea], on: date) -> Iterator[Notice]:
    """Each period that is open with its last day; of those that must come again, that the new one is not known."""
    unknown: dict[str, str] = {}
    for series in windows:
        area, span = areas[series.rows[0].area_id], series.at(on)
        if span and (period := _period(str(span.row.value), on)):
            if period[0] <= on <= period[1]:
                text = (
                    f"{area.short_name}这一轮到 {spell_day(period[1])}为止，错过集中期再参保，可能要等几个月才能报销。"
                )
                title = f"{area.short_name}居民医保集中缴费期"
                yield Notice(title, text, period[1], area, "enrolment", span.row, period[0].year)
        elif last := _last_written(series, on):
            unknown[area.short_name] = f"{spell_day(last[0])}至{spell_day(last[1])}"
    if unknown:
        last_time = "，".join(f"{place}是 {period}" for place, period in list(unknown.items())[:MAX_PLACES_NAMED])
        text = f"上一轮{last_time}。新一轮从哪天到哪天还没有查到，以当地医保部门的通知为准，可以打 12393 问。"
        yield Notice("居民医保集中缴费", text)


def _period(written: str, on: date) -> tuple[date, date] | None:
    """The period that is written, of a yearly one the one that is open or comes next; None where no days are written."""
    try:
        if found := WRITTEN_WINDOW.search(written):
            year, month, day, last_year, last_month, last_day = map(int, found.groups())
            return date(year, month, day), date(last_year, last_month, last_day)
        if found := YEARLY_WINDOW.search(written):
            began = _in_year(on.year - 1, *map(int, found.groups()))
            return began if on <= began[1] else _in_year(on.year, *map(int, found.groups()))
    except ValueError:  # 2月30日: what an editor wrote is no day
        return None
    return None


def _in_year(year: int, month: int, day: int, last_month: int, last_day: int) -> tuple[date, date]:
    """One round of a yearly period, which may end in the next year; 2月29日 is the last day of February."""
    last_year = year + ((last_month, last_day) < (month, day))
    is_leap_day = (last_month, last_day) == (2, 29)
    last = date(last_year, 3, 1) - timedelta(days=1) if is_leap_day else date(last_year, last_month, last_day)
    return date(year, month, day), last


def _last_written(series: Series[PolicyValue], on: date) -> tuple[date, date] | None:
    """The last period, where a year later it is open or opens within weeks."""
    ended = [row for row in series.rows if first_day(row) <= on and row.kind not in ("unknown", "ended")]
    period = _period(str(ended[-1].value), on) if ended else None
    if period is None:
        return None
    begins, ends = (day + timedelta(days=365) for day in period)
    return period if begins - timedelta(days=DAYS_AHEAD) <= on <= ends else None


def _changes(series: Iterable[Series[PolicyValue]], areas: Mapping[int, PoolingArea], on: date) -> Iterator[Notice]:
    unknown: dict[tuple[date, str], list[str]] = {}
    for one in series:
        span = one.at(on)
        following = span.following if span else None
        if span is None or following is None or not on < first_day(following) <= on + timedelta(days=DAYS_AHEAD):
            continue
        row, day, area = span.row, first_day(following), areas[span.row.area_id]
        if following.kind == "unknown":
            places = unknown.setdefault((day, row.parameter.name), [])
            places += [area.short_name] if area.short_name not in places else []
            continue
        whom = f"（{row.conditions_text}）" if row.conditions_text else ""
        now, then = show(row.value, row.unit), show(following.value, following.unit)
        becomes = "停止执行" if following.kind == "ended" else f"由 {now} 变为 {then}"
        yield Notice(f"{area.short_name}{row.parameter.name}{whom}", f"{spell_day(day)}起{becomes}。", day, area)
    for day in sorted({day for day, _ in unknown}):
        named = [f"{name}（{'、'.join(places)}）" for (begins, name), places in unknown.items() if begins == day]
        yield Notice(f"{day.year} 年的标准还没有公布或没有查到", f"{spell_day(day)}起：{'，'.join(named)}。", day)
