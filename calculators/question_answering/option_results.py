"""Results by option: where one choice is all that a typed question leaves open, the result with each of its options."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from calculators.definition import Definition
from calculators.forms import CalculatorForm
from calculators.publishing.availability import UnexplainedRates
from calculators.worksheet import compute_or_none
from calculators.worksheet.answers import parse_answers
from calculators.worksheet.statement import Result

MAX_OPTIONS_COMPUTED = 6


@dataclass(frozen=True)
class OptionResult:
    """`url` is the calculator with this option among the answers."""

    label: str
    result: Result
    url: str


def option_results(form: CalculatorForm, missing: Sequence[str], given: Mapping[str, str]) -> list[OptionResult]:
    """One for each option; none where more is missing or wrong, an option has no result, or there are too many to take in."""
    question = next((one for one in form.answers.questions if [one.code] == [*missing]), None)
    if question is None or {*form.errors} - {question.code} or not 1 < len(question.options) <= MAX_OPTIONS_COMPUTED:
        return []
    found, rates = [], UnexplainedRates(form.rates)
    for option in question.options:
        answers = {**given, question.code: option.code}
        statement = compute_or_none(
            form.definition, parse_answers(form.definition, answers, today=form.today, rates=rates), rates
        )
        if statement is None:
            return []
        found.append(OptionResult(option.label, statement.headline, filled_in_address(form.definition, answers)))
    return found if len({one.result.label for one in found}) == 1 else []


def filled_in_address(definition: Definition, answers: Mapping[str, str]) -> str:
    address = reverse("calculators:calculator", args=[definition.code])
    return f"{address}?{urlencode(answers)}" if answers else address
