"""API endpoint of a calculation, with the same form, sentences and working as the page."""

from decimal import Decimal

from calculators.api.calculators import ERROR_RESPONSES, live_calculator, router
from calculators.api.questions import read_form, refusal
from calculators.api.schemas import Computation, is_stale, is_unverified, plain_policy_value, value_fields
from calculators.definition import Definition
from calculators.forms import CalculatorForm, typed_answers
from calculators.worksheet import Line, Result, Statement
from calculators.worksheet.statement import plain_value


@router.get("/{code}/compute", response={200: Computation} | ERROR_RESPONSES, summary="算一次")
def compute(request, code: str):
    """输入写在查询串里，代码见该计算器的 inputs；可以不答的、有默认值的不用写。"""
    definition = live_calculator(code).published()
    form = read_form(definition, typed_answers(request.GET))
    if form.statement is None:
        raise refusal(form, form.refusal or "有的输入要改。", errors_of(form))
    return computation_fields(definition, form.statement, form.answers.raw)


def errors_of(form: CalculatorForm) -> dict[str, str]:
    """Error sentence of each input that is wrong or missing."""
    return dict(form.answers.errors) | {code: sentences[0] for code, sentences in form.errors.items()}


def computation_fields(definition: Definition, statement: Statement, answers: dict[str, str]) -> dict:
    figures = statement.figures
    return {
        "calculator": definition.code,
        "area": statement.area,
        "on": statement.on,
        "outputs": {code: _plain(result) for code, result in statement.outputs.items()},
        "results": [
            {"code": code, "label": result.label, "value": _plain(result), "text": result.text, "unit": result.unit}
            for code, result in statement.outputs.items()
        ],
        "ranges": {code: _range(result) for code, result in statement.outputs.items() if _is_range(result)},
        "scenarios": [
            {
                "answers": dict(scenario.raw),
                "outputs": {code: result.plain for code, result in scenario.statement.outputs.items()},
            }
            for scenario in statement.scenarios
        ],
        "lines": [line_fields(line) for line in statement.shown_lines],
        "values": [value_fields(figure) for figure in figures],
        "notes": list(statement.notes),
        "cautions": list(statement.cautions),
        "unverified": any(is_unverified(figure.citation) for figure in figures),
        "stale": any(is_stale(figure.citation) for figure in figures),
        "estimated": any(figure.bound for figure in figures),
        "answers": {code: text for code, text in answers.items() if text},
    }


def _plain(result: Result):
    """Null where the scenarios differ."""
    return None if result.is_span else result.plain


def _is_range(result: Result) -> bool:
    return result.is_span and all(isinstance(amount, Decimal) for amount in result.amounts)


def _range(result: Result) -> dict[str, str]:
    return {
        "lowest": str(plain_value(min(result.amounts), result.unit)),
        "highest": str(plain_value(max(result.amounts), result.unit)),
    }


def line_fields(line: Line) -> dict:
    return {
        "name": line.name,
        "label": line.label,
        "formula": line.formula,
        "working": line.substituted,
        "value": plain_policy_value(line.amount, line.unit),
        "unit": line.unit,
        "rounds": [line_fields(each) | {"label": each.period} for each in line.rounds],
        "values": [figure.code for figure in line.figures],
    }
