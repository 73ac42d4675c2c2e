"""Queries of policy values: in force on a day in SQL, waiting for a second reader, with what a figure shows."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from calculators.values.series import LEAVES_NOTHING

OFFICE_ONLY_FIELDS = (
    "note",
    "document__note",
    "parameter__description",
    "parameter__options",
    "parameter__other_units",
)
OFFICE_ONLY_FIELDS += ("parameter__minimum", "parameter__maximum")


class PolicyValueQuerySet(models.QuerySet):
    def begun(self, on: date) -> Self:
        """Rows whose first day is not after `on`; an unknown first day counts as begun."""
        return self.filter(Q(effective_from__lte=on) | Q(effective_from__isnull=True))

    def current(self, on):
        """Rows in force on `on`, as calculators.values.series tells it, in SQL: no later begun row, and no end."""
        series = {name: OuterRef(name) for name in ("parameter", "area", "conditions_key")}
        first_day = Coalesce(OuterRef("effective_from"), Value(date.min), output_field=models.DateField())
        later = self.model._default_manager.adopted().filter(
            **series, effective_from__lte=on, effective_from__gt=first_day
        )
        return self.begun(on).adopted().exclude(kind__in=LEAVES_NOTHING).filter(~Exists(later))

    def unsucceeded(self, by):
        """Rows from which on the standard is not recorded, begun or to begin by this day, that no later row has answered."""
        series = {name: OuterRef(name) for name in ("parameter", "area", "conditions_key")}
        later = self.model._default_manager.adopted().filter(**series, effective_from__gt=OuterRef("effective_from"))
        return self.filter(kind=self.model.Kind.UNKNOWN, effective_from__lte=by).filter(~Exists(later))

    def newest_first(self):
        return self.order_by(F("effective_from").desc(nulls_last=True))

    def due_for_review(self, on):
        return self.filter(review_by__lt=on)

    def unverified(self):
        return self.filter(status=self.model.Status.RECALLED)

    def adopted(self) -> Self:
        """Without drafts (征求意见稿), which are no policy: nothing computes with one."""
        return self.exclude(status=self.model.Status.DRAFT)

    def waiting_for(self, user):
        """Unverified rows entered by somebody else, of which `user` may be the second reader, so their figures are hidden."""
        if not user.has_perm("calculators.confirm_policyvalue"):
            return self.none()
        return self.unverified().filter(Q(entered_by__isnull=True) | ~Q(entered_by=user))

    def with_source(self) -> Self:
        return self.select_related("parameter", "area", "document")

    def for_figures(self) -> Self:
        """With everything a figure shows or a formula reads, without columns that only the admin uses."""
        return self.with_source().defer(*OFFICE_ONLY_FIELDS)
