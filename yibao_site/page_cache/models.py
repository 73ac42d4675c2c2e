"""Model of page changes: the queue by which writes invalidate cached pages in every process."""

from django.db import models


class PageChange(models.Model):
    """Keys of one change, written in the transaction of the change itself.

    So no page is dropped for a change that was rolled back, and none is missed by a change that was committed.
    """

    keys = models.TextField("变化的内容")
    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)

    class Meta:
        app_label = "yibao_site"
        verbose_name = verbose_name_plural = "页面变化"

    def __str__(self):
        return self.keys
