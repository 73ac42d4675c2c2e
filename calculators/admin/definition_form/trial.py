"""Trial computation (试算): every step of a working copy on one case, and what blocks publishing."""

from dataclasses import dataclass
from functools import cached_property

from calculators.admin.definition_form.working_copy import WorkingCopy
from calculators.definition import Case, Definition, Problem, problem_of
from calculators.formulas import FormulaError
from calculators.publishing.cases import (
    RESULT_WORDS,
    CaseOutcome,
    TriedStep,
    case_answers,
    rates_by_area,
    result_agrees,
    result_in_case,
    try_steps,
)
from calculators.publishing.gate import PublishingReport, inspect_definition
from calculators.values.types import ParameterNotInForce
from calculators.worksheet import WorksheetError
from calculators.worksheet.rates import EmptyRates


@dataclass(frozen=True)
class Expectation:
    """One output of the case: what came out, what should have, and whether they agree."""

    label: str
    code: str
    got: str
    wanted: str
    agrees: bool


class CalculatorTrial:
    """`asked` is the name of the case to show; without it the first."""

    def __init__(self, definition: Definition, asked: str = ""):
        self.definition = definition
        self.asked = asked

    @cached_property
    def case(self) -> Case | None:
        cases = self.definition.cases
        return next((case for case in cases if case.name == self.asked), cases[0] if cases else None)

    @cached_property
    def rates(self):
        return rates_by_area(self.definition.reads, {case.area for case in self.definition.cases})

    @cached_property
    def report(self) -> PublishingReport:
        return inspect_definition(self.definition, self.rates)

    @cached_property
    def outcome(self) -> CaseOutcome | None:
        return next((outcome for outcome in self.report.outcomes if outcome.case is self.case), None)

    @cached_property
    def steps(self) -> list[TriedStep]:
        return try_steps(self.definition, self.case, self.rates.get(self.case.area, EmptyRates())) if self.case else []

    def wrong_answers(self) -> list[Problem]:
        """What cannot be read of the answers of each case, in the words of its questions."""
        words = {question.code: question.words for question in self.definition.questions}
        return [
            problem_of(case, "answers", f"{words.get(code, code)}：{sentence}")
            for case in self.definition.cases
            if "refused" not in case.expected
            for code, sentence in self._errors(case).items()
        ]

    def _errors(self, case):
        try:
            return case_answers(self.definition, case, self.rates.get(case.area, EmptyRates())).errors
        except (FormulaError, KeyError, ParameterNotInForce, WorksheetError):
            return {}  # what is wrong with the questions is told at the questions

    def results_by_step(self) -> dict[str, str]:
        return {tried.step.name: tried.line.text for tried in self.steps if tried.line and not tried.trouble}

    @property
    def expectations(self) -> list[Expectation]:
        statement = self.outcome and self.outcome.statement
        if not statement:
            return []
        wanted = self.case.expected
        return [
            Expectation(
                result.label,
                result.code,
                RESULT_WORDS.get(got := result_in_case(result), got),
                RESULT_WORDS.get(due := wanted.get(result.code, ""), due),
                result.code not in wanted or result_agrees(result, wanted[result.code]),
            )
            for result in statement.outputs.values()
        ]


def tried(working_copy: WorkingCopy, case: str = "") -> dict:
    """Context of a form and of the fragment beside it: the trial on a case, the problems at their fields, the gists."""
    trial = CalculatorTrial(working_copy.definition(), case)
    working_copy.show_problems([*trial.report.problems, *trial.wrong_answers()])
    working_copy.show_gists(trial.results_by_step())
    return {"trial": trial, "working_copy": working_copy}
