"""Policy values inside prose: 〔职工门诊起付线·北京·在职〕 is a reference, never a copy.

A reference names a parameter, an area, the conditions in words, and where another day than the
reader's is meant, that day: 〔职工门诊起付线·武汉·在职·2023-03-01〕. What stands on the page is the row in
force on the day, so prose and calculators change together.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from calculators.models import PoolingArea
from calculators.models.dimension import vocabulary
from calculators.policies import spell_day, values_by_area
from calculators.units import show
from calculators.values import Bands, InForce, ParameterNotInForce
from calculators.vocabulary import UnknownWord, Vocabulary

REFERENCE = re.compile(r"〔([^〔〕<>]+)〕")
REFERENCE_ALONE = re.compile(r"<p>\s*〔([^〔〕<>]+)〕\s*</p>")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Reference:
    """One reference taken apart; `on` is None where it means the reader's day."""

    text: str
    parameter: str
    area: str
    dimensions: dict[str, str | int]
    on: date | None


@dataclass(frozen=True)
class Note:
    """What stands below the text about a figure in it."""

    number: int
    figure: InForce
    day: date

    @property
    def shown(self):
        return show(self.figure.value, self.figure.unit)

    @property
    def anchor(self):
        return f"figure-{self.number}"


@dataclass(frozen=True)
class Rendered:
    html: SafeString
    notes: tuple[Note, ...]


class UnreadableReference(ValueError):
    """A reference that names no parameter, area or condition; the message is a Chinese sentence."""


def find(html: str) -> list[str]:
    """The references in a text, each once, in order."""
    return list(dict.fromkeys(REFERENCE.findall(html)))


def parse(text: str, words: Vocabulary) -> Reference:
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
    return Reference(text, parameter, area, dimensions, _read_day(days[0], text) if days else None)


def _read_day(day, text):
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise UnreadableReference(f"〔{text}〕：没有 {day} 这一天。") from None


def resolve(texts: Iterable[str], on: date) -> dict[str, InForce | Exception]:
    """The figure behind each reference on the day `on`, or the error that says why there is none.

    Three queries, however many references there are.
    """
    words = vocabulary()
    answers, references = {}, []
    for text in texts:
        try:
            references.append(parse(text, words))
        except UnreadableReference as error:
            answers[text] = error
    areas = {area.short_name: area for area in _areas(references)}
    known = [reference for reference in references if reference.area in areas]
    values = values_by_area({reference.parameter for reference in known}, areas.values(), on=on)
    for reference in references:
        answers[reference.text] = _look_up(reference, areas, values)
    return answers


def _areas(references):
    names = {reference.area for reference in references}
    return PoolingArea.objects.filter(short_name__in=names).with_ancestors() if names else []


def _look_up(reference, areas, values):
    if reference.area not in areas:
        return UnreadableReference(f"〔{reference.text}〕：没有叫“{reference.area}”的地区。")
    try:
        return values[areas[reference.area].code].get(reference.parameter, reference.on, **reference.dimensions)
    except ParameterNotInForce as error:
        return error


def problems(html: str, on: date) -> list[str]:
    """Why a text cannot be saved: one Chinese sentence for each reference without a figure on `on`."""
    texts = find(html)
    if not texts:
        return []
    return [str(answer) for answer in resolve(texts, on).values() if isinstance(answer, Exception)]


def plain(text: str, on: date) -> str:
    """The text with plain figures, for excerpts, feeds and search."""
    texts = find(text)
    if not texts:
        return text
    answers = resolve(texts, on)
    return REFERENCE.sub(lambda match: _plain(answers[match[1]]), text)


def _plain(answer):
    return "（暂无数值）" if isinstance(answer, Exception) else show(answer.value, answer.unit)


def render(html: str, on: date) -> Rendered:
    """Sanitised body HTML with its figures, each linked to a note with its source and first day."""
    texts = find(html)
    if not texts:
        return Rendered(mark_safe(html), ())  # noqa: S308 - sanitised when it was stored
    answers = resolve(texts, on)
    notes = {}

    def note(text):
        figure = answers[text]
        return notes.setdefault(text, Note(len(notes) + 1, figure, on))

    html = REFERENCE_ALONE.sub(_replace(answers, note, _block), html)
    html = REFERENCE.sub(_replace(answers, note, _inline), html)
    return Rendered(mark_safe(html), tuple(notes.values()))  # noqa: S308 - sanitised, figures escaped


def _replace(answers, note, spell: Callable):
    def replacement(match):
        answer = answers[match[1]]
        if isinstance(answer, Exception):
            return format_html('<span class="figure figure-missing">（{}）</span>', str(answer))
        return spell(note(match[1]))

    return replacement


def _block(note):
    """A reference that is a paragraph of its own: bands become a table."""
    if not isinstance(note.figure.value, Bands):
        return format_html("<p>{}</p>", _inline(note))
    rows = format_html_join(
        "", "<tr><td>{}</td><td>{}</td></tr>", (str(band).split("：") for band in note.figure.value)
    )
    head = format_html("<caption>{}{}</caption>", note.figure.name, _link(note, f"（{_source(note.figure)}）"))
    return format_html('<table class="bands">{}<tbody>{}</tbody></table>', head, rows)


def _inline(note):
    value = "" if isinstance(note.figure.value, Bands) else str(note.figure.value)
    return format_html(
        '<data class="figure" value="{}">{}</data>{}', value, _link(note, note.shown), _warning(note.figure)
    )


def _link(note, text):
    return format_html('<a href="#{}" title="{}">{}</a>', note.anchor, _source(note.figure), text)


def _source(figure):
    citation = figure.citation
    since = f"{spell_day(citation.effective_from)}起" if citation.effective_from else "起始日未核"
    return f"{citation.number or citation.title}，{since}"


def _warning(figure):
    """The words that must stand beside a figure, short; the note has them in full."""
    labels = [re.split(r"[：（，。]", caution)[0] for caution in figure.citation.cautions]
    return format_html('<small class="figure-caution">（{}）</small>', "、".join(labels)) if labels else ""
