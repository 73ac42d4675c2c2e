"""Policy values inside prose: 〔职工门诊起付线·北京·在职〕 is a reference, never a copy.

A reference names a parameter, an area, the conditions in words, and where another day than the
reader's is meant, that day: 〔职工门诊起付线·武汉·在职·2023-03-01〕. What stands on the page is the row in
force on the day, so prose and calculators change together.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles.figures.references import (
    DESCRIPTION,
    REFERENCE,
    REFERENCE_OR_TAG,
    ReferenceInArea,
    UnreadableReference,
    find,
    find_in_addresses,
    read,
)
from calculators.common import page_keys
from calculators.models import Parameter, PoolingArea
from calculators.policies.in_force import ValuesInForce, values_by_area
from calculators.values.types import Bands, InForce, ParameterNotInForce
from calculators.values.units import UNITS, show, show_share, show_span


@dataclass(frozen=True)
class FigureNote:
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

    @property
    def changes_on(self):
        """The first day of the row that follows, where one is known and lies ahead of the reader's day."""
        until = self.figure.until
        return until if until and until > self.day else None


@dataclass(frozen=True)
class Rendered:
    html: SafeString
    notes: tuple[FigureNote, ...]


class Figures:
    """The figures behind the references in some texts on the day `on`.

    One query where the references are known (articles.figures.references), however many there are; three where not. None
    where `values`, which hold what is `needed`, have been read too.
    """

    def __init__(
        self,
        texts: Iterable[str],
        on: date,
        known: Mapping[str, ReferenceInArea | UnreadableReference] | None = None,
        values: Mapping[str, ValuesInForce] | None = None,
    ):
        self.on = on
        self.answers = resolve(find("".join(texts)), on, known or {}, values)

    def plain(self, text: str) -> str:
        """One of the texts with plain figures, for excerpts, feeds and search."""
        return REFERENCE.sub(lambda match: _plain(self.answers[match[1]]), text)

    def shown(self, text: str) -> list[str]:
        """The figures in one of the texts as a reader sees them, each once; what has no value is left out."""
        answers = (self.answers[reference] for reference in find(text))
        return list(dict.fromkeys(_plain(one) for one in answers if not isinstance(one, Exception)))

    def render(self, html: str) -> Rendered:
        """Sanitised body HTML with its figures, each linked to a note with its source and first day."""
        notes = {}

        def noted(text):
            return notes.setdefault(text, FigureNote(len(notes) + 1, self.answers[text], self.on))

        html = REFERENCE_OR_TAG.sub(_Replacement(self.answers, noted), html)
        return Rendered(mark_safe(html), tuple(notes.values()))  # noqa: S308 - sanitised, figures escaped


def resolve(
    texts: Iterable[str],
    on: date,
    known: Mapping[str, ReferenceInArea | UnreadableReference] | None = None,
    values: Mapping[str, ValuesInForce] | None = None,
) -> dict[str, InForce | Exception]:
    """The figure behind each reference on the day `on`, or the error that says why there is none."""
    known = known or {}
    texts = list(texts)
    found = {text: known[text] for text in texts if text in known}
    found |= read(text for text in texts if text not in known)
    if values is None:
        parameters, areas = needed(found)
        values = values_by_area(parameters, areas, on=on) if parameters else {}
    return {text: _look_up(found[text], values) for text in texts}


def needed(found: Mapping[str, ReferenceInArea | UnreadableReference]) -> tuple[set[str], list[PoolingArea]]:
    """The parameters and the areas whose values stand behind these references."""
    placed = [one for one in found.values() if isinstance(one, ReferenceInArea)]
    page_keys.depends_on(*([page_keys.ALL_DIMENSIONS] if found else []))
    page_keys.depends_on(*([page_keys.ALL_AREAS] if len(placed) < len(found) else []))  # the missing one may be made
    areas = {one.area.code: one.area for one in placed}
    return {one.reference.parameter for one in placed}, list(areas.values())


