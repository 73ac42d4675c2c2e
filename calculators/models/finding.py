"""Model of findings (待办): problems for editors, each open until it is resolved.

A finding is about one object, named by a key such as articles.article:12, so that saving the object
can close its findings. The same finding is never open twice.
"""

from collections.abc import Callable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

# Label of a model → whether a person may change its objects, or which of them.
changeable: dict[str, Callable[[object], bool | QuerySet]] = {}


def subject_key(subject: models.Model) -> str:
    return f"{subject._meta.label_lower}:{subject.pk}"


def keys_of(label: str, objects: QuerySet) -> QuerySet:
    """The keys of many objects of one model, as a subquery."""
    return objects.order_by().annotate(key=Concat(Value(f"{label}:"), Cast("pk", CharField()))).values("key")


def may_change(model) -> Callable[[object], bool]:
    """The rule of a model whose objects are all alike."""
    return lambda user: user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")


class FindingQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(closed__isnull=True)

    def about(self, *subjects: models.Model) -> Self:
        return self.filter(subject_key__in=[subject_key(subject) for subject in subjects])

    def mendable_by(self, user) -> Self:
        """Those about objects that this person may change: nobody else can deal with them, or say that nothing is to be done."""
        condition = Q(pk__in=[])
        for label, rule in changeable.items():
            allowed = rule(user)
            if isinstance(allowed, QuerySet):
                condition |= Q(subject_key__in=keys_of(label, allowed))
            elif allowed:
                condition |= Q(subject_key__startswith=f"{label}:")  # also about objects that are gone by now
        return self.filter(condition)

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def close(self, resolution, by=None):
        """Close the open findings; returns how many there were."""
        return self.open().update(closed=timezone.now(), closed_by=by, resolution=resolution)

    def report(self, *, kind: str, subject_key: str, cause_key: str, **fields: Any) -> "Finding":
        """Open a finding, or update the one that is open."""
        finding, _ = self.open().update_or_create(
            kind=kind, subject_key=subject_key, cause_key=cause_key, defaults=fields
        )
        return finding


class Finding(models.Model):
    """A problem. `subject_key` is the object to check, `cause_key` the object that caused it, `link` the page to resolve it."""

    class Kind(models.TextChoices):
        FIGURE_CHANGED = "figure_changed", "引用的数值变了"
        OLD_FIGURE = "old_figure", "手写着旧数"
        RESULT_MOVED = "result_moved", "算例结果变了"
        CASE_FAILS = "case_fails", "算例不成立"
        EXAMPLE_FAILS = "example_fails", "文中的算例算不出来"
        READINGS_DIFFER = "readings_differ", "两次录入不一致"
        SOURCE_GONE = "source_gone", "来源打不开"
        SOURCE_MOVED = "source_moved", "来源换了地址"
        SOURCE_CHANGED = "source_changed", "来源文字变了"

    kind = models.CharField("种类", max_length=20, choices=Kind)
    subject = models.CharField("对象", max_length=200)
    subject_key = models.CharField(max_length=100, db_index=True, editable=False)
    cause_key = models.CharField(max_length=100, blank=True, editable=False)
    sentence = models.TextField("发现了什么")
    link = models.CharField("处理的地方", max_length=500, blank=True)
    opened = models.DateTimeField("发现时间", default=timezone.now)
    closed = models.DateTimeField("了结时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="谁了结的"
    )
    resolution = models.CharField("怎么了结的", max_length=200, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待办"
        ordering = ["-opened", "-pk"]
        indexes = [models.Index(fields=["kind", "-opened"], condition=Q(closed__isnull=True), name="open_findings")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_key", "cause_key"], condition=Q(closed__isnull=True), name="open_once"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}：{self.subject}"
