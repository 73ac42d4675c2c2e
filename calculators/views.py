from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from calculators import standing
from calculators.coverage import coverage
from calculators.forms import CalculatorForm, DayForm
from calculators.made_of import note
from calculators.models import Calculator, PolicyDocument, PoolingArea
from calculators.receipts import stamp
from calculators.remembered import changes_since


def calculator_list(request):
    note("all:calculator")
    context = {"calculator_list": Calculator.objects.live(), "section": "calculators"}
    return render(request, "calculators/calculator_list.html", context)


def areas(request):
    note("all:area")
    context = {"areas": PoolingArea.objects.local().with_values(), "section": "areas"}
    return render(request, "calculators/areas.html", context)


def area(request, code):
    area = get_object_or_404(PoolingArea.objects.with_ancestors(), code=code)
    note(f"area:{area.pk}", "all:calculator")
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": timezone.localdate()})
    on = form.day()
    context = {
        "area": area,
        "form": form,
        "on": on,
        "families": standing.by_family(area, on),
        "calculators": coverage.calculators_in(area, Calculator.objects.live(), on),
        "section": "areas",
    }
    return render(request, "calculators/area.html", context)


def document(request, slug):
    document = get_object_or_404(PolicyDocument, slug=slug)
    note(f"document:{document.pk}")
    on = timezone.localdate()
    context = {"document": document, "entries": standing.set_by(document, on), "on": on}
    return render(request, "calculators/document.html", context)


def calculator(request, code):
    calculator = get_object_or_404(Calculator.objects.live(), code=code)
    note(f"calculator:{calculator.pk}")
    today = timezone.localdate()
    form = CalculatorForm(calculator.published(), request.GET.dict(), today)
    context = {"calculator": calculator, "form": form, "on": today, "section": "calculators"}
    context["changes"] = changes_since(calculator, form.typed, form.statement)
    context["seen"] = stamp(timezone.now())
    return render(request, "calculators/calculator.html", context)