def _look_up(one, values):
    if isinstance(one, UnreadableReference):
        return one
    reference = one.reference
    try:
        return values[one.area.code].get(reference.parameter, reference.on, **reference.dimensions)
    except ParameterNotInForce as error:
        return error


def problems(html: str, on: date) -> list[str]:
    """Why a text cannot be saved: a Chinese sentence for each reference without a figure on `on`, or in an address."""
    unknown = [str(answer) for answer in resolve(find(html), on).values() if isinstance(answer, Exception)]
    misplaced = [f"〔{text}〕写在了网址里：数值只能写在文字里，网址请写全。" for text in find_in_addresses(html)]
    return unknown + misplaced


def plain(text: str, on: date) -> str:
    return Figures([text], on).plain(text)


def render(html: str, on: date) -> Rendered:
    return Figures([html], on).render(html)


def _plain(answer):
    return "（暂无数值）" if isinstance(answer, Exception) else show(answer.value, answer.unit)


class _Replacement:
    """What stands in place of each piece of a body. In one pass: what is put in names documents, and their numbers look
    like references. Inside a link there is no other link, and in a description no markup."""

    def __init__(self, answers, noted):
        self.answers, self.noted, self.in_link = answers, noted, False

    def __call__(self, match):
        alone, tag, text = match.groups()
        return self._tag(tag) if tag else self._figure(alone or text, alone is not None)

    def _tag(self, tag):
        if tag.startswith(("<a ", "<a>", "</a>")):
            self.in_link = tag != "</a>"
        return DESCRIPTION.sub(self._described, tag) if "〔" in tag else tag

    def _described(self, match):
        return REFERENCE.sub(lambda one: escape(_plain(self.answers[one[1]])), match[0])

    def _figure(self, text, is_alone):
        answer = self.answers[text]
        if isinstance(answer, Exception):
            return format_html('<span class="figure figure-missing">（{}）</span>', str(answer))
        note = self.noted(text)
        return _block(note) if is_alone else _inline(note, is_link=not self.in_link)


def _block(note):
    """A reference that is a paragraph of its own: bands become a table."""
    if not isinstance(note.figure.value, Bands):
        return format_html("<p>{}</p>", _inline(note))
    bands, unit = note.figure.value, note.figure.unit
    cells = ((show_span(band, bands.axis), show_share(band, unit)) for band in bands)
    rows = format_html_join("", "<tr><td>{}</td><td>{}</td></tr>", cells)
    head = format_html("<caption>{}{}</caption>", note.figure.name, _link(note, f"（{_source(note.figure)}）"))
    return format_html('<table class="bands">{}{}<tbody>{}</tbody></table>', head, _columns(bands, unit), rows)


def _columns(bands, unit):
    """What is sliced, and what each slice gives; nothing where the parameter does not say."""
    axis = Parameter.Axis(bands.axis)
    sliced = axis.label if axis == Parameter.Axis.AGE else f"{axis.label}（元）"
    named = '<thead><tr><th scope="col">{}</th><th scope="col">{}</th></tr></thead>'
    return format_html(named, sliced, UNITS[unit].removeprefix("个")) if axis else ""


def _inline(note, *, is_link=True):
    value = "" if isinstance(note.figure.value, Bands) else str(note.figure.value)
    shown = _link(note, note.shown) if is_link else note.shown
    return format_html('<data class="figure" value="{}">{}</data>{}', value, shown, _warning(note.figure))


def _link(note, text):
    return format_html('<a href="#{}" title="{}">{}</a>', note.anchor, _source(note.figure), text)


def _source(figure):
    return f"{figure.citation.number or figure.citation.title}，{figure.citation.since}"


def _warning(figure):
    """The words that must stand beside a figure, short; the note has them in full."""
    labels = [re.split(r"[：（，。]", caution)[0] for caution in figure.citation.cautions]
    return format_html('<small class="figure-caution">（{}）</small>', "、".join(labels)) if labels else ""
