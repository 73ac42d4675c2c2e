"""Worked cases: what a visitor would have typed, and whether a result is the one expected."""

from decimal import Decimal, InvalidOperation

from calculators.definition import Case, Definition
from calculators.worksheet.answers import Answers, parse_answers
from calculators.worksheet.rates import Rates
from calculators.worksheet.statement import Result

ABSENT = "没有"
YES_NO = {"是": "true", "否": "false"}


def case_answers(definition: Definition, case: Case, rates: Rates) -> Answers:
    """What a visitor would have typed: the case's area and day, and its answers."""
    raw = dict(case.answers)
    for question, typed in ((definition.area_question, case.area), (definition.day_question, case.on.isoformat())):
        if question is not None:
            raw.setdefault(question.code, typed)
    return parse_answers(definition, raw, rates=rates)


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
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if number.is_finite() else text
