"""API endpoints that list and describe the published calculators."""

from django.http import Http404
from django.utils import timezone
from ninja import Router

from calculators.api.schemas import CalculatorDetail, CalculatorSummary, ErrorMessage
from calculators.common.characters import is_storable
from calculators.models import Calculator
from calculators.publishing.availability import availability

router = Router(tags=["计算器"])
ERROR_RESPONSES = {404: ErrorMessage, 422: ErrorMessage, 429: ErrorMessage}


def live_calculators():
    return Calculator.objects.live()


def live_calculator(code):
    calculator = Calculator.objects.live().filter(code=code).first() if is_storable(code) else None
    if calculator is None:
        raise Http404(f"没有代码为“{code}”的计算器。")
    return calculator


@router.get("/", response=list[CalculatorSummary], summary="所有计算器")
def calculator_list(request):
    return [summary(request, calculator) for calculator in live_calculators()]


@router.get("/{code}/", response={200: CalculatorDetail} | ERROR_RESPONSES, summary="一个计算器问什么、答什么")
def calculator_detail(request, code: str):
    calculator = live_calculator(code)
    definition = calculator.published()
    places = availability.places(definition, timezone.localdate())
    return summary(request, calculator) | {
        "description": definition.description,
        "inputs": [asked(question) for question in definition.questions],
        "outputs": [answered(definition, output) for output in definition.outputs],
        "areas": [{"code": place.code, "label": place.name} for place in places],
        "published": calculator.live_since.isoformat(),
    }


def summary(request, calculator):
    return {
        "code": calculator.code,
        "name": calculator.name,
        "summary": calculator.summary,
        "url": request.build_absolute_uri(calculator.get_absolute_url()),
        "compute": request.build_absolute_uri(f"/api/v1/calculators/{calculator.code}/compute"),
    }


def asked(question):
    return {
        "code": question.code,
        "label": question.words,
        "kind": question.kind,
        "help": question.help,
        "unit": question.answer_unit,
        "options": [{"code": option.code, "label": option.label} for option in question.options],
        "default": question.default,
        "minimum": question.minimum,
        "maximum": question.maximum,
        "optional": question.optional or question.is_open_dimension,
        "asked_if": question.shown_if,
    }


def answered(definition, output):
    return {
        "code": output.code,
        "label": output.words,
        "unit": definition.by_name[output.step].result_unit,
        "headline": output.headline,
        "help": output.help,
    }
