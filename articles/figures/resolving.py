"""Resolving of references: the value, table or worked example behind each on a day, or the error that says why there is none."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias

from articles.figures.examples import ExampleInArea, compute_example, definition_of
from articles.figures.grammar import UnreadableReference, find, find_in_addresses, is_example
from articles.figures.references import Read, ReferenceInArea, read
from calculators.common import page_keys
from calculators.models import PoolingArea
from calculators.policies.in_force import ValuesInForce, values_by_area
from calculators.policies.matrices import Matrix, matrix
from calculators.values.types import InForce, ParameterNotInForce
from calculators.values.units import show
from calculators.worked_examples.worked_example import WorkedExample

NO_FIGURE = "（暂无数值）"
Answer: TypeAlias = InForce | Matrix | WorkedExample | Exception


def resolve(
    texts: Iterable[str],
    on: date,
    known: Mapping[str, Read] | None = None,
    values: Mapping[str, ValuesInForce] | None = None,
) -> dict[str, Answer]:
    """What stands behind each reference on the reader's day `on`. `values`, where they are read before, hold what is `needed`."""
    known = known or {}
    texts = list(texts)
    found = {text: known[text] for text in texts if text in known}
    found |= read(text for text in texts if text not in known)
    if values is None:
        parameters, areas = needed(found)
        values = values_by_area(parameters, areas, on=on, today=on) if parameters else {}
    return {text: _look_up(found[text], values, on) for text in texts}


def needed(found: Mapping[str, Read]) -> tuple[set[str], list[PoolingArea]]:
    """The parameters and the areas whose values stand behind these references."""
    placed = [one for one in found.values() if not isinstance(one, UnreadableReference)]
    page_keys.depends_on(*([page_keys.ALL_DIMENSIONS] if found else []))
    page_keys.depends_on(*([page_keys.ALL_AREAS] if len(placed) < len(found) else []))  # the missing one may be made
    page_keys.depends_on(*([page_keys.ALL_CALCULATORS] if any(map(is_example, found)) else []))
    areas = {one.area.code: one.area for one in placed}
    return {name for one in placed for name in _reads(one)}, list(areas.values())


def _reads(one):
    if isinstance(one, ReferenceInArea):
        return {one.reference.parameter}
    definition = definition_of(one)
    return definition.reads if definition else frozenset()


def _look_up(one, values, on) -> Answer:
    if isinstance(one, UnreadableReference):
        return one
    try:
        local = values[one.area.code] if one.area.code in values else ValuesInForce([], area=one.area.code, on=on)
        return compute_example(one, local, on) if isinstance(one, ExampleInArea) else _value(one.reference, local)
    except (ParameterNotInForce, UnreadableReference) as error:
        return error


def _value(reference, values) -> InForce | Matrix:
    if reference.is_table:
        return matrix(values, reference.parameter, reference.on, reference.dimensions)
    figure = values.get(reference.parameter, reference.on, **reference.dimensions)
    if reference.stated is not None and figure.value is not reference.stated:
        raise UnreadableReference(
            f"〔{reference.text}〕现在是“{show(figure.value, figure.unit)}”，和这句话说的不一样。"
        )
    return figure


def problems(html: str, on: date) -> list[str]:
    """Why a text cannot be saved: a Chinese sentence for each reference without a figure on `on`, or in an address."""
    unknown = [str(answer) for answer in resolve(find(html), on).values() if isinstance(answer, Exception)]
    misplaced = [f"〔{text}〕写在了网址里：数值只能写在文字里，网址请写全。" for text in find_in_addresses(html)]
    return unknown + misplaced


def figures_of(answer: Answer) -> list[InForce]:
    """The policy values behind an answer."""
    if isinstance(answer, Matrix):
        return answer.figures
    if isinstance(answer, WorkedExample):
        return list(answer.statement.figures)
    return [] if isinstance(answer, Exception) else [answer]


def is_stated(text: str, answer: Answer) -> bool:
    """Whether the sentence around a reference says its yes or no itself."""
    return isinstance(answer, InForce) and isinstance(answer.value, bool) and text.rpartition("·")[2] in {"是", "否"}


def in_plain_words(text: str, answer: Answer) -> str:
    """An answer without markup, for excerpts, feeds and search: nothing where the sentence says it itself."""
    if isinstance(answer, Exception):
        return NO_FIGURE
    if isinstance(answer, WorkedExample):
        return answer.line
    if isinstance(answer, Matrix):
        return "；".join(f"{row.label} {_cells(row)}".strip() for row in answer.rows)
    return "" if is_stated(text, answer) else show(answer.value, answer.unit)


def _cells(row):
    return "、".join(show(cell.value, cell.unit) if cell else "—" for cell in row.cells)
