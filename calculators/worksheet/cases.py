"""Worked cases: run one, and say in what it differs from what it should give."""

from decimal import Decimal, InvalidOperation

from calculators.answers import Answers, parse_answers
from calculators.definition import Case, Definition
from calculators.rates import Rates
from calculators.values import ParameterNotInForce
from calculators.worksheet.compute import compute
from calculators.worksheet.errors import WorksheetError
from calculators.worksheet.statement import Result, Statement

ABSENT = "没有"
YES_NO = {"是": "true", "否": "false"}


def case_answers(definition: Definition, case: Case, rates: Rates) -> Answers:
    """What a visitor would have typed: the case's area and day, and its answers."""
    raw = dict(case.answers)
    for question, typed in ((definition.area_question, case.area), (definition.day_question, case.on.isoformat())):
        if question is not None:
            raw.setdefault(question.code, typed)
    return parse_answers(definition, raw, rates=rates)


def run_case(definition: Definition, case: Case, rates: Rates) -> list[str]:
    """One sentence for each difference; nothing where the case holds."""
    try:
        answers = case_answers(definition, case, rates)
        if answers.errors:
            return _refused(case, "；".join(f"{code}：{sentence}" for code, sentence in answers.errors.items()))
        return differences(case, compute(definition, answers, rates))
    except (WorksheetError, ParameterNotInForce) as error:
        return _refused(case, str(error))


def _refused(case, sentence):
    wanted = case.expected.get("refused")
    return [] if wanted and wanted in sentence else [f"没有结果：{sentence}"]


def differences(case: Case, statement: Statement) -> list[str]:
    """What of the case's expectations the statement does not meet."""
    found = []
    for code, wanted in case.expected.items():
        result = statement.outputs.get(code)
        if code == "refused":
            found.append(f"应当没有结果（{wanted}），却算出了{statement.headline.text}。")
        elif result is None and wanted != ABSENT:
            found.append(f"{code}：应为 {wanted}，却没有这项结果。")
        elif result is not None and not agrees(result, wanted):
            found.append(f"{result.label}（{code}）：应为 {wanted}，算得 {written(result)}。")
    return found


def agrees(result: Result, wanted: str) -> bool:
    got, wanted = _canonical(written(result)), _canonical(wanted)
    return got == wanted


def written(result: Result) -> str:
    """A result as a case writes it: 1080.00, 是, 2026-05、2026-06, 无."""
    plain = result.plain
    if isinstance(plain, list):
        return "、".join(str(element) for element in plain) or "无"
    return {True: "是", False: "否"}[plain] if isinstance(plain, bool) else plain


def _canonical(text):
    elements = [element.strip() for element in str(text).replace(",", "、").split("、")]
    return [_number(YES_NO.get(element, element)) for element in elements]


def _number(text):
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
