"""Policy values in force on a day, as calculations, articles and the API read them.

A row is in force until the next row of its parameter, area and conditions begins (calculators.values.series). Among rows
whose conditions are met, the one lying inside the others wins (calculators.values.conditions). The area's own rows
come first; a province's or the nation's count only if the parameter declares it (calculators.policies.inheritance).
No row in force is the error ParameterNotInForce: never the newest old value, never another area's.

A calculator's form reads one area (`values_in_force`). Articles' figures, search, the API, the pages of areas and
documents, and whether a calculator is available there read one or several (`values_by_area`). Worked cases and
earlier results pass rows they read themselves (`values_of_rows_by_area`, ValuesInForce). Lists in the admin, which only
need to know whether a row is in force, use PolicyValue.objects.current(day).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from difflib import get_close_matches

from calculators.common import page_keys
from calculators.models.area import PoolingArea
from calculators.models.dimension import vocabulary
from calculators.models.parameter import Parameter
from calculators.models.policy_value import PolicyValue
from calculators.policies.citations import cite
from calculators.policies.inheritance import distance, may_use
from calculators.policies.value_rows import rows_in_areas, rows_in_chain
from calculators.values.conditions import Asked, is_range, lies_inside, matches, possible
from calculators.values.series import Series, Span, by_series, first_day
from calculators.values.types import InForce, ParameterNotInForce, spell_day
from calculators.values.vocabulary import ConditionVocabulary


def values_in_force(parameters: Iterable[str], *, area: str, on: date, today: date | None = None) -> "ValuesInForce":
    """All rows a calculation for one area may read, in one query; `parameters` are codes or names."""
    wanted = list(parameters)
    page_keys.depends_on(page_keys.ALL_AREAS, *map(page_keys.values_of, wanted))
    return ValuesInForce(rows_in_chain(wanted, area), area=area, on=on, today=today)


def values_by_area(
    parameters: Iterable[str], areas: Iterable[PoolingArea], *, on: date, today: date | None = None
) -> dict[str, "ValuesInForce"]:
    """The same for several areas at once, still in one query; the areas come with their parents selected."""
    areas, wanted = list(areas), set(parameters)
    owners = {owner.pk for area in areas for owner in area.chain()}
    page_keys.depends_on(*map(page_keys.area, owners), *page_keys.values(wanted, owners))
    return values_of_rows_by_area(rows_in_areas(wanted, owners), areas, on=on, today=today)


def values_of_rows_by_area(
    rows: Iterable[PolicyValue],
    areas: Iterable[PoolingArea],
    *,
    on: date,
    words: ConditionVocabulary | None = None,
    today: date | None = None,
) -> dict[str, "ValuesInForce"]:
    """Rows of many areas as each of `areas` reads them: its own and those of the areas above it."""
    owned: dict[int, list[PolicyValue]] = defaultdict(list)
    for row in rows:
        owned[row.area_id].append(row)
    return {
        area.code: ValuesInForce(
            [row for owner in area.chain() for row in owned[owner.pk]], area=area.code, on=on, words=words, today=today
        )
        for area in areas
    }


class ValuesInForce:
    """Rows of some parameters for one area, looked up by name or code, day and dimensions.

    The rows may be unsaved. A caller that makes many of these passes the vocabulary, read once, and one for whom `on`
    may lie ahead the day it is `today`: a figure is past its review day, or only the day that is asked about.
    """

    def __init__(
        self,
        rows: Iterable[PolicyValue],
        *,
        area: str,
        on: date,
        words: ConditionVocabulary | None = None,
        today: date | None = None,
    ):
        self.area, self.on, self.today = area, on, today
        self._words = words
        self._series: dict[str, list[Series[PolicyValue]]] = defaultdict(list)
        self._current: dict[tuple[str, date], list[Span[PolicyValue]]] = {}
        self._choices: dict[tuple[date, frozenset[tuple[str, str | int]]], dict[str, dict[str, str]]] = {}
        for series in by_series(row for row in rows if _is_policy(row) and may_use(row, area)).values():
            parameter = series.rows[0].parameter
            for name in {parameter.name, parameter.code}:
                self._series[name].append(series)

    @property
    def area_name(self) -> str:
        """What the area is called, where a row of its own says so."""
        owners = (series.rows[0].area for found in self._series.values() for series in found)
        return next((area.short_name for area in owners if area.code == self.area), "")

    def only(self, parameters: Collection[str]) -> "ValuesInForce":
        """These values without those of other parameters, which would distinguish dimensions of their own in `choices`."""
        wanted = {id(series): series for name in parameters for series in self._series.get(name, ())}
        rows = [row for series in wanted.values() for row in series.rows]
        return ValuesInForce(rows, area=self.area, on=self.on, words=self._words, today=self.today)

    def get(self, parameter: str, on: date | None = None, /, **dimensions: str | int) -> InForce:
        """The value in force; raises ParameterNotInForce naming parameter, area, day and what there is.

        Dimensions are asked by code: person_type="retired", age=70.
        """
        day = on or self.on
        found = [span for span in self.current(parameter, day) if matches(span.row.conditions, dimensions)]
        if not found:
            raise self._missing(parameter, day, dimensions)
        span = min(found, key=lambda candidate: self._precedence(candidate.row, found))
        self._insist_on_one(span.row, found, day)
        before = self._series_of(span.row).before(span.row)
        return cite(span.row, span.following, area=self.area, on=day, today=self.today, replaced=before)

    def has(self, parameter: str, on: date | None = None, /, **dimensions: str | int) -> bool:
        """Whether `get` would find a value."""
        return any(matches(row.conditions, dimensions) for row, _ in self.current(parameter, on or self.on))

    def choices(self, on: date | None = None, dimensions: Asked | None = None) -> dict[str, dict[str, str]]:
        """The dimensions these rows still distinguish for somebody who answered `dimensions`.

        Each comes with its codes and their words; a range, or the axis of a table by age, with none. One query.
        """
        day, answered = on or self.on, dimensions or {}
        key = day, frozenset(answered.items())
        if key not in self._choices:
            self._choices[key] = self._distinguished(day, answered)
        return self._choices[key]

    def _distinguished(self, day: date, answered: Asked) -> dict[str, dict[str, str]]:
        found: dict[str, set[str]] = {}
        rows = {id(row): row for parameter in self._series for row, _ in self.current(parameter, day)}
        for row in rows.values():
            if possible(row.conditions, answered):
                for dimension, allowed in _distinguished_by(row):
                    found.setdefault(dimension, set()).update(allowed)
        words = self.words.names
        return {
            name: {c: word for c, word in words.get(name, {}).items() if c in codes} for name, codes in found.items()
        }

    @property
    def words(self) -> ConditionVocabulary:
        self._words = self._words or vocabulary()
        return self._words

    def current(self, parameter: str, on: date) -> list[Span[PolicyValue]]:
        """The row in force on `on` of each series, with the day from which it is not."""
        if (parameter, on) not in self._current:
            spans = (series.at(on) for series in self._series.get(parameter, ()))
            self._current[parameter, on] = [span for span in spans if span]
        return self._current[parameter, on]

    def successor(self, row: PolicyValue) -> PolicyValue | None:
        """The row that follows in the series of this one; it may be 停止执行 or 此后未收录."""
        return self._series_of(row).after(row)

    def _series_of(self, row: PolicyValue) -> Series[PolicyValue]:
        same = (row.area_id, row.conditions_key)
        series = self._series.get(row.parameter.code, ())
        return next(one for one in series if (one.rows[0].area_id, one.rows[0].conditions_key) == same)

    def nearest_figures(self, parameter: str, on: date, answered: Asked | None = None) -> list[InForce]:
        """Every figure in force of the nearest area that has one, for whoever it is possible given what they answered."""
        return [
            cite(span.row, span.following, area=self.area, on=on, today=self.today)
            for span in self._near(parameter, on, answered)
        ]

    def nearest_rows(self, parameter: str, on: date, answered: Asked | None = None) -> list[PolicyValue]:
        """The rows of those figures."""
        return [span.row for span in self._near(parameter, on, answered)]

    def _near(self, parameter: str, on: date, answered: Asked | None) -> list[Span[PolicyValue]]:
        spans = [span for span in self.current(parameter, on) if possible(span.row.conditions, answered or {})]
        nearest = min((distance(span.row.area, self.area) for span in spans), default=None)
        return [span for span in spans if distance(span.row.area, self.area) == nearest]

    def _precedence(self, row: PolicyValue, found: Sequence[Span[PolicyValue]]) -> tuple[int, int]:
        """Nearest area first, then the row that lies inside most of the other candidates."""
        wider = sum(lies_inside(row.conditions, other.conditions) for other, _ in found)
        return distance(row.area, self.area), -wider

    def _insist_on_one(self, chosen: PolicyValue, found: Sequence[Span[PolicyValue]], on: date) -> None:
        """Saving refuses rows that cross; deleting the 停止执行 between them could still bring them together."""
        for row, _ in found:
            if row.area_id == chosen.area_id and not lies_inside(chosen.conditions, row.conditions):
                raise ParameterNotInForce(
                    f"{chosen.area.short_name}在{spell_day(on)}的“{chosen.parameter.name}”有两行交叉，无从选择："
                    f"{chosen.conditions_text}；{row.conditions_text}。",
                    code=chosen.parameter.code,
                    for_visitors=f"{chosen.area.short_name}的{chosen.parameter.name}有两个说法，本站还没有核对清楚。",
                )

    def _missing(self, parameter: str, on: date, dimensions: Asked) -> ParameterNotInForce:
        """The error, which says what is not known, for whom, and what is."""
        names = dict(Parameter.objects.values_list("code", "name"))
        if parameter not in names and parameter not in names.values():
            page_keys.depends_on(page_keys.ALL_PARAMETERS)
            nearest = get_close_matches(parameter, names.values(), n=1, cutoff=0.5)
            meant = f"是不是“{nearest[0]}”？" if nearest else ""
            return ParameterNotInForce(f"没有叫“{parameter}”的参数。{meant}", code=parameter)
        asked = "、".join(self.words.word(dimension, answer) for dimension, answer in dimensions.items())
        area = PoolingArea.objects.filter(code=self.area).values_list("short_name", flat=True).first() or self.area
        name, whom = names.get(parameter, parameter), f"（{asked}）" if asked else ""
        held = {self.words.spell(row.conditions) or "一律适用" for row, _ in self.current(parameter, on)}
        ended = "" if held else self._explain_end(parameter, on)
        return ParameterNotInForce.of(parameter, name, area, on, whom, "；".join(sorted(held)), ended)

    def _explain_end(self, parameter: str, on: date) -> str:
        ended = [row for series in self._series.get(parameter, ()) if (row := series.latest(on))]
        if not ended:
            return ""
        last = max(ended, key=first_day)
        if last.kind == PolicyValue.Kind.UNKNOWN:
            return f"{spell_day(first_day(last) - timedelta(days=1))}以后的标准还没有查到。"
        return f"这个数值自{spell_day(first_day(last))}起停止执行。"


def _is_policy(row: PolicyValue) -> bool:
    return row.status != PolicyValue.Status.DRAFT


def _distinguished_by(row: PolicyValue) -> Iterator[tuple[str, Sequence[str]]]:
    """The dimensions of a row, each with the choices it allows."""
    if row.parameter.axis == Parameter.Axis.AGE:
        yield "age", ()
    for dimension, allowed in row.conditions.items():
        yield dimension, () if is_range(allowed) else allowed
