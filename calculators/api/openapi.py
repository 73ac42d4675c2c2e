"""OpenAPI description of the API: a path with inputs and outputs for each published calculator."""

from calculators.models import Calculator

COMPUTE_PATH = "/api/v1/calculators/{code}/compute"


def add_calculator_paths(schema: dict) -> None:
    """Add a path for each calculator to `schema`, in place. One query."""
    general = schema["paths"].get(COMPUTE_PATH)
    if general is None:
        return
    for calculator in Calculator.objects.live():
        path = COMPUTE_PATH.format(code=calculator.code)
        schema["paths"][path] = {"get": _operation(general["get"], calculator.published())}


def _operation(general, definition):
    return general | {
        "operationId": f"compute_{definition.code}",
        "summary": definition.name,
        "description": definition.summary,
        "parameters": [_parameter(question) for question in definition.questions],
        "x-outputs": {output.code: output.words for output in definition.outputs},
    }


def _parameter(question):
    written = {"type": "string"} | question.question_kind.json_schema
    if question.options and question.question_kind.has_options:
        written["enum"] = [option.code for option in question.options]
    if question.default:
        written["default"] = question.default
    needed = not (question.default or question.optional or question.is_open_dimension or question.shown_if)
    return {
        "in": "query",
        "name": question.code,
        "required": needed,
        "description": "。".join(filter(None, (question.words, question.help.rstrip("。")))),
        "schema": written,
    }
