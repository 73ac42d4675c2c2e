"""How policy values are written on a page."""

import re

from django import template
from django.utils.html import format_html_join

from calculators.units import show
from calculators.values import Bands

register = template.Library()
LONG = 14


@register.filter
def shown(figure):
    """A value in force with its unit: 1,800 元."""
    return show(figure.value, figure.unit)


@register.filter
def pieces(figure):
    """The same, a table of bands one line each."""
    if isinstance(figure.value, Bands):
        return format_html_join("", "<span>{}</span>", ((band,) for band in figure.value))
    return shown(figure)


@register.filter
def is_long(figure):
    """Whether a value is a text or a table, which needs the whole line."""
    return isinstance(figure.value, Bands) or (isinstance(figure.value, str) and len(figure.value) > LONG)


@register.filter
def labels(citation):
    """The cautions of a figure in a word each: 待核实, 已过复核日."""
    return [re.split(r"[：（，。]", caution)[0] for caution in citation.cautions]
