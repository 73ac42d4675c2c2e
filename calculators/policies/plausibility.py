"""Plausibility checks of policy values: possible values that look like a slip, which an editor must confirm with a reason.

A jump of more than 30 % from the row before; 80 where 0.80 is meant, or 0.1 where 10 percentage points
are; a ceiling below the deductible; hospital levels in the wrong order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db.models import Q

from calculators.models import Parameter, PolicyValue
from calculators.values.conditions import overlap
from calculators.values.money import percent, plain
from calculators.values.series import Series, by_series, first_day
from calculators.values.types import spell_day

MAX_PLAUSIBLE_JUMP = Decimal("0.30")  # from the row before, as a ratio
HOSPITAL_LEVELS = {"level1": 1, "level2": 2, "level3": 3}


def outliers(values: Iterable[PolicyValue], replaced: dict[int, Decimal] | None = None) -> dict[int, list[str]]:
    """Sentences by primary key, for stored rows; `replaced` has the numbers that rows had before they were changed."""
    values = [value for value in values if value.kind == PolicyValue.Kind.VALUE]
    around = NeighbouringRows(values)
    replaced = replaced or {}
    told = {value.pk: list(_look_at(value, around, replaced.get(value.pk))) for value in values}
    return {pk: sentences for pk, sentences in told.items() if sentences}


def outliers_of(value: PolicyValue, stored: PolicyValue | None = None) -> list[str]:
    """The sentences about one row that is not stored yet; `stored` is what it replaces."""
    if value.kind != PolicyValue.Kind.VALUE:
        return []
    return list(_look_at(value, NeighbouringRows([value]), stored.number if stored else None))


def _look_at(value: PolicyValue, around: "NeighbouringRows", replaced: Decimal | None) -> Iterator[str]:
    for sentence in (
        _jump(value, around, replaced),
        _misplaced_point(value),
        _below_floor(value, around),
        _above_ceiling(value, around),
        _wrong_order(value, around),
    ):
        if sentence:
            yield sentence


class NeighbouringRows:
    """Rows with which some rows are compared: their series, and related parameters in their areas. One query."""

    def __init__(self, values: Iterable[PolicyValue]):
        parameters = {value.parameter for value in values}
        related = Q(parameter__in=parameters) | Q(parameter__at_least__in=parameters)
        related |= Q(parameter__in={parameter.at_least_id for parameter in parameters})
        rows = PolicyValue.objects.filter(related, area__in={value.area_id for value in values}).with_source()
        self._series = by_series(rows)
        self._by_place: dict[tuple[int, int], list[Series[PolicyValue]]] = defaultdict(list)
        for (parameter, area, _), series in self._series.items():
            self._by_place[parameter, area].append(series)
        self.ceilings: dict[int | None, set[int]] = defaultdict(set)
        for row in rows:
            self.ceilings[row.parameter.at_least_id].add(row.parameter_id)

    def before(self, value: PolicyValue) -> PolicyValue | None:
        """The row that `value` takes over from."""
        series = self._series.get((value.parameter_id, value.area_id, value.conditions_key))
        return series.before(value) if series else None

    def beside(self, value: PolicyValue, parameter: int) -> Iterator[tuple[PolicyValue, Decimal]]:
        """Rows of `parameter` in the same area in force on the first day of `value`, with their numbers."""
        for series in self._by_place[parameter, value.area_id]:
            span = series.at(first_day(value))
            if span and span.row.pk != value.pk and span.row.number is not None:
                yield span.row, span.row.number


def _jump(value: PolicyValue, around: NeighbouringRows, replaced: Decimal | None) -> str | None:
    before = around.before(value)
    if before and before.number is not None and before.unit != value.unit:
        return f"单位和上一个数不同：上一个是“{before.shown}”。"
    known = before.number if before and replaced is None else replaced
    if not known or value.number is None or value.parameter.shape == Parameter.Shape.BOOLEAN:
        return None
    change = (value.number - known) / known
    if abs(change) <= MAX_PLAUSIBLE_JUMP:
        return None
    since = f"（{spell_day(before.effective_from)}起）" if before and before.effective_from and replaced is None else ""
    direction = "高" if change > 0 else "低"
    return f"比原来的 {plain(known)}{since}{direction}了 {percent(abs(change).quantize(Decimal('0.001')))}。"


def _misplaced_point(value: PolicyValue) -> str | None:
    numbers = [value.number] if value.number is not None else [Decimal(band["ratio"]) for band in value.bands]
    for number in numbers:
        if value.unit == "ratio" and number > 1:
            return f"比例写成了 {plain(number)}，是不是想写 {plain(number / 100)}？"
        if value.unit == "percentage_point" and 0 < number < 1:
            return f"百分点写成了 {plain(number)}，是不是想写 {plain(number * 100)}？"
    return None


def _below_floor(value: PolicyValue, around: NeighbouringRows) -> str | None:
    floor = value.parameter.at_least_id
    for row, number in around.beside(value, floor) if floor else ():
        if value.number is not None and value.number < number and _comparable(value, row):
            return f"低于{row.parameter}（{row.shown}）。"
    return None


def _above_ceiling(value: PolicyValue, around: NeighbouringRows) -> str | None:
    for ceiling in around.ceilings[value.parameter_id]:
        for row, number in around.beside(value, ceiling):
            if value.number is not None and value.number > number and _comparable(value, row):
                return f"高于{row.parameter}（{row.shown}）。"
    return None


def _comparable(value: PolicyValue, row: PolicyValue) -> bool:
    return value.unit == row.unit and overlap(value.conditions, row.conditions)


def _wrong_order(value: PolicyValue, around: NeighbouringRows) -> str | None:
    order = value.parameter.level_order
    if not order or value.number is None:
        return None
    for row, number in around.beside(value, value.parameter_id):
        higher = _levels_above(value, row)
        if higher and (value.number - number) * higher * (1 if order == Parameter.LevelOrder.RISES else -1) < 0:
            relation = "高于" if value.number > number else "低于"
            return f"{relation}“{row.conditions_text}”的 {row.shown}，和医院等级的顺序相反。"
    return None


def _levels_above(value: PolicyValue, row: PolicyValue) -> int:
    """+1 where `value` is for higher hospital levels than `row` and otherwise for the same people, −1 for lower, else 0."""
    mine, theirs = _levels(value), _levels(row)
    rest = [{**each.conditions, "hospital_level": None} for each in (value, row)]
    if not mine or not theirs or rest[0] != rest[1]:
        return 0
    if min(mine) > max(theirs):
        return 1
    return -1 if max(mine) < min(theirs) else 0


def _levels(value: PolicyValue) -> list[int]:
    """The hospital levels a value is for; none where one of them has no place in the order."""
    names = value.conditions.get("hospital_level", [])
    return [HOSPITAL_LEVELS[name] for name in names] if all(name in HOSPITAL_LEVELS for name in names) else []
