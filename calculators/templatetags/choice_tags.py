"""Template tags of the visitor's choice: the words in the header, and the form behind them."""

from django import template

from calculators.preferences import ChoiceForm, VisitorChoice, read_choice

register = template.Library()


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
