"""Views of calculators, areas and documents, and of the visitor's choice of area and 身份."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from calculators.common import page_keys
from calculators.common.json_ld import calculator_json_ld
from calculators.forms import CalculatorForm, DayForm, typed_answers
from calculators.models import Calculator, PolicyDocument, PoolingArea
from calculators.policies import listings
from calculators.preferences import ChoiceForm, VisitorChoice, read_choice, store_choice
from calculators.publishing.availability import availability
from calculators.publishing.history import changes_since
from calculators.worksheet.then_and_now import encode_stamp


def calculator_list(request):
    page_keys.depends_on(page_keys.ALL_CALCULATORS)
    context = {"calculator_list": Calculator.objects.live(), "section": "calculators"}
    return render(request, "calculators/calculator_list.html", context)


def areas(request):
    page_keys.depends_on(page_keys.ALL_AREAS, page_keys.AREAS_WITH_VALUES)
    context = {"areas": PoolingArea.objects.local().with_values(), "section": "areas"}
    return render(request, "calculators/areas.html", context)


def area(request, code):
    area = get_object_or_404(PoolingArea.objects.with_ancestors(), code=code)
    page_keys.depends_on(page_keys.area(area.pk), page_keys.ALL_CALCULATORS)
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": timezone.localdate()})
    on = form.day()
    context = {
        "area": area,
        "form": form,
        "on": on,
        "families": listings.figures_by_family(area, on, timezone.localdate()),
        "calculators": availability.calculators_in(area, Calculator.objects.live(), on),
        "section": "areas",
    }
    return render(request, "calculators/area.html", context)


def document(request, slug):
    document = get_object_or_404(PolicyDocument, slug=slug)
    page_keys.depends_on(page_keys.document(document.pk), page_keys.values_from(document.pk))
    on = timezone.localdate()
    context = {"document": document, "entries": listings.document_rows(document, on), "on": on}
    return render(request, "calculators/document.html", context)


def calculator(request, code):
    calculator = get_object_or_404(Calculator.objects.live(), code=code)
    page_keys.depends_on(page_keys.calculator(calculator.pk))
    today = timezone.localdate()
    typed = typed_answers(request.GET) or read_choice(request).answers()
    form = CalculatorForm(calculator.published(), typed, today)
    context = {"calculator": calculator, "form": form, "on": today, "section": "calculators"}
    context["changes"] = changes_since(calculator, form.typed, form.statement)
    context["seen"] = encode_stamp(timezone.now())
    context["structured"] = calculator_json_ld(calculator, request.build_absolute_uri(calculator.get_absolute_url()))
    return render(request, "calculators/calculator.html", context)


@csrf_exempt  # it changes nothing but the visitor's own cookie, and a page with a token could not be kept
@require_POST
def choose(request):
    """Remember area and 身份 on this device, and go back to the page where they were chosen."""
    form = ChoiceForm(request.POST)
    back = request.POST.get("back", "/")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = HttpResponseRedirect(back if is_ours else "/")
    if form.is_valid():
        area = form.cleaned_data["area"]
        store_choice(response, VisitorChoice(area.code if area else "", form.cleaned_data["person"]))
    response["Cache-Control"] = "no-store"
    return response
