"""Models of the task queue besides its tasks, workers and the last run of each periodic task; of backups and the demo content."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now
from django_tasks_db.models import DBTaskResult

from yibao_site.edge.models import EdgeAddress  # noqa: F401 - Django finds models here
from yibao_site.page_cache.models import PageChange  # noqa: F401
from yibao_site.site_settings.models import NavigationItem, SiteSettings  # noqa: F401

ALIVE_TIMEOUT = timedelta(seconds=60)


class WorkerQuerySet(models.QuerySet):
    def alive(self):
        """Workers with a heartbeat within ALIVE_TIMEOUT, by the database's clock: machines need not agree on the time.

        A heartbeat that lies ahead is one of before that clock was set back.
        """
        return self.filter(seen_at__gt=Now() - ALIVE_TIMEOUT, seen_at__lt=Now() + ALIVE_TIMEOUT)


class Worker(models.Model):
    """A worker process and the time of its last heartbeat."""

    worker_id = models.CharField("编号", max_length=64, primary_key=True)
    started_at = models.DateTimeField("开始", db_default=Now())
    seen_at = models.DateTimeField("最近一次报到", db_default=Now(), db_index=True)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = "后台进程"
        verbose_name_plural = "后台进程"

    def __str__(self):
        return self.worker_id


class PeriodicRun(models.Model):
    """Time at which a periodic task was last enqueued; workers race to update the row."""

    name = models.CharField("任务", max_length=200, primary_key=True)
    enqueued_at = models.DateTimeField("最近一次排队")

    class Meta:
        verbose_name = "定期任务"
        verbose_name_plural = "定期任务"

    def __str__(self):
        return self.name


class BackupRecord(models.Model):
    """A backup that was written and verified, and when it was tried by restoring it."""

    name = models.CharField("文件", max_length=300)
    made_at = models.DateTimeField("写好时间", db_default=Now(), db_index=True)
    size = models.BigIntegerField("字节")
    tried_at = models.DateTimeField("试恢复时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "备份"

    def __str__(self):
        return self.name


class DemoLoading(models.Model):
    """A kind of demo content that was loaded, or found to be there already: it is not loaded again."""

    kind = models.CharField("内容", max_length=40, primary_key=True)
    loaded_at = models.DateTimeField("载入时间", db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = "载入过的示范内容"

    def __str__(self):
        return self.kind


class BackgroundTask(DBTaskResult):
    """Proxy of the queue's rows, with Chinese names for the admin."""

    class Meta:
        proxy = True
        verbose_name = "后台任务"
        verbose_name_plural = "后台任务"

    def __str__(self):
        return self.task_name
