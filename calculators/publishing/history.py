"""Recomputation of a result as of an earlier minute, from the history of calculators and policy values."""

from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils import timezone

from calculators.definition import Definition, from_dict
from calculators.models import Calculator, PolicyValue, PoolingArea
from calculators.policies.in_force import ValuesInForce
from calculators.worksheet import Statement, compute_or_none
from calculators.worksheet.answers import parse_answers
from calculators.worksheet.then_and_now import STAMP_CODE, StatementChanges, compare_statements, read_stamp


def changes_since(calculator: Calculator, typed: dict[str, str], now: Statement | None) -> StatementChanges | None:
    """Differences since the minute in the link; None without one, or without a visible difference.

    One query if no row changed since.
    """
    at = read_stamp(typed.get(STAMP_CODE, ""))
    if at is None or at >= timezone.now() or not _is_touched(calculator, at):
        return None
    changes = compare_statements(statement_at(calculator, typed, at), now, at)
    return changes if changes.outputs or changes.figures else None


def _is_touched(calculator, at):
    reads = calculator.published().reads
    values = PolicyValue.history.filter(history_date__gt=at, parameter__name__in=reads).values("history_id")
    versions = calculator.history.filter(history_date__gt=at).values("history_id")
    return values.union(versions).exists()


def statement_at(calculator: Calculator, typed: dict[str, str], at: datetime) -> Statement | None:
    """The result with the definition and the values of that minute; None if there was none."""
    version = calculator.history.filter(history_date__lte=at).order_by("-history_date", "-history_id").first()
    if version is None or version.live is None:
        return None
    definition = from_dict(version.live)
    rates = _rates_at(definition, typed, at)
    answers = parse_answers(definition, typed, today=timezone.localdate(at), rates=rates)
    return compute_or_none(definition, answers, rates)


def _rates_at(definition: Definition, typed, at):
    question = definition.area_question
    code = typed.get(question.code, "").strip() if question else ""
    area = PoolingArea.objects.with_ancestors().filter(code=code).first()
    chain = area.chain() if area else []
    known = PolicyValue.history.as_of(at).filter(parameter__name__in=definition.reads, area__in=chain)
    rows = list(known)
    prefetch_related_objects(rows, "parameter", "area", "document")
    return ValuesInForce(rows, area=code, on=timezone.localdate(at))
