"""Views of calculators, areas and documents, and of the visitor's choice of area and 身份."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from calculators.common import page_keys
from calculators.common.json_ld import calculator_json_ld
from calculators.forms import CalculatorForm, DayForm, typed_answers
from calculators.library.places import official_site
from calculators.models import Calculator, PolicyDocument, PoolingArea
from calculators.policies import listings
from calculators.policies.area_tables import area_figures
from calculators.policies.notices import deadlines
from calculators.preferences import (
    ChoiceForm,
    VisitorChoice,
    address_for_choice,
    own_address,
    read_choice,
    store_choice,
)
from calculators.publishing.availability import availability
from calculators.publishing.history import changes_since
from calculators.question_answering import lookups
from calculators.views.chosen_calculators import counterpart, marked_calculators, misfit_sentence, prefilled_answers
from calculators.views.embed import embed_html
from calculators.views.place import place_page
from calculators.views.shared_result import SharedResult


def calculator_list(request):
    page_keys.depends_on(page_keys.ALL_CALCULATORS)
    marked = marked_calculators(lookups.calculators(), read_choice(request), timezone.localdate())
    context = {"calculator_list": marked, "section": "calculators"}
    return render(request, "calculators/calculator_list.html", context)


def areas(request):
    page_keys.depends_on(page_keys.ALL_AREAS, page_keys.AREAS_WITH_VALUES)
    provinces = lookups.place_index().by_province()
    context = {"areas": lookups.areas_with_values(), "provinces": provinces, "section": "areas"}
    return render(request, "calculators/areas.html", context)


def area(request, code):
    area = PoolingArea.objects.with_ancestors().filter(code=code).first()
    if area is None:
        return place_page(request, code)
    page_keys.depends_on(page_keys.area(area.pk), page_keys.ALL_CALCULATORS)
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": timezone.localdate()})
    on = form.day()
    context = {
        "area": area,
        "form": form,
        "on": on,
        "figures": area_figures(area, on, timezone.localdate()),
        "deadlines": deadlines(area, timezone.localdate()) if on == timezone.localdate() else [],
        "calculators": availability.calculators_in(area, lookups.calculators(), on),
        "section": "areas",
    }
    if place := lookups.place(area.code):
        context |= {"hotline": place.hotline, "official_site": official_site(place)}
    return render(request, "calculators/area.html", context)


def document(request, slug):
    document = get_object_or_404(PolicyDocument.objects.accepted(), slug=slug)
    page_keys.depends_on(page_keys.document(document.pk), page_keys.values_from(document.pk))
    on = timezone.localdate()
    context = {"document": document, "entries": listings.document_rows(document, on), "on": on}
    return render(request, "calculators/document.html", context)


def calculator(request, code):
    calculator = next((one for one in lookups.calculators() if one.code == code), None)
    if calculator is None:  # it went live a moment ago
        calculator = get_object_or_404(Calculator.objects.as_published(), code=code)
    page_keys.depends_on(page_keys.calculator(calculator.pk))
    today = timezone.localdate()
    choice, definition = read_choice(request), calculator.published()
    prefilled = {} if request.GET else prefilled_answers(definition, choice, today)
    form = CalculatorForm(definition, typed_answers(request.GET) or prefilled, today)
    if prefilled and form.errors:  # what this place does not ask, or not of this 身份, is nobody's mistake
        form = CalculatorForm(
            definition, {code: text for code, text in prefilled.items() if code not in form.errors}, today
        )
    context = {"calculator": calculator, "form": form, "on": today, "section": "calculators"}
    context["choice"], context["misfit"] = choice, misfit_sentence(definition, choice)
    if context["misfit"]:
        page_keys.depends_on(page_keys.ALL_CALCULATORS)
        context["counterpart"] = counterpart(definition, choice, lookups.calculators())
    context["changes"] = changes_since(calculator, form.typed, form.statement)
    address = request.build_absolute_uri(calculator.get_absolute_url())
    context["shared"] = SharedResult.of(form, calculator.name, address, timezone.now())
    context["structured"] = calculator_json_ld(calculator, address)
    context["embed"] = "" if request.GET else embed_html(request, calculator)
    return render(request, "calculators/calculator.html", context)


@csrf_exempt  # it changes nothing but the visitor's own cookie, and a page with a token could not be kept
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request):
    """Remember place and 身份 on this device, and go back to the page where they were chosen; GET shows the form alone."""
    choice = read_choice(request)
    back = own_address((request.POST or request.GET).get("back", "/"))
    given = {"area": choice.place.short_name if choice.place else "", "person": choice.person}
    form = ChoiceForm(
        request.POST.dict() | {"person": request.POST.get("person", choice.person)} if request.POST else None,
        initial=given,
    )
    if form.is_valid():
        place = form.cleaned_data["area"]
        chosen = VisitorChoice.of(place.code if place else "", form.cleaned_data["person"])
        response = HttpResponseRedirect(address_for_choice(back, chosen))
        store_choice(response, chosen)
    else:
        context = {"form": form, "back": back, "provinces": lookups.place_index().by_province()}
        response = render(request, "calculators/choice.html", context, status=422 if form.is_bound else 200)
    response["Cache-Control"] = "no-store"
    return response
