"""Matrix of a parameter: every figure of an area in one table, its rows and columns chosen by what the figures differ by.

Each dimension that the rows distinguish is tried as the columns; the table with the fewest lines wins. Choices between
which no figure differs are one line: 一级、二级、三级.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod

from calculators.policies.in_force import ValuesInForce
from calculators.values.conditions import Allowed, Asked, Conditions, Range, is_range
from calculators.values.types import InForce, ParameterNotInForce
from calculators.values.vocabulary import ConditionVocabulary

MAX_COLUMNS = 4
MAX_LOOKUPS = 600
OTHERS = "其他"


@dataclass(frozen=True)
class MatrixRow:
    label: str
    cells: tuple[InForce | None, ...]


@dataclass(frozen=True)
class Matrix:
    """`columns` is empty where the figures differ by rows alone; `of` are the conditions that all figures share."""

    name: str
    area_name: str
    of: str
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def figures(self) -> list[InForce]:
        return list(dict.fromkeys(cell for row in self.rows for cell in row.cells if cell))


@dataclass(frozen=True)
class _Choice:
    """One answer to a dimension; `answer` is empty for everybody whom no row names."""

    label: str
    answer: Mapping[str, str | int]


@dataclass(frozen=True)
class _Line:
    """A line of the table being made; `same` tells lines apart by what a reader sees of them."""

    labels: tuple[str, ...]
    cells: tuple[InForce | None, ...]

    @property
    def same(self) -> tuple[object, ...]:
        return self.labels, tuple(cell and (cell.value, cell.citation.cautions) for cell in self.cells)


def matrix(values: ValuesInForce, parameter: str, on: date | None = None, asked: Asked | None = None) -> Matrix:
    """The figures of a parameter in force for whoever answers `asked`. Raises ParameterNotInForce."""
    return _Making(values, parameter, on or values.on, dict(asked or {})).matrix()


class _Making:
    def __init__(self, values: ValuesInForce, parameter: str, on: date, asked: dict[str, str | int]):
        self.values, self.parameter, self.on, self.asked = values, parameter, on, asked
        self.words: ConditionVocabulary = values.words

    def matrix(self) -> Matrix:
        rows = self.values.nearest_rows(self.parameter, self.on, self.asked)
        if not rows:
            self.values.get(self.parameter, self.on, **self.asked)  # says why there is nothing
        conditions = [row.conditions for row in rows]
        shared = _shared(conditions)
        choices = {name: self._choices(name, conditions) for name in self._varying(conditions, shared)}
        if prod(map(len, choices.values())) > MAX_LOOKUPS:
            raise ParameterNotInForce(f"“{self.parameter}”的数值太多，一张表列不下，请写上几个条件。")
        self.answers = self.asked | {name: _inside(allowed) for name, allowed in shared.items()}
        columns, lines = min(self._layouts(choices), key=_extent)
        return Matrix(
            name=rows[0].parameter.name,
            area_name=rows[0].area.short_name,
            of=self.words.spell({name: allowed for name, allowed in shared.items() if name not in self.asked}),
            columns=columns,
            rows=tuple(MatrixRow("·".join(line.labels), line.cells) for line in lines),
        )

    def _varying(self, conditions: Sequence[Conditions], shared: Conditions) -> list[str]:
        """The dimensions by which the figures differ, in the order in which conditions are spelled."""
        named = {name for one in conditions for name in one} - shared.keys() - self.asked.keys()
        known = [name for name in self.words.names if name in named]
        return known + sorted(named - {*known})

    def _choices(self, name: str, conditions: Sequence[Conditions]) -> list[_Choice]:
        """What can be answered to a dimension, and, where a row does not ask it, whoever else there is."""
        allowed = [one[name] for one in conditions if name in one]
        spans = [one for one in allowed if is_range(one)]
        found = self._spans(name, spans) if spans else self._codes(name, allowed)
        return found if len(allowed) == len(conditions) else [*found, _Choice(OTHERS, {})]

    def _codes(self, name: str, allowed: Sequence[Allowed]) -> list[_Choice]:
        codes = {str(code) for one in allowed for code in one}
        known = [code for code in self.words.names.get(name, {}) if code in codes]
        return [_Choice(self.words.word(name, code), {name: code}) for code in [*known, *sorted(codes - {*known})]]

    def _spans(self, name: str, allowed: Sequence[Range]) -> list[_Choice]:
        """Ranges cut at every bound that one of them has."""
        starts = {0} | {low for low, _ in allowed if low} | {high + 1 for _, high in allowed if high is not None}
        cuts = sorted(starts)
        spans: list[Range] = [
            [low or None, cuts[place + 1] - 1 if place + 1 < len(cuts) else None] for place, low in enumerate(cuts)
        ]
        return [_Choice(self.words.spell({name: span}), {name: _inside(span)}) for span in spans]

    def _layouts(self, choices: Mapping[str, list[_Choice]]) -> Iterator[tuple[tuple[str, ...], list[_Line]]]:
        """The column headings and the lines of each way to lay the figures out; without columns, where none has few."""
        yield (), self._lines(list(choices), choices, {}, [_Choice("", {})])
        for name in choices if len(choices) > 1 else ():
            lines = self._lines([other for other in choices if other != name], choices, {}, choices[name])
            headings, lines = _merged_columns([choice.label for choice in choices[name]], lines)
            if 1 < len(headings) <= MAX_COLUMNS:
                yield headings, lines

    def _lines(
        self, names: list[str], choices: Mapping[str, list[_Choice]], answers: Asked, columns: list[_Choice]
    ) -> list[_Line]:
        if not names:
            line = _Line((), tuple(self._figure({**answers, **column.answer}) for column in columns))
            return [line] if any(line.cells) else []
        name, *rest = names
        groups: list[tuple[list[str], list[_Line]]] = []
        for choice in choices[name]:
            lines = self._lines(rest, choices, {**answers, **choice.answer}, columns)
            alike = next((group for group in groups if _same(group[1], lines)), None)
            if alike:
                alike[0].append(choice.label)
            elif lines:
                groups.append(([choice.label], lines))
        if len(groups) == 1 and len(groups[0][0]) >= _everybody(choices[name]):
            return groups[0][1]
        return [_Line(("、".join(labels), *line.labels), line.cells) for labels, lines in groups for line in lines]

    def _figure(self, answers: Asked) -> InForce | None:
        asked = {**self.answers, **answers}
        if not self.values.has(self.parameter, self.on, **asked):
            return None
        return self.values.get(self.parameter, self.on, **asked)


def _shared(conditions: Sequence[Conditions]) -> Conditions:
    first = conditions[0]
    return {name: allowed for name, allowed in first.items() if all(one.get(name) == allowed for one in conditions)}


def _inside(allowed: Allowed) -> str | int:
    """An answer that meets a condition."""
    if is_range(allowed):
        lowest, highest = allowed
        return lowest if lowest is not None else highest or 0
    return str(allowed[0])


def _extent(layout: tuple[tuple[str, ...], list[_Line]]) -> tuple[int, int]:
    """Small on a phone: few lines and columns together, and rather lines than columns."""
    columns, lines = layout
    return len(lines) + max(len(columns), 1), len(columns)


def _everybody(choices: Sequence[_Choice]) -> int:
    """How many choices are everybody: spans of ages leave nobody over."""
    spans = [choice for choice in choices if any(isinstance(answer, int) for answer in choice.answer.values())]
    return len(spans) or len(choices)


def _same(some: list[_Line], others: list[_Line]) -> bool:
    return [line.same for line in some] == [line.same for line in others]


def _merged_columns(headings: list[str], lines: list[_Line]) -> tuple[tuple[str, ...], list[_Line]]:
    """Columns between which no line differs are one; one without a figure is left out."""
    kept: list[tuple[list[str], int, tuple[object, ...]]] = []
    for place, heading in enumerate(headings):
        column = tuple(_Line((), (line.cells[place],)).same for line in lines)
        alike = next((one for one in kept if one[2] == column), None)
        if alike:
            alike[0].append(heading)
        elif any(line.cells[place] for line in lines):
            kept.append(([heading], place, column))
    cells = [tuple(line.cells[place] for _, place, _ in kept) for line in lines]
    return tuple("、".join(labels) for labels, _, _ in kept), [
        _Line(line.labels, own) for line, own in zip(lines, cells, strict=True)
    ]
