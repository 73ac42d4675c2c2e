"""〔职工门诊起付线·北京·在职〕 taken apart: a parameter, an area, the conditions in words, and perhaps a day.

〔表·职工门诊支付比例·昆明〕 is a table of all figures that the conditions leave open, 〔算例·…〕 a worked example
(articles.figures.examples). A reference to a yes or no that ends in it, 〔个人账户余额可结转·全国·是〕, is what the sentence
around it says: readers see a mark, and a value that says otherwise is a problem.

Reading needs the vocabulary and the areas. What was read is kept with the text (`pack`), so that a page
asks the database for the figures alone (`unpack`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from articles.figures.examples import ExampleInArea, ExampleReference, parse_example, place_example
from articles.figures.grammar import TABLE, YES_NO, UnreadableReference, find, is_example, split, take_day
from calculators.models import PoolingArea
from calculators.models.dimension import vocabulary
from calculators.values.vocabulary import ConditionVocabulary, UnknownWord


@dataclass(frozen=True)
class FigureReference:
    """One reference taken apart; `on` is None where it means the reader's day, `stated` where no yes or no is said."""

    text: str
    parameter: str
    area: str
    dimensions: dict[str, str | int]
    on: date | None
    is_table: bool = False
    stated: bool | None = None


@dataclass(frozen=True)
class ReferenceInArea:
    """A reference with the area it names, which comes with those above it."""

    reference: FigureReference
    area: PoolingArea


Read = ReferenceInArea | ExampleInArea | UnreadableReference


def parse(text: str, words: ConditionVocabulary) -> FigureReference:
    """Take a reference to a value or a table apart. Raises UnreadableReference."""
    parts = split(text)
    is_table = parts[0] == TABLE
    if len(parts) < 2 + is_table:
        raise UnreadableReference(f"〔{text}〕要写明参数和地区，如 〔职工门诊起付线·北京·在职〕。")
    parameter, area, *rest = parts[is_table:]
    day, rest = take_day(rest, text)
    stated = next((YES_NO[part] for part in rest if part in YES_NO), None)
    try:
        dimensions = dict(words.answer(part) for part in rest if part not in YES_NO)
    except UnknownWord as error:
        raise UnreadableReference(f"〔{text}〕：{error}") from error
    return FigureReference(text, parameter, area, dimensions, day, is_table, stated)


def read(texts: Iterable[str]) -> dict[str, Read]:
    """Each reference with its area, or the error that says why it cannot be read. Two queries, none for no texts."""
    texts = list(texts)
    found = _taken_apart(texts, vocabulary()) if texts else {}
    names = {name for reference in found.values() for name in _named_areas(reference)}
    areas = PoolingArea.objects.filter(short_name__in=names).with_ancestors() if names else []
    return _all_placed(found, areas)


def read_with(texts: Iterable[str], words: ConditionVocabulary, areas: Iterable[PoolingArea]) -> dict[str, Read]:
    """The same without a query, for whoever has every word and area at hand."""
    return _all_placed(_taken_apart(texts, words), areas)


def _taken_apart(texts, words):
    return {text: _parsed(text, words) for text in texts}


def _named_areas(reference):
    if isinstance(reference, FigureReference):
        return [reference.area]
    return reference.words[:1] if isinstance(reference, ExampleReference) else []


def _all_placed(found, areas):
    by_name = {area.short_name: area for area in areas}
    return {text: _placed(reference, by_name) for text, reference in found.items()}


def _parsed(text, words):
    try:
        return parse_example(text) if is_example(text) else parse(text, words)
    except UnreadableReference as error:
        return error


def _placed(reference, areas):
    if isinstance(reference, UnreadableReference):
        return reference
    if isinstance(reference, ExampleReference):
        return place_example(reference, areas)
    if reference.area not in areas:
        return UnreadableReference(f"〔{reference.text}〕：没有叫“{reference.area}”的地区。")
    return ReferenceInArea(reference, areas[reference.area])


def pack(found: dict[str, Read]) -> dict:
    """What was read, as JSON; `place` numbers the references as they stand, for a database may sort the keys."""
    return {
        text: str(one) if isinstance(one, UnreadableReference) else _packed(one) | {"place": place}
        for place, (text, one) in enumerate(found.items())
    }


def _packed(one):
    chain = [[area.pk, area.code, area.short_name] for area in one.area.chain()]
    if isinstance(one, ExampleInArea):
        on = one.on and one.on.isoformat()
        return {"example": one.calculator, "words": one.words, "answers": one.answers, "on": on, "chain": chain}
    reference = one.reference
    on = reference.on and reference.on.isoformat()
    special = {"table": True} if reference.is_table else {}
    special |= {} if reference.stated is None else {"stated": reference.stated}
    return {"parameter": reference.parameter, "dimensions": reference.dimensions, "on": on, "chain": chain} | special


def unpack(packed: dict, texts: Iterable[str]) -> dict[str, Read]:
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
    if "example" in one:
        return ExampleInArea(text, one["example"], area, tuple(one["words"]), one["answers"], on)
    special = one.get("table", False), one.get("stated")
    return ReferenceInArea(
        FigureReference(text, one["parameter"], area.short_name, one["dimensions"], on, *special), area
    )
