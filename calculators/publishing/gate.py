"""Publishing gate of calculators: a definition without problems, whose worked cases all hold.

A case that does not hold blocks publishing unless the editor gives a reason, which the history stores.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from calculators.definition import (
    QUESTION_KINDS,
    Definition,
    Problem,
    check_definition,
    check_phrasing,
    check_references,
    problem_of,
)
from calculators.models import Calculator, Dimension, Parameter
from calculators.publishing.cases import CaseFailure, CaseOutcome, rates_by_area, run_case
from calculators.publishing.page_check import page_problems
from calculators.publishing.review import clear_review, demand_publisher
from calculators.worksheet.question_checks import wrong_texts
from calculators.worksheet.rates import Rates


@dataclass(frozen=True)
class PublishingReport:
    """Problems of a definition and failures of its cases, which block publishing."""

    problems: tuple[Problem, ...] = ()
    failures: tuple[CaseFailure, ...] = ()
    outcomes: tuple[CaseOutcome, ...] = field(default=(), compare=False)

    @property
    def holds(self) -> bool:
        return not self.problems and not self.failures

    def __str__(self):
        return "\n".join(str(entry) for entry in (*self.problems, *self.failures))


class PublishingBlocked(Exception):
    """Publishing was blocked; `report` has the problems and failures."""

    def __init__(self, report: PublishingReport):
        super().__init__(str(report))
        self.report = report


def publish(calculator: Calculator, by: AbstractBaseUser | None, reason: str = "") -> PublishingReport:
    """Publish the working copy. `by` is None where no person does it, as when the shipped ones are loaded.

    Raises PublishingBlocked for a problem, or for a failing case without a reason, and ReviewRefused for whoever wrote it.
    """
    demand_publisher(by, calculator)
    definition = calculator.definition()
    report = inspect_definition(definition, renders_pages=True)
    if report.problems or (report.failures and not reason.strip()):
        raise PublishingBlocked(report)
    broken = {failure.case for failure in report.failures}
    noted = f"发布，尽管 {len(broken)} 个算例不成立" if broken else "发布"
    calculator._history_user = by
    clear_review(calculator)
    calculator.go_live(definition, timezone.now(), f"{noted}：{reason.strip()}" if reason.strip() else noted)
    return report


def withdraw(calculator: Calculator, by: AbstractBaseUser | None, reason: str) -> None:
    """Unpublish the calculator; the working copy stays."""
    calculator._history_user = by
    calculator.go_live(None, None, f"撤下：{reason.strip()}" if reason.strip() else "撤下")


def inspect_definition(
    definition: Definition, rates: Mapping[str, Rates] | None = None, *, renders_pages: bool = False
) -> PublishingReport:
    """Everything that blocks publishing; `rates` by area code. Five queries, however many cases.

    A definition with problems has its cases not run: they would only fail for the same reasons.
    """
    problems = tuple(problems_in(definition))
    if rates is None:
        rates = rates_by_area(definition.reads, {case.area for case in definition.cases})
    is_sound = not any(problem.field for problem in problems)
    outcomes = tuple(run_case(definition, case, rates) for case in definition.cases if is_sound)
    if renders_pages:
        problems += tuple(page_problems(definition, outcomes, rates, timezone.localdate()))
    failures = tuple(failure for outcome in outcomes for failure in outcome.failures)
    return PublishingReport(problems, failures, outcomes)


def problems_in(definition: Definition) -> list[Problem]:
    """Problems of a definition that do not depend on policy values. Two queries."""
    today = timezone.localdate()
    return [
        *check_definition(definition, parameter_units()),
        *check_references(definition, Dimension.objects.in_bulk(field_name="code")),
        *check_phrasing(definition),
        *(
            problem_of(question, name, sentence)
            for question in definition.questions
            if question.kind in QUESTION_KINDS
            for name, sentence in wrong_texts(question, today).items()
        ),
    ]


def parameter_units() -> dict[str, str]:
    """Unit of every parameter by its name, "bands" for tables, for check_definition."""
    parameters = Parameter.objects.values_list("name", "shape", "unit")
    return {name: "bands" if shape == Parameter.Shape.BANDS else unit for name, shape, unit in parameters}
