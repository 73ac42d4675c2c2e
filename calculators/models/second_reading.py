"""Models of double entry (双人核对): who has seen an entered figure, and second readings by people who have not."""

import hashlib

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from calculators.models.policy_value import PolicyValue


def fingerprint(value: PolicyValue) -> str:
    """Hash of a figure and its unit: a sighting of an earlier figure does not count for a changed one."""
    return hashlib.sha256(f"{value.written}|{value.unit}".encode()).hexdigest()[:32]


class SightingQuerySet(models.QuerySet):
    def record(self, user, values):
        """Record that `user` was shown the figures of these rows."""
        seen = [Sighting(value=value, user=user, figure=fingerprint(value)) for value in values]
        self.bulk_create(seen, ignore_conflicts=True)

    def has_seen(self, user: AbstractBaseUser, value: PolicyValue) -> bool:
        return self.filter(user=user, value=value, figure=fingerprint(value)).exists()


class Sighting(models.Model):
    value = models.ForeignKey(PolicyValue, models.CASCADE, related_name="sightings", verbose_name="政策数值")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="谁")
    figure = models.CharField(max_length=32, editable=False)

    objects = SightingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "看过的数值"
        constraints = [models.UniqueConstraint(fields=["value", "user", "figure"], name="seen_once")]

    def __str__(self):
        return f"{self.user}看过{self.value}"


class SecondReading(models.Model):
    """One attempt to type a figure again. `typed` is stored if it differed, for whoever settles the difference."""

    value = models.ForeignKey(PolicyValue, models.CASCADE, related_name="readings", verbose_name="政策数值")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="核对人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    agrees = models.BooleanField("一致")
    typed = models.TextField("核对时录入", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "核对记录"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.value}：{'一致' if self.agrees else '不一致'}"
