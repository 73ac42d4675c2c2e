from django.db import models


class PageChange(models.Model):
    """Keys that changed together, written in the transaction of the change itself.

    So a page is never dropped for what was rolled back, and never kept for what was committed.
    """

    keys = models.TextField("变化的内容")
    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)

    class Meta:
        app_label = "yibao_site"
        verbose_name = verbose_name_plural = "页面变化"

    def __str__(self):
        return self.keys
