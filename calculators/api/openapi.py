"""OpenAPI description of the API: for each published calculator a path of its questions and one of its result."""

from calculators.models import Calculator

DETAIL_PATH = "/api/v1/calculators/{code}/"
COMPUTE_PATH = "/api/v1/calculators/{code}/compute"


def add_calculator_paths(schema: dict) -> None:
    """Add both paths of each calculator to `schema`, in place. One query."""
    paths = schema["paths"]
    if COMPUTE_PATH not in paths:
        return
    for calculator in Calculator.objects.live():
        definition = calculator.published()
        detail, compute = (path.format(code=calculator.code) for path in (DETAIL_PATH, COMPUTE_PATH))
        paths[detail] = {"get": _questions_operation(paths[DETAIL_PATH]["get"], definition)}
        paths[compute] = {"get": _compute_operation(paths[COMPUTE_PATH]["get"], definition)}


def _questions_operation(general, definition):
    """Any of the answers may be given, to learn what is then asked."""
    return general | {
        "operationId": f"questions_{definition.code}",
        "summary": f"{definition.name}：还要问什么",
        "parameters": [_parameter(question) | {"required": False} for question in definition.questions],
    }


def _compute_operation(general, definition):
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
    by_place = (
        "选项看参保地" if question.dimension and question.question_kind.has_options and not question.options else ""
    )
    return {
        "in": "query",
        "name": question.code,
        "required": needed,
        "description": "。".join(filter(None, (question.words, question.help.rstrip("。"), by_place))),
        "schema": written,
    }
