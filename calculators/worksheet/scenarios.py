"""Scenarios of a calculation: whoever answers 不知道 gets the result for every answer that is plausible. No Django.

The definition names those answers, at the ends of what is plausible. All combinations are computed and merged into one
statement whose results are spans; nothing is assumed about what lies between, and the statement says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product

from calculators.definition import Definition, Question
from calculators.formulas import FormulaError
from calculators.values.types import ParameterNotInForce
from calculators.values.units import show
from calculators.worksheet.answers import Answers, parse_answers
from calculators.worksheet.compute import Worksheet
from calculators.worksheet.errors import WorksheetError
from calculators.worksheet.rates import CachedRates, Rates
from calculators.worksheet.statement import Result, Scenario, Statement

MAX_SCENARIOS, MAX_SCENARIOS_LISTED = 16, 4


def compute(definition: Definition, answers: Answers, rates: Rates) -> Statement:
    """The statement for `answers` without errors; raises WorksheetError or ParameterNotInForce."""
    rates = CachedRates.of(rates)
    if not answers.unknown:
        return _statement(definition, answers, rates)
    unknown = [question for question in answers.questions if question.code in answers.unknown]
    combinations = list(_combinations(unknown))
    if len(combinations) > MAX_SCENARIOS:
        raise WorksheetError("不知道", FormulaError("不知道的太多，请先答出其中一两个。"))
    scenarios = [_scenario(definition, answers, chosen, rates) for chosen in combinations]
    return _merged(scenarios)


def compute_or_none(definition: Definition, answers: Answers, rates: Rates) -> Statement | None:
    """The same; None where an answer is wrong or missing, or nothing can be computed from them."""
    if answers.errors:
        return None
    try:
        return compute(definition, answers, rates)
    except (ParameterNotInForce, WorksheetError):
        return None


def _statement(definition: Definition, answers: Answers, rates: Rates) -> Statement:
    try:
        return Worksheet(definition, answers, rates).statement()
    except RecursionError as error:
        raise WorksheetError("步骤", FormulaError("一环套一环太深，请合并一些步骤。")) from error


def _combinations(unknown: list[Question]) -> Iterator[dict[str, str]]:
    codes = [question.code for question in unknown]
    for texts in product(*(question.unknown_answers for question in unknown)):
        yield dict(zip(codes, texts, strict=True))


def _scenario(definition: Definition, answers: Answers, chosen: Mapping[str, str], rates: Rates) -> Scenario:
    raw = {**answers.raw, **chosen}
    known = parse_answers(definition, raw, rates=rates, on=answers.on)
    for code, sentence in known.errors.items():
        question = next(question for question in known.questions if question.code == code)
        raise WorksheetError(question.words, FormulaError(sentence))
    questions = {question.code: question for question in known.questions}
    given = tuple((questions[code].words, _in_words(questions[code], known)) for code in chosen if code in questions)
    return Scenario(given, {code: text for code, text in raw.items() if text}, _statement(definition, known, rates))


def _in_words(question: Question, answers: Answers) -> str:
    return show(answers.values[question.name], question.answer_unit)


def _merged(scenarios: list[Scenario]) -> Statement:
    """One statement: the lines of the first scenario, the results of all."""
    first, *others = (scenario.statement for scenario in scenarios)
    outputs: dict[str, Result] = {}
    for statement in (first, *others):
        for code, result in statement.outputs.items():
            known = outputs.get(code)
            outputs[code] = (
                replace(known, amounts=(*known.amounts, result.amount))
                if known
                else replace(result, amounts=(result.amount,))
            )
    return replace(
        first,
        outputs=outputs,
        notes=tuple(dict.fromkeys(note for statement in (first, *others) for note in statement.notes)),
        scenarios=tuple(scenarios),
        effort=sum(statement.effort for statement in (first, *others)),
    )


def listed_scenarios(statement: Statement) -> list[Scenario]:
    """The scenarios that a page lists: all where they are few, otherwise those with the least and the most."""
    scenarios = list(statement.scenarios)
    amounts = [scenario.statement.headline.amount for scenario in scenarios]
    numbers = [amount for amount in amounts if isinstance(amount, Decimal)]
    if len(scenarios) <= MAX_SCENARIOS_LISTED or len(numbers) < len(scenarios):
        return scenarios
    return [scenarios[numbers.index(min(numbers))], scenarios[numbers.index(max(numbers))]]
