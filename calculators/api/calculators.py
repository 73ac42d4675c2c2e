"""API endpoints that list and describe the published calculators."""

from django.http import Http404
from ninja import Router

from calculators.api.questions import asked_questions, open_questions, question_fields, read_form, refusal
from calculators.api.schemas import CalculatorDetail, CalculatorSummary, ErrorMessage
from calculators.forms import typed_answers
from calculators.models import Calculator

router = Router(tags=["计算器"])
ERROR_RESPONSES = {404: ErrorMessage, 422: ErrorMessage, 429: ErrorMessage}


def live_calculators():
    return Calculator.objects.as_published()


def live_calculator(code):
    calculator = Calculator.objects.as_published().filter(code=code).first()
    if calculator is None:
        raise Http404(f"没有代码为“{code}”的计算器。")
    return calculator


@router.get("/", response=list[CalculatorSummary], summary="所有计算器")
def calculator_list(request):
    return [summary(request, calculator) for calculator in live_calculators()]


@router.get("/{code}/", response={200: CalculatorDetail} | ERROR_RESPONSES, summary="一个计算器问什么、答什么")
def calculator_detail(request, code: str):
    """查询串里写上已经知道的回答，先写 region：inputs 就是那里那天问的，选项写全；open 是其中还要答的。答完了就可以 compute。"""
    calculator = live_calculator(code)
    definition = calculator.published()
    form = read_form(definition, typed_answers(request.GET))
    if form.errors:
        raise refusal(form, "有的输入要改。", {code: sentences[0] for code, sentences in form.errors.items()})
    return summary(request, calculator) | {
        "description": definition.description,
        "inputs": [question_fields(question) for question in asked_questions(form)],
        "open": [question_fields(question) for question in open_questions(form)],
        "outputs": [answered(definition, output) for output in definition.outputs],
        "areas": [{"code": place.code, "label": place.name} for place in form.places],
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


def answered(definition, output):
    return {
        "code": output.code,
        "label": output.words,
        "unit": definition.by_name[output.step].result_unit,
        "headline": output.headline,
        "help": output.help,
    }
