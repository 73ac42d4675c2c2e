"""Impact of changed policy values: shown before they are stored, opened as findings afterwards.

A change affects worked cases whose results move, cases that no longer hold, and objects that cite a
figure or have the old one typed by hand. The last are found by `finders`, which apps above register:
`impact.finders.append(find)` with `find(changes) -> Iterable[AffectedObject]`.
After `closes_when_saved(Model)`, saving an object of the model closes the findings about it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model
from django.db.models.signals import post_save
from django.urls import reverse

from calculators.models import Finding, PolicyDocument, PolicyValue
from calculators.models.finding import subject_key
from calculators.policies import listings
from calculators.publishing.live_cases import MovedOutput, failing_cases, moved_outputs
from calculators.sources import watch
from calculators.values.conditions import canonical, lies_inside
from calculators.values.series import by_series, first_day
from calculators.values.types import spell_day

EDITED_RESOLUTION = "对象已修改"
CASES_HOLD_RESOLUTION = "算例又都成立了"


@dataclass(frozen=True)
class ValueChange:
    """A row to be stored, and the row whose figure it replaces (its own stored row, or its predecessor)."""

    new: PolicyValue
    old: PolicyValue | None = None

    def __str__(self):
        before = f"从 {self.old.shown} 变为 " if self.old else "定为 "
        day = f"{spell_day(self.new.effective_from)}起" if self.new.effective_from else ""
        return f"{self.new}，{day}{before}{self.new.shown}"

    @property
    def goes_on(self):
        """Whether the row repeats the figure in force before it: a new year's table repeats most figures."""
        return self.old is not None and (self.old.written, self.old.unit) == (self.new.written, self.new.unit)

    @property
    def figure_key(self):
        return f"{self.new.parameter_id}:{self.new.area_id}"


@dataclass(frozen=True)
class AffectedObject:
    """An object an editor must check; `sentence` never contains the new figure, which is not verified yet."""

    kind: Finding.Kind
    subject: str
    subject_key: str
    sentence: str
    link: str


@dataclass(frozen=True)
class Impact:
    changes: Sequence[ValueChange]
    moved: Sequence[MovedOutput]
    affected: Sequence[AffectedObject]

    @property
    def broken(self):
        """The outputs of cases that would no longer hold."""
        return [moved for moved in self.moved if moved.breaks]

    @property
    def is_empty(self):
        return not (self.moved or self.affected)


finders: list[Callable[[Sequence[ValueChange]], Iterable[AffectedObject]]] = []


def impact_of(rows: Iterable[PolicyValue]) -> Impact:
    """Impact of storing these rows, new or changed. Nothing is stored."""
    rows = list(rows)
    for row in rows:
        row.conditions_key = canonical(row.conditions)
    changes = with_predecessors(rows)
    shown_anew = [change for change in changes if not change.goes_on]
    affected = [thing for find in finders for thing in find(shown_anew)] if shown_anew else []
    return Impact(changes, list(moved_outputs(rows)), affected)


def with_predecessors(rows: Sequence[PolicyValue]) -> list[ValueChange]:
    """Each row beside the stored row whose figure it takes over from. One query."""
    stored = PolicyValue.objects.with_source().filter(
        parameter__in={row.parameter_id for row in rows}, area__in={row.area_id for row in rows}
    )
    own, by_place = {row.pk: row for row in stored}, defaultdict(list)
    for (parameter, area, _), series in by_series(stored).items():
        by_place[parameter, area].append(series)
    return [
        ValueChange(row, own.get(row.pk) or _predecessor(row, by_place[row.parameter_id, row.area_id])) for row in rows
    ]


def _predecessor(row, neighbours):
    """The row in force the day before for the same people or a wider circle, the narrowest of them."""
    before = filter(None, (series.before(row) for series in neighbours))
    wider = [other for other in before if lies_inside(row.conditions, other.conditions)]
    return max(wider, key=lambda other: (len(other.conditions), first_day(other)), default=None)


def open_findings(impact: Impact) -> int:
    """Open findings about everything affected, after storing, and close those of cases that hold again; returns how many."""
    cause = impact.changes[0].figure_key if len(impact.changes) == 1 else f"table:{impact.changes[0].figure_key}"
    affected = [*impact.affected, *_about_calculators(impact)]
    for thing in affected:
        Finding.objects.report(
            kind=thing.kind,
            subject_key=thing.subject_key,
            cause_key=cause,
            subject=thing.subject[:200],
            sentence=thing.sentence,
            link=thing.link,
        )
    _close_healed()
    return len(affected)


def _close_healed():
    failed = Finding.objects.open().of_kind(Finding.Kind.CASE_FAILS)
    if failed.exists():
        broken = {subject_key(calculator) for calculator, _ in failing_cases()}
        failed.exclude(subject_key__in=broken).close(CASES_HOLD_RESOLUTION)


def _about_calculators(impact):
    what = "、".join(dict.fromkeys(change.new.parameter.name for change in impact.changes))
    broken = defaultdict(list)
    for moved in impact.broken:
        broken[moved.calculator].append(moved.case.name)
    for calculator, cases in broken.items():
        names = "、".join(dict.fromkeys(cases))
        yield _about(calculator, Finding.Kind.CASE_FAILS, f"“{what}”改了以后，这些算例不成立：{names}。")
    for calculator in dict.fromkeys(moved.calculator for moved in impact.moved):
        cases = {moved.case.name for moved in impact.moved if moved.calculator == calculator}
        yield _about(
            calculator, Finding.Kind.RESULT_MOVED, f"“{what}”改了，{len(cases)} 个算例的结果跟着变，请看是否合理。"
        )


def _about(calculator, kind, sentence):
    link = reverse("admin:calculators_calculator_change", args=[calculator.pk])
    return AffectedObject(kind, calculator.name, subject_key(calculator), sentence, link)


def report_citing(document: PolicyDocument, on: date) -> None:
    """Open findings about every object that cites a figure of the document, because the text of the source changed."""
    rows = [
        entry.row for entry in listings.document_rows(document, on) if entry.validity.startswith(listings.IN_FORCE_WORD)
    ]
    citing = [thing for find in finders for thing in find([ValueChange(row, row) for row in rows])] if rows else []
    for thing in citing:
        Finding.objects.report(
            kind=Finding.Kind.SOURCE_CHANGED,
            subject_key=thing.subject_key,
            cause_key=subject_key(document),
            subject=thing.subject[:200],
            sentence=f"引用的数值出自“{document}”，{spell_day(on)}发现它的文字变了，请看引用处是否还对。",
            link=thing.link,
        )


watch.when_changed.append(report_citing)


def closes_when_saved(model: type[Model]) -> None:
    """Connect a signal receiver that closes the findings about an object of `model` when it is saved."""
    post_save.connect(_close_about, sender=model, dispatch_uid=f"closes findings about {model._meta.label}")


def _close_about(sender, instance, created, raw=False, **kwargs):
    if not created and not raw:
        Finding.objects.about(instance).close(EDITED_RESOLUTION)
