"""Tasks of the home page: what most people come to do, each leading to the calculator for it, or to a search where there is none."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from calculators.models import Calculator
from calculators.preferences import VisitorChoice
from calculators.views.chosen_calculators import misfit_sentence


@dataclass(frozen=True)
class VisitorTask:
    """`icon` names a drawing of templates/_icon.html; `codes` are the calculators for it, for one 身份 or another.

    `calculator` is None where none of them fits; then `question` is searched, `{}` standing for the 身份.
    """

    name: str
    hint: str
    icon: str
    question: str
    codes: tuple[str, ...] = ()
    calculator: Calculator | None = None


TASKS = (
    VisitorTask(
        "看门诊报多少", "起付线、比例、限额", "clinic", "{}门诊能报多少", ("employee_outpatient", "resident_outpatient")
    ),
    VisitorTask("住院报多少", "含大病二次报销", "bed", "{}住院能报多少", ("inpatient",)),
    VisitorTask("断缴怎么办", "哪几个月不能报", "gap", "{}断缴了怎么办", ("coverage_gap",)),
    VisitorTask("每年交多少", "居民、灵活就业", "pay", "{}医保一年交多少钱", ("flexible_contribution",)),
    VisitorTask("异地看病", "备案和少报多少", "away", "异地就医怎么备案", ("offsite_care",)),
    VisitorTask("退休交满几年", "还差多少、补多少", "years", "退休医保要交满多少年", ("retirement_years_gap",)),
    VisitorTask("给家人用", "个人账户共济", "family", "个人账户能给谁用"),
    VisitorTask("职工还是居民", "哪个划算", "compare", "职工医保和居民医保哪个划算", ("scheme_comparison",)),
)


def visitor_tasks(calculators: Iterable[Calculator], choice: VisitorChoice) -> list[VisitorTask]:
    """The tasks for this choice: a calculator that is not for the 身份, or cannot compute in the place, gives way to a search."""
    by_code = {one.code: one for one in calculators if not getattr(one, "is_unusable", False)}
    return [_for_choice(task, filter(None, map(by_code.get, task.codes)), choice) for task in TASKS]


def _for_choice(task, calculators, choice):
    fitting = (one for one in calculators if not misfit_sentence(one.published(), choice))
    return replace(task, question=task.question.format(choice.person_name), calculator=next(fitting, None))
