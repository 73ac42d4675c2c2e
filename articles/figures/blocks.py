"""HTML of what stands in place of a reference: a figure, a table of bands or of many figures, a worked example."""

import re
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.figures.notes import FigureNote
from calculators.models import Parameter
from calculators.policies.matrices import Matrix
from calculators.values.types import Bands, InForce
from calculators.values.units import UNITS, show, show_share, show_span
from calculators.worked_examples.worked_example import WorkedExample

MAX_CAUTIONS = 3


def figure(note: FigureNote, *, is_link: bool = True) -> SafeString:
    value = "" if isinstance(note.figure.value, Bands) else str(note.figure.value)
    shown = _link(note, note.shown) if is_link else note.shown
    return format_html('<data class="figure" value="{}">{}</data>{}', value, shown, _warning([note.figure]))


def mark(note: FigureNote) -> SafeString:
    """Beside a sentence that says the value itself: where that stands."""
    button = (
        '<sup class="figure-mark"><button type="button" popovertarget="{}" aria-label="出处 {}">{}</button></sup>{}'
    )
    return format_html(button, note.anchor, note.number, note.number, _warning([note.figure]))


def figure_block(note: FigureNote) -> SafeString:
    """A reference that is a paragraph of its own: bands become a table."""
    if not isinstance(note.figure.value, Bands):
        return format_html("<p>{}</p>", figure(note))
    bands, unit = note.figure.value, note.figure.unit
    cells = ((show_span(band, bands.axis), show_share(band, unit)) for band in bands)
    rows = format_html_join("", "<tr><td>{}</td><td>{}</td></tr>", cells)
    head = format_html("<caption>{}{}</caption>", note.figure.name, _link(note, f"（{note.source}）"))
    return format_html('<table class="bands">{}{}<tbody>{}</tbody></table>', head, _columns(bands, unit), rows)


def _columns(bands, unit):
    """What is sliced, and what each slice gives; nothing where the parameter does not say."""
    axis = Parameter.Axis(bands.axis)
    sliced = axis.label if axis == Parameter.Axis.AGE else f"{axis.label}（元）"
    named = '<thead><tr><th scope="col">{}</th><th scope="col">{}</th></tr></thead>'
    return format_html(named, sliced, UNITS[unit].removeprefix("个")) if axis else ""


def matrix(table: Matrix, notes: Sequence[FigureNote], *, is_alone: bool = True) -> SafeString:
    """A table of many figures; of bands the first stands large. Inside a sentence its figures follow one another."""
    note_of = dict(zip(table.figures, notes, strict=True))
    if not is_alone:
        pieces = ((row.label, _cell(cell, note_of)) for row in table.rows for cell in row.cells if cell)
        return format_html_join("；", "{} {}", pieces)
    heads = format_html_join("", '<th scope="col">{}</th>', ((column,) for column in table.columns))
    head = format_html("<thead><tr><td></td>{}</tr></thead>", heads) if table.columns else ""
    rows = format_html_join(
        "", '<tr><th scope="row">{}</th>{}</tr>', ((row.label, _cells(row, note_of)) for row in table.rows)
    )
    return format_html(
        '<table class="matrix"><caption>{}</caption>{}<tbody>{}</tbody></table>', _title(table, notes), head, rows
    )


def _title(table, notes):
    """What the table is of, its sources, and how its bands are read."""
    about = "·".join(filter(None, (table.area_name, table.of)))
    sources = format_html_join("、", "{}", ((_link(note, note.source),) for note in dict.fromkeys(notes)))
    return format_html("{}（{}）{}<small>{}</small>", table.name, about, _bands_words(table.figures), sources)


def _bands_words(figures: Sequence[InForce]):
    """Bands that all begin alike are named once, above."""
    firsts = {show_span(next(iter(one.value)), one.value.axis) for one in figures if isinstance(one.value, Bands)}
    if len(firsts) != 1:
        return ""
    axis = Parameter.Axis(figures[0].value.axis)
    return format_html(
        "<small>按{}分段：大字是 {} 元这一段，小字是往上各段</small>", axis.label if axis else "金额", firsts.pop()
    )


def _cells(row, note_of):
    return format_html_join("", "<td>{}</td>", ((_cell(cell, note_of),) for cell in row.cells))


def _cell(one, note_of):
    if one is None:
        return "—"
    if not isinstance(one.value, Bands):
        return format_html(
            '<data class="figure" value="{}">{}</data>{}', str(one.value), show(one.value, one.unit), _warning([one])
        )
    first, *more = one.value
    further = format_html_join(
        "", " <small>{} {}</small>", ((show_span(b, one.value.axis), show_share(b, one.unit)) for b in more)
    )
    return format_html("<strong>{}</strong>{}{}", show_share(first, one.unit), _warning([one]), further)


def example_line(one: WorkedExample, *, is_link: bool = True) -> SafeString:
    """Inside a sentence: the working, leading to the calculator with its answers filled in."""
    line = format_html('<a href="{}" title="打开填好的计算器">{}</a>', one.url, one.line) if is_link else one.line
    return format_html('<span class="example-line">{}</span>{}', line, _warning(one.statement.figures))


def example(one: WorkedExample, notes: Sequence[FigureNote]) -> SafeString:
    """A paragraph of its own: the working, behind a tap its answers and sources, and the way into the calculator."""
    given = format_html_join("，", "{} {}", one.given)
    figures = format_html_join(
        "", "<li>{} {}{}</li>", ((n.figure.name, _link(n, n.shown), _warning([n.figure])) for n in notes)
    )
    said = format_html_join("", "<p>{}</p>", ((note,) for note in one.statement.notes))
    return format_html(
        '<div class="example"><p class="example-line">{}{}</p><details><summary>怎么算的，依据什么</summary>'
        "<p>{}</p><ul>{}</ul>{}</details>"
        '<p><a class="more" href="{}">换成你的数，用“{}”再算<span class="unseen">：{}</span></a></p></div>',
        *(one.line, _warning(one.statement.figures), given, figures, said, one.url, one.definition.name, given),
    )


def _link(note, text):
    """A button that opens the note of the figure over the text; a source, or the words of another figure, say whose they are."""
    is_clear = text == note.shown and not note.is_alike
    whose = f"{note.figure.area_name if note.is_alike else ''}{_told(note.figure)}"
    told = "" if is_clear else format_html(' aria-label="{}：{}"', text, whose)
    return format_html('<button type="button" popovertarget="{}"{}>{}</button>', note.anchor, told, text)


def _told(figure):
    return f"{figure.name}（{figure.dimensions}）" if figure.dimensions else figure.name


def _warning(figures: Sequence[InForce]):
    """The words that must stand beside a figure, short; the note has them in full."""
    cautions = dict.fromkeys(caution for one in figures for caution in one.citation.cautions)
    labels = list(dict.fromkeys(re.split(r"[：（，。]", caution)[0] for caution in cautions))[:MAX_CAUTIONS]
    return format_html('<small class="figure-caution">（{}）</small>', "、".join(labels)) if labels else ""
