"""Review of a calculator before it goes live: whoever wrote the working copy last submits it, somebody else publishes it.

As with articles, whoever has the permission to publish needs nobody else; among the others any but the last editor may.
"""

from django.db.models import Q
from django.utils import timezone

from calculators.models import Calculator

PUBLISH_PERMISSION = "calculators.publish_calculator"
CHANGE_PERMISSION = "calculators.change_calculator"
NO_REASON = "退回要写明原因，改的人靠它知道改哪里。"


class ReviewRefused(Exception):
    """A step this person, or this state of the calculator, does not permit; the message is a Chinese sentence."""


def last_editor(calculator: Calculator) -> int | None:
    """The key of who made the working copy what it is; None where no person did."""
    versions = calculator.history.order_by("history_id")
    other = versions.exclude(written=calculator.written).last()
    same = versions.filter(history_id__gt=other.history_id) if other else versions
    return same.values_list("history_user", flat=True).first()


def may_publish(user, calculator: Calculator) -> bool:
    if user.has_perm(PUBLISH_PERMISSION):
        return True
    return user.has_perm(CHANGE_PERMISSION) and last_editor(calculator) != user.pk


def demand_publisher(by, calculator: Calculator) -> None:
    """Raises ReviewRefused; `by` is None where no person publishes."""
    if by is not None and not may_publish(by, calculator):
        raise ReviewRefused("最后改它的人不能自己发布，请送审。")


def pending(user) -> tuple[list[Calculator], list[Calculator]]:
    """Submissions this person may publish or send back, and those that were sent back to them. One query, if none waits."""
    found = Calculator.objects.filter(Q(submitted_at__isnull=False) | Q(submitted_by=user))
    others = [one for one in found if one.submitted_at and one.submitted_by_id != user.pk]
    return [one for one in others if may_publish(user, one)], [one for one in found if not one.submitted_at]


def submit(calculator: Calculator, by, note: str = "") -> None:
    if calculator.submitted_at:
        raise ReviewRefused("已经送审了。")
    if calculator.live and not calculator.is_ahead:
        raise ReviewRefused("线上已经是最新的一版，没有要送审的修改。")
    _store(calculator, by, "送审", note, submitted_by=by, submitted_at=timezone.now())


def take_back(calculator: Calculator, by, note: str = "") -> None:
    """Whoever submitted it takes it back."""
    if not calculator.submitted_at or calculator.submitted_by_id != by.pk:
        raise ReviewRefused("只有送审的人能撤回还在等审核的计算器。")
    _store(calculator, by, "撤回送审", note, submitted_by=None, submitted_at=None)


def send_back(calculator: Calculator, by, note: str = "") -> None:
    demand_publisher(by, calculator)
    if not calculator.submitted_at:
        raise ReviewRefused("只有待审的计算器能退回。")
    if not note.strip():
        raise ReviewRefused(NO_REASON)
    _store(calculator, by, "退回修改", note, submitted_by=calculator.submitted_by, submitted_at=None)


def _store(calculator, by, step, note, **fields):
    for name, value in fields.items():
        setattr(calculator, name, value)
    calculator.review_note = note.strip()
    calculator._history_user = by
    calculator._change_reason = f"{step}：{note.strip()}" if note.strip() else step
    calculator.save()


def clear_review(calculator: Calculator) -> None:
    """Nothing waits any more, once it is saved."""
    calculator.submitted_by, calculator.submitted_at, calculator.review_note = None, None, ""
