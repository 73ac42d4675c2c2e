"""What lets a calculator go live: nothing wrong in its definition, and every worked case holds.

A case that does not hold blocks publishing unless somebody says in writing why it may not; the
history keeps the sentence.
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
from calculators.publishing.cases import Failure, Outcome, rates_by_area, run
from calculators.publishing.page_check import page_problems
from calculators.worksheet.question_checks import wrong_texts
from calculators.worksheet.rates import Rates


@dataclass(frozen=True)
class Report:
    """Why a definition cannot go live as it is: problems in it, and cases that do not hold."""

    problems: tuple[Problem, ...] = ()
    failures: tuple[Failure, ...] = ()
    outcomes: tuple[Outcome, ...] = field(default=(), compare=False)

    @property
    def holds(self) -> bool:
        return not self.problems and not self.failures

    def __str__(self):
        return "\n".join(str(entry) for entry in (*self.problems, *self.failures))


class NotPublished(Exception):
    """Publishing was blocked; `report` says by what."""

    def __init__(self, report: Report):
        super().__init__(str(report))
        self.report = report


def publish(calculator: Calculator, by: AbstractBaseUser | None, reason: str = "") -> Report:
    """Make the working copy live. Raises NotPublished where a problem, or a case without a reason, is in the way."""
    definition = calculator.definition()
    report = inspect(definition, renders_pages=True)
    if report.problems or (report.failures and not reason.strip()):
        raise NotPublished(report)
    broken = {failure.case for failure in report.failures}
    noted = f"发布，尽管 {len(broken)} 个算例不成立" if broken else "发布"
    calculator._history_user = by
    calculator.go_live(definition, timezone.now(), f"{noted}：{reason.strip()}" if reason.strip() else noted)
    return report


def withdraw(calculator: Calculator, by: AbstractBaseUser | None, reason: str) -> None:
    """Take it off the site; the working copy stays."""
    calculator._history_user = by
    calculator.go_live(None, None, f"撤下：{reason.strip()}" if reason.strip() else "撤下")


def inspect(definition: Definition, rates: Mapping[str, Rates] | None = None, *, renders_pages: bool = False) -> Report:
    """Everything in the way of publishing it; `rates` by area code. Five queries, however many cases.

    Where something in it is wrong, the cases are not run: they could say no more.
    """
    problems = tuple(problems_in(definition))
    if rates is None:
        rates = rates_by_area(definition.reads, {case.area for case in definition.cases})
    is_sound = not any(problem.field for problem in problems)
    outcomes = tuple(run(definition, case, rates) for case in definition.cases if is_sound)
    if renders_pages:
        problems += tuple(page_problems(definition, outcomes, rates, timezone.localdate()))
    failures = tuple(failure for outcome in outcomes for failure in outcome.failures)
    return Report(problems, failures, outcomes)


def problems_in(definition: Definition) -> list[Problem]:
    """Everything wrong in it, whatever the values are. Two queries."""
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
    """The unit of every parameter by its name, "bands" for tables: what check_definition knows formulas by."""
    parameters = Parameter.objects.values_list("name", "shape", "unit")
    return {name: "bands" if shape == Parameter.Shape.BANDS else unit for name, shape, unit in parameters}
