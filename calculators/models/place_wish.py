"""Model of wishes for places (想要的地区): how often visitors wanted the values of a place that has none yet."""

from datetime import date

from django.db import models
from django.db.models import F

from calculators.models.policy_value import PolicyValue


class PlaceWishQuerySet(models.QuerySet["PlaceWish"]):
    def add(self, code: str, name: str, on: date) -> None:
        """Count one more wish for the place; nothing about who wished."""
        wish, is_new = self.get_or_create(code=code, defaults={"name": name, "last_on": on})
        if not is_new:
            self.filter(pk=wish.pk).update(count=F("count") + 1, last_on=on)

    def open(self):
        """Those for places that still have no value of their own."""
        return self.exclude(code__in=PolicyValue.objects.order_by().values("area__code"))


class PlaceWish(models.Model):
    """One place by its code in GB/T 2260, and a counter."""

    code = models.CharField("代码", max_length=6, unique=True, editable=False)
    name = models.CharField("地区", max_length=40)
    count = models.PositiveIntegerField("次数", default=1)
    first_on = models.DateField("首次", auto_now_add=True)
    last_on = models.DateField("最近")

    objects = PlaceWishQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "读者想要的地区"
        ordering = ["-count", "code"]

    def __str__(self):
        return self.name
