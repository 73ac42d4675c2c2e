"""〔职工门诊起付线·北京·在职〕 taken apart: a parameter, an area, the conditions in words, and perhaps a day.

Reading needs the vocabulary and the areas. What was read is kept with the text (`pack`), so that a page
asks the database for the figures alone (`unpack`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from calculators.models import PoolingArea
from calculators.models.dimension import vocabulary
from calculators.values.vocabulary import ConditionVocabulary, UnknownWord

# The year in a document's number, 国办发〔2021〕14号, is none.
REFERENCE = re.compile(r"〔(?!\d{4}〕)([^〔〕<>]+)〕")
# A reference that is a paragraph of its own, a tag, or a reference inside a text: groups 1, 2 and 3.
REFERENCE_OR_TAG = re.compile(rf"<p>\s*{REFERENCE.pattern}\s*</p>|(<[^>]*>)|{REFERENCE.pattern}")
DESCRIPTION = re.compile(r'(?<= alt=")[^"]*|(?<= title=")[^"]*')
ADDRESS = re.compile(r' (?:href|src)="([^"]*)"')
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class FigureReference:
    """One reference taken apart; `on` is None where it means the reader's day."""

    text: str
    parameter: str
    area: str
    dimensions: dict[str, str | int]
    on: date | None


@dataclass(frozen=True)
class ReferenceInArea:
    """A reference with the area it names, which comes with those above it."""

    reference: FigureReference
    area: PoolingArea


class UnreadableReference(ValueError):
    """A reference that names no parameter, area or condition; the message is a Chinese sentence."""


def find(html: str) -> list[str]:
    """The references in a text, each once, in order."""
    return list(dict.fromkeys(REFERENCE.findall(html)))


def find_in_addresses(html: str) -> list[str]:
    """Those in the addresses of links and pictures, where no figure can stand."""
    return find("\n".join(ADDRESS.findall(html)))


def parse(text: str, words: ConditionVocabulary) -> FigureReference:
    """Take a reference apart. Raises UnreadableReference."""
    parts = [part.strip() for part in text.split("·")]
    if len(parts) < 2:
        raise UnreadableReference(f"〔{text}〕要写明参数和地区，如 〔职工门诊起付线·北京·在职〕。")
    parameter, area, *rest = parts
    days = [part for part in rest if DAY.fullmatch(part)]
    try:
        dimensions = dict(words.answer(part) for part in rest if part not in days)
    except UnknownWord as error:
        raise UnreadableReference(f"〔{text}〕：{error}") from error
    return FigureReference(text, parameter, area, dimensions, _read_day(days[0], text) if days else None)


def _read_day(day, text):
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise UnreadableReference(f"〔{text}〕：没有 {day} 这一天。") from None


def read(texts: Iterable[str]) -> dict[str, ReferenceInArea | UnreadableReference]:
    """Each reference with its area, or the error that says why it cannot be read. Two queries, none for no texts."""
    texts = list(texts)
    found = _taken_apart(texts, vocabulary()) if texts else {}
    names = {reference.area for reference in found.values() if isinstance(reference, FigureReference)}
    areas = PoolingArea.objects.filter(short_name__in=names).with_ancestors() if names else []
    return _all_placed(found, areas)


def read_with(texts: Iterable[str], words: ConditionVocabulary, areas: Iterable[PoolingArea]):
    """The same without a query, for whoever has every word and area at hand."""
    return _all_placed(_taken_apart(texts, words), areas)


def _taken_apart(texts, words):
    return {text: _parsed(text, words) for text in texts}


def _all_placed(found, areas):
    by_name = {area.short_name: area for area in areas}
    return {text: _placed(reference, by_name) for text, reference in found.items()}


def _parsed(text, words):
    try:
        return parse(text, words)
    except UnreadableReference as error:
        return error


def _placed(reference, areas):
    if isinstance(reference, UnreadableReference):
        return reference
    if reference.area not in areas:
        return UnreadableReference(f"〔{reference.text}〕：没有叫“{reference.area}”的地区。")
    return ReferenceInArea(reference, areas[reference.area])


def pack(found: dict[str, ReferenceInArea | UnreadableReference]) -> dict:
    """What was read, as JSON."""
    return {text: str(one) if isinstance(one, UnreadableReference) else _packed(one) for text, one in found.items()}


def _packed(placed):
    reference = placed.reference
    chain = [[area.pk, area.code, area.short_name] for area in placed.area.chain()]
    on = reference.on and reference.on.isoformat()
    return {"parameter": reference.parameter, "dimensions": reference.dimensions, "on": on, "chain": chain}


def unpack(packed: dict, texts: Iterable[str]) -> dict[str, ReferenceInArea | UnreadableReference]:
    """The inverse of `pack`, of those references only that stand in the texts."""
    areas = {}
    return {text: _unpacked(text, packed[text], areas) for text in find("".join(texts)) if text in packed}


def _unpacked(text, one, areas):
    """`areas` are those made before, by their pk."""
    if isinstance(one, str):
        return UnreadableReference(one)
    area = None
    for pk, code, short_name in reversed(one["chain"]):
        areas[pk] = areas.get(pk) or PoolingArea(pk=pk, code=code, short_name=short_name, parent=area)
        area = areas[pk]
    on = one["on"] and date.fromisoformat(one["on"])
    return ReferenceInArea(FigureReference(text, one["parameter"], area.short_name, one["dimensions"], on), area)
