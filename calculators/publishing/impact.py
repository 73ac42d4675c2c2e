"""What a change of policy values touches, told before it is stored and kept as findings afterwards.

Three kinds of thing are touched: worked cases whose results move, cases that no longer hold, and
whatever else cites a figure or has the old one typed by hand. The last is found by `finders`,
which those further up register: `impact.finders.append(find)` with `find(changes) -> Iterable[Touched]`.
What is registered with `closes_when_saved(Model)` closes the findings about an object when it is edited.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model
from django.db.models.signals import post_save
from django.urls import reverse

from calculators.models import Finding, PolicyDocument, PolicyValue
from calculators.models.finding import key_of
from calculators.policies import listings
from calculators.publishing.live_cases import MovedOutput, failing, moved_outputs
from calculators.sources import watch
from calculators.values.conditions import canonical, lies_inside
from calculators.values.series import by_series, first_day
from calculators.values.types import spell_day

EDITED = "对象已修改"
HEALED = "算例又都成立了"


@dataclass(frozen=True)
class Change:
    """A row as it is to be stored, and the row whose figure it takes over from (its own old self, or its predecessor)."""

    new: PolicyValue
    old: PolicyValue | None = None

    def __str__(self):
        before = f"从 {self.old.shown} 变为 " if self.old else "定为 "
        day = f"{spell_day(self.new.effective_from)}起" if self.new.effective_from else ""
        return f"{self.new}，{day}{before}{self.new.shown}"

    @property
    def goes_on(self):
        """Whether the row says again what held before it: a year's table repeats most figures."""
        return self.old is not None and (self.old.written, self.old.unit) == (self.new.written, self.new.unit)

    @property
    def figure_key(self):
        return f"{self.new.parameter_id}:{self.new.area_id}"


@dataclass(frozen=True)
class Touched:
    """Something an editor must look at; `sentence` never tells the new figure, which is not verified yet."""

    kind: Finding.Kind
    subject: str
    subject_key: str
    sentence: str
    link: str


@dataclass(frozen=True)
class Impact:
    changes: Sequence[Change]
    moved: Sequence[MovedOutput]
    touched: Sequence[Touched]

    @property
    def broken(self):
        """The outputs of cases that would no longer hold."""
        return [moved for moved in self.moved if moved.breaks]

    @property
    def is_empty(self):
        return not (self.moved or self.touched)


finders: list[Callable[[Sequence[Change]], Iterable[Touched]]] = []


def impact_of(rows: Iterable[PolicyValue]) -> Impact:
    """What storing these rows, new or changed, would touch. Nothing is stored."""
    rows = list(rows)
    for row in rows:
        row.conditions_key = canonical(row.conditions)
    changes = with_predecessors(rows)
    shown_anew = [change for change in changes if not change.goes_on]
    touched = [thing for find in finders for thing in find(shown_anew)] if shown_anew else []
    return Impact(changes, list(moved_outputs(rows)), touched)


def with_predecessors(rows: Sequence[PolicyValue]) -> list[Change]:
    """Each row beside the stored row whose figure it takes over from. One query."""
    stored = PolicyValue.objects.with_source().filter(
        parameter__in={row.parameter_id for row in rows}, area__in={row.area_id for row in rows}
    )
    own, by_place = {row.pk: row for row in stored}, defaultdict(list)
    for (parameter, area, _), series in by_series(stored).items():
        by_place[parameter, area].append(series)
    return [Change(row, own.get(row.pk) or _predecessor(row, by_place[row.parameter_id, row.area_id])) for row in rows]


def _predecessor(row, neighbours):
    """The row in force the day before for the same people or a wider circle, the narrowest of them."""
    before = filter(None, (series.before(row) for series in neighbours))
    wider = [other for other in before if lies_inside(row.conditions, other.conditions)]
    return max(wider, key=lambda other: (len(other.conditions), first_day(other)), default=None)


def open_findings(impact: Impact) -> int:
    """After storing: everything touched goes on the worklist, and cases that hold again leave it; returns how much is touched."""
    cause = impact.changes[0].figure_key if len(impact.changes) == 1 else f"table:{impact.changes[0].figure_key}"
    touched = [*impact.touched, *_about_calculators(impact)]
    for thing in touched:
        Finding.objects.report(
            kind=thing.kind,
            subject_key=thing.subject_key,
            cause_key=cause,
            subject=thing.subject[:200],
            sentence=thing.sentence,
            link=thing.link,
        )
    _close_healed()
    return len(touched)


def _close_healed():
    failed = Finding.objects.open().of_kind(Finding.Kind.CASE_FAILS)
    if failed.exists():
        broken = {key_of(calculator) for calculator, _ in failing()}
        failed.exclude(subject_key__in=broken).close(HEALED)


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
    return Touched(kind, calculator.name, key_of(calculator), sentence, link)


def report_citing(document: PolicyDocument, on: date) -> None:
    """The source says something else: what shows one of its figures goes on the worklist, as if each was set anew."""
    rows = [entry.row for entry in listings.set_by(document, on) if entry.standing.startswith(listings.HOLDS)]
    citing = [thing for find in finders for thing in find([Change(row, row) for row in rows])] if rows else []
    for thing in citing:
        Finding.objects.report(
            kind=Finding.Kind.SOURCE_CHANGED,
            subject_key=thing.subject_key,
            cause_key=key_of(document),
            subject=thing.subject[:200],
            sentence=f"引用的数值出自“{document}”，{spell_day(on)}发现它的文字变了，请看引用处是否还对。",
            link=thing.link,
        )


watch.when_changed.append(report_citing)


def closes_when_saved(model: type[Model]) -> None:
    """From now on, editing an object of `model` deals with what was found about it."""
    post_save.connect(_close_about, sender=model, dispatch_uid=f"closes findings about {model._meta.label}")


def _close_about(sender, instance, created, raw=False, **kwargs):
    if not created and not raw:
        Finding.objects.about(instance).close(EDITED)
