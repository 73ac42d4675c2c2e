"""Model of the addresses at which a cache that is purged address by address may keep a page, by the keys of the page."""

from django.db import models
from django.db.models.functions import Now


class EdgeAddress(models.Model):
    address = models.CharField("网址", max_length=300)
    key = models.CharField("页面内容", max_length=200, db_index=True)
    at = models.DateTimeField("时间", db_default=Now(), db_index=True)

    class Meta:
        app_label = "yibao_site"
        verbose_name = verbose_name_plural = "前置缓存的网址"
        constraints = [models.UniqueConstraint(fields=["address", "key"], name="edge_address_and_key")]

    def __str__(self):
        return self.address
