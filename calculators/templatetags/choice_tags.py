"""Template tags of places: the visitor's choice in the header with the form behind it, and the telephone of a place."""

from django import template

from calculators.preferences import ChoiceForm, VisitorChoice, read_choice
from calculators.question_answering import lookups
from calculators.typed_questions.places import HOTLINE

register = template.Library()


@register.filter
def hotline(code):
    """12393 of the place with this code, with its area code where it has one."""
    place = lookups.place(code) if code else None
    return place.hotline if place else HOTLINE


@register.inclusion_tag("calculators/_header_choice.html", takes_context=True)
def header_choice(context):
    """北京 · 退休, opening the form in place; without a choice a link to it. No query where there is none."""
    request = context.get("request")
    choice = read_choice(request) if request else VisitorChoice()
    back = request.get_full_path() if request and request.method == "GET" else "/"
    shown = {"choice": choice, "back": back}
    if choice.place:
        shown["form"] = ChoiceForm(
            initial={"area": choice.place.short_name, "person": choice.person}, auto_id="header-%s"
        )
    return shown
