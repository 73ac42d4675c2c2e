"""Runner of worked cases: the answers as a visitor would type them, the calculation, and the differences from what is expected."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from calculators.definition import Case, Definition, Step
from calculators.formulas import FormulaError, compile_formula
from calculators.models import PolicyValue, PoolingArea
from calculators.models.dimension import vocabulary
from calculators.policies.in_force import ValuesInForce, values_of_rows_by_area
from calculators.values.conditions import canonical
from calculators.values.money import NotANumber, parse_number
from calculators.values.notation import UNLIMITED_WORD
from calculators.values.types import ParameterNotInForce
from calculators.values.width import narrow
from calculators.worksheet import Line, Result, Statement, WorksheetError, compute
from calculators.worksheet.answers import Answers, parse_answers
from calculators.worksheet.compute import Worksheet
from calculators.worksheet.rates import EmptyRates, Rates

ABSENT_OUTPUT = "没有"
RESULT_WORDS = {"unlimited": UNLIMITED_WORD}
YES_NO_CODES = {"是": "true", "否": "false"}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SEPARATOR = re.compile("[、,]")


@dataclass(frozen=True)
class CaseFailure:
    """One expectation of a case that is not met; `got` is what was computed instead, in `step`."""

    case: str
    output: str
    expected: str
    got: str
    step: str = ""

    def __str__(self):
        where = f"（步骤“{self.step}”）" if self.step else ""
        return f"算例“{self.case}”：{self.output}应为 {self.expected}，{self.got}{where}。"


@dataclass(frozen=True)
class CaseOutcome:
    """Outcome of a case: its statement, or the sentence that says why there is none."""

    case: Case
    statement: Statement | None = None
    refusal: str = ""
    failures: tuple[CaseFailure, ...] = ()

    def output(self, code: str) -> str:
        """The output `code` in the notation of cases."""
        if self.statement is None:
            return _no_result(self.refusal)
        result = self.statement.outputs.get(code)
        return result_in_case(result) if result else "没有这项结果"


def run_case(definition: Definition, case: Case, rates: Mapping[str, Rates]) -> CaseOutcome:
    """Run one case; `rates` by area code."""
    local = rates.get(case.area, EmptyRates())
    try:
        answers = case_answers(definition, case, local)
        if answers.errors:
            return _refused(case, _listed(answers.errors))
        statement = compute(definition, answers, local)
    except WorksheetError as error:
        return _refused(case, str(error), error.step)
    except (FormulaError, ParameterNotInForce) as error:
        return _refused(case, str(error))
    return CaseOutcome(case, statement, failures=tuple(_differences(definition, case, statement)))


def case_answers(definition: Definition, case: Case, rates: Rates) -> Answers:
    """Answers of a case as a visitor would type them, with its area and day."""
    raw = definition.place_and_day(case.area, case.on) | dict(case.answers)
    return parse_answers(definition, raw, rates=rates, on=case.on)


def result_agrees(result: Result, wanted: str) -> bool:
    return _canonical(result_in_case(result)) == _canonical(wanted)


def result_in_case(result: Result) -> str:
    """A result in the notation of cases: 1080.00, 是, 2026-05、2026-06, 无; by scenario 990.00 或 1080.00."""
    if result.is_span:
        each = (replace(result, amount=amount, amounts=()) for amount in result.amounts)
        return " 或 ".join(dict.fromkeys(map(result_in_case, each)))
    plain = result.plain
    if isinstance(plain, list):
        return "、".join(str(element) for element in plain) or "无"
    return {True: "是", False: "否"}[plain] if isinstance(plain, bool) else plain


def _canonical(text):
    """Elements of each scenario; a number as an editor may type it: 29400.00, 29,400, 2.94万 and 29400元 are one."""
    scenarios = _THOUSANDS.sub("", narrow(str(text))).split("或")
    elements = [[element.strip() for element in _SEPARATOR.split(scenario)] for scenario in scenarios]
    return [[_number(YES_NO_CODES.get(element, element)) for element in scenario] for scenario in elements]


def _number(text):
    try:
        return parse_number(text)
    except NotANumber:
        return text


def _listed(errors):
    return "；".join(f"{code}：{sentence.removesuffix('。')}" for code, sentence in errors.items()) + "。"


def _no_result(sentence):
    """A part of a longer sentence, so without the full stop."""
    return f"没有结果：{sentence.removesuffix('。')}"


def _refused(case, sentence, step=""):
    wanted = case.expected.get("refused", "")
    if wanted and wanted in sentence:
        return CaseOutcome(case, refusal=sentence)
    expected = f"“{wanted}”" if wanted else "、".join(f"{code} {text}" for code, text in case.expected.items())
    failure = CaseFailure(case.name, "结果", expected, _no_result(sentence), step)
    return CaseOutcome(case, refusal=sentence, failures=(failure,))


def _differences(definition, case, statement):
    steps = {output.code: output.step for output in definition.outputs}
    for code, wanted in case.expected.items():
        result = statement.outputs.get(code)
        if code == "refused":
            got = f"却算出了{statement.headline.text}"
            yield CaseFailure(case.name, "结果", f"没有（{wanted}）", got)
        elif result is None and wanted != ABSENT_OUTPUT:
            yield CaseFailure(case.name, code, wanted, "却没有这项结果", steps.get(code, ""))
        elif result is not None and not result_agrees(result, wanted):
            computed = result_in_case(result)
            got = f"算得 {RESULT_WORDS.get(computed, computed)}"
            yield CaseFailure(case.name, result.label, RESULT_WORDS.get(wanted, wanted), got, steps[code])


def rates_by_area(names: Collection[str], areas: Iterable[str]) -> dict[str, ValuesInForce]:
    """The values of these parameters for areas by code. Three queries."""
    return rates_for_each([names], areas)[0]


def rates_for_each(
    several: Iterable[Collection[str]], areas: Iterable[str], changed: Iterable[PolicyValue] = ()
) -> list[dict[str, ValuesInForce]]:
    """The same for several calculators, in as many queries, as if `changed` were stored.

    Each has only the values it reads: they decide what it asks. A changed row stands in for the stored one with its
    key, a new one beside the others.
    """
    several = [frozenset(names) for names in several]
    found = list(PoolingArea.objects.with_ancestors().filter(code__in=areas))
    words = vocabulary()
    owners = {owner for area in found for owner in area.chain()}
    rows = _rows(list(frozenset().union(*several)), owners, changed)
    own = [[row for row in rows if names & {row.parameter.name, row.parameter.code}] for names in several]
    return [values_of_rows_by_area(rows, found, on=date.max, words=words) for rows in own]


def _rows(names, areas, changed):
    named = Q(parameter__name__in=names) | Q(parameter__code__in=names)
    instead = [row for row in changed if {row.parameter.name, row.parameter.code} & set(names)]
    for row in instead:
        row.conditions_key = canonical(row.conditions)
    stored = PolicyValue.objects.filter(named, area__in=areas).with_source()
    left_out = {row.pk for row in instead}
    return [row for row in stored if row.pk not in left_out] + instead


@dataclass(frozen=True)
class TriedStep:
    """One step computed on a case: its line, or why there is none; neither if no result needs it."""

    step: Step
    line: Line | None = None
    trouble: str = ""


def try_steps(definition: Definition, case: Case, rates: Rates) -> list[TriedStep]:
    """Every step on its own, so that one that fails does not hide the others."""
    sheet = Worksheet(definition, case_answers(definition, case, rates), rates)
    needed = _needed(sheet)
    return [_try_step(sheet, step, step.name in needed) for step in definition.steps]


def _needed(sheet):
    """The steps that the results read; every one where there are no results."""
    try:
        return {line.name for line in sheet.statement().lines}
    except (FormulaError, WorksheetError, ParameterNotInForce, KeyError, RecursionError):
        return set(sheet.definition.steps_by_name)


def _try_step(sheet, step, needed):
    try:
        compile_formula(step.formula)
        sheet.result(step)
    except (WorksheetError, ParameterNotInForce) as error:
        return TriedStep(step, trouble=str(error) if needed else "")
    except FormulaError as error:
        return TriedStep(step, trouble=str(WorksheetError(step.name, error)))
    except RecursionError:
        return TriedStep(step, trouble="一环套一环太深，请合并一些步骤。")
    except KeyError as missing:  # a working copy may go through a list that is not there yet
        return TriedStep(step, trouble=f"没有叫“{missing.args[0]}”的问题或步骤。")
    return TriedStep(step, sheet.lines[step.name])
