"""Widgets of the questions of a calculator, by the `control` of their kind (calculators.definition.question_kinds)."""

import re

from django import forms
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from calculators.definition import UNKNOWN_ANSWER, WrongAnswer
from calculators.definition.answer_text import read_years
from calculators.worksheet.parsing import bounds

MAX_RADIO_OPTIONS, YEARS_AHEAD = 6, 7
MAX_DRAWN_FIELDS = 500  # kept in the process, some 2 kB each
INPUT_MODES = {"text", "numeric", "decimal"}
NATIVE_INPUT_FORMATS = {"date": re.compile(r"(\d{4}-\d{2}-\d{2})?"), "month": re.compile(r"(\d{4}-\d{2})?")}


def drawn_field(field: BoundField) -> SafeString:
    """The question with its box as HTML: the same for everybody who is asked the same and chose the same.

    What somebody typed is in no cache: only boxes that are blank or hold one of their choices are.
    """
    about, widget, value = field.field, field.field.widget, str(field.value() or "")
    choices = tuple((code, text) for code, text in getattr(widget, "choices", ()))
    if field.errors or (value and value not in {str(code) for code, _ in choices}):
        return _draw(field)
    asked = field.label, field.help_text, about.settled, about.suffix, about.is_optional, about.picture
    answered = about.may_be_unknown, about.is_unknown, value
    key = field.html_name, type(widget), tuple(widget.attrs.items()), choices, asked, answered
    html = _drawn.get(key)
    if html is None:
        html = _draw(field)
        if len(_drawn) >= MAX_DRAWN_FIELDS:
            _drawn.clear()
        _drawn[key] = html
    return html


def _draw(field: BoundField) -> SafeString:
    return render_to_string("calculators/_field.html", {"field": field})


_drawn: dict[tuple, SafeString] = {}


class YearBoxes(forms.CheckboxSelectMultiple):
    """A box for each year; several ticked together reach `typed_answers` as one list."""

    def format_value(self, value):
        return [f"{year}" for year in _years_in(value or "")]


def _area_list(question, typed, areas):
    return forms.Select(choices=lambda: [("", "请选择"), *areas()])


def _yes_or_no(question, typed, areas):
    return forms.RadioSelect(choices=[("是", "是"), ("否", "否"), *_unknown(question)])


def _options(question, typed, areas):
    options = [*((option.code, option.label) for option in question.options), *_unknown(question)]
    if len(options) <= MAX_RADIO_OPTIONS:
        return forms.RadioSelect(choices=options)
    return forms.Select(choices=[("", "请选择"), *options])


def _unknown(question):
    return [(UNKNOWN_ANSWER, UNKNOWN_ANSWER)] if question.unknown_answers else []


def _year_boxes(question, typed, areas):
    """From the question's first year to some years from now, or to the last one typed; what no box can hold stays a text."""
    lowest, highest = bounds(question, None)
    years = _years_in(typed)
    if lowest is None or (typed and not years):
        return _text_box(question, typed, areas)
    last = max(timezone.localdate().year + YEARS_AHEAD, *years, 0)
    if highest is not None:
        last = min(last, highest)
    if years and not lowest <= years[0] <= years[-1] <= last:
        return _text_box(question, typed, areas)
    return YearBoxes(choices=[(f"{year}", f"{year}") for year in range(int(lowest), int(last) + 1)])


def _years_in(text):
    try:
        return read_years(None, text)[0]
    except WrongAnswer:
        return ()


def _native(question, typed, areas):
    """The browser's own picker, unless what was typed would vanish in it."""
    control = question.question_kind.control
    kept = NATIVE_INPUT_FORMATS[control].fullmatch(typed)
    return forms.TextInput(attrs={"type": control if kept else "text", "autocomplete": "off"})


def _text_box(question, typed, areas):
    control = question.question_kind.control
    return forms.TextInput(attrs={"inputmode": control if control in INPUT_MODES else "text", "autocomplete": "off"})


# The widget for each `control` of a QuestionKind, from the question, what was typed, and a function for the areas on offer.
CONTROLS = {
    "areas": _area_list,
    "yes_no": _yes_or_no,
    "options": _options,
    "date": _native,
    "month": _native,
    "years": _year_boxes,
    "text": _text_box,
    "numeric": _text_box,
    "decimal": _text_box,
}
