"""Template filters and tags for policy values and statements: figures, cautions, the chart of who pays."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join

from calculators.values.money import percent
from calculators.values.types import Bands, spell_day
from calculators.values.units import show, show_share, show_span
from calculators.worksheet.scenarios import listed_scenarios
from calculators.worksheet.tables import (
    comparison_table,
    month_bars,
    month_strip,
    payer_spans,
    remaining_outputs,
    round_table,
)
from calculators.worksheet.working import is_trivial, working_sentences

register = template.Library()
MAX_SOURCES = 3
MAX_BANDS_IN_CELL = 2
MAX_SHORT_TEXT_CHARACTERS = 14
MAX_SHORT_FORMULA_CHARACTERS = 32


@dataclass(frozen=True)
class ChartPiece:
    """A piece of the bar: where it begins and how wide it is, in per cent of the whole."""

    kind: str
    label: str
    text: str
    share: str
    start: str
    width: str


@register.filter
def shown(figure):
    """A value in force with its unit: 1,800 元."""
    return show(figure.value, figure.unit)


@register.filter
def pieces(figure):
    """The same, a table of bands one line each."""
    if isinstance(figure.value, Bands):
        lines = shown(figure).split("；")
        return format_html_join("", "<span>{}</span>", ((line,) for line in lines))
    return shown(figure)


@register.filter
def is_long(figure):
    """Whether a value is a text or a table, which needs the whole line."""
    return isinstance(figure.value, Bands) or (
        isinstance(figure.value, str) and len(figure.value) > MAX_SHORT_TEXT_CHARACTERS
    )


@register.filter
def labels(citation):
    """The cautions of a figure in a word each: 待核实, 已过复核日."""
    return [re.split(r"[：（，。]", caution)[0] for caution in citation.cautions]


@register.filter
def cell(figure):
    """A value in the cell of a table; of bands the first is large, and the one above it follows. More are a span."""
    if not isinstance(figure.value, Bands):
        return shown(figure)
    first, *more = figure.value
    if len(more) >= MAX_BANDS_IN_CELL:
        shares = sorted(share for band in figure.value for share in (band.ratio, band.ratio_max) if share is not None)
        least, most = show(shares[0], figure.unit), show(shares[-1], figure.unit)
        return format_html("<strong>{}–{}</strong> <small>分 {} 段</small>", least, most, len(figure.value.bands))
    spans = ((show_span(band, figure.value.axis), show_share(band, figure.unit)) for band in more)
    further = format_html_join("", " <small>{} {}</small>", spans)
    return format_html("<strong>{}</strong>{}", show_share(first, figure.unit), further)


@register.filter
def line_cautions(line):
    """The cautions of a line's figures behind them, and whether they are about to change; in full they stand with the source."""
    return _in_brackets([figure for _, figure in line.figures])


@register.filter
def table_cautions(table):
    """Those of all figures of a table, once."""
    return _in_brackets([figure for row in table.rows for figure in row.cells if figure])


def _in_brackets(figures):
    said = [label for figure in figures for label in labels(figure.citation)]
    said += [f"{spell_day(one.until)}起{'停止执行' if one.ends else '改变'}" for one in figures if one.until]
    said += [f"{spell_day(one.known_until)}以后的还没有查到" for one in figures if one.known_until]
    words = "、".join(dict.fromkeys(said))
    return format_html(' <small class="cautions">（{}）</small>', words) if words else ""


@register.simple_tag
def bar(parts):
    """Who pays what, ready to be drawn from left to right."""
    pieces, start = [], Decimal(0)
    for part in parts:
        width = part.share * 100
        share = percent(part.share.quantize(Decimal("0.001")))
        pieces.append(ChartPiece(part.part, part.label, part.text, share, f"{start:.3f}", f"{width:.3f}"))
        start += width
    return pieces


@register.filter
def working(statement):
    """How the result came about, in a few sentences."""
    return working_sentences(statement)


@register.filter
def telling_lines(statement):
    """The steps worth reading one by one: the shown ones that are not trivial."""
    return [line for line in statement.shown_lines if not is_trivial(line)]


@register.filter
def main_sources(statement):
    """The documents behind the result, each once, the first few."""
    return list({figure.citation.slug: figure.citation for figure in statement.figures}.values())[:MAX_SOURCES]


register.filter(comparison_table)
register.filter(round_table)
register.filter(month_strip)
register.filter(month_bars)
register.filter(payer_spans)
register.filter(remaining_outputs)
register.filter(listed_scenarios)


@register.filter
def unbroken(sentence):
    """A number stays in one line with the word that it counts: 10 月."""
    return re.sub(r"(?<=\d) (?=\w)", "\N{NO-BREAK SPACE}", sentence)


@register.filter
def is_plain(line):
    """Whether a line only reads a value, so that its formula would say nothing more."""
    return line.formula == line.label or (len(line.figures) == 1 and line.formula == line.figures[0].name)


@register.filter
def is_short(line):
    """Whether the formula is arithmetic that fits in one line with its numbers; a longer one, or a choice, stands below, folded."""
    is_choice = "如果(" in line.formula
    return len(line.formula) <= MAX_SHORT_FORMULA_CHARACTERS and not line.rounds and not is_choice
