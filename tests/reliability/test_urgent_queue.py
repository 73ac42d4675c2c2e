"""A queue full of rebuilds: a scheduled publish is not kept waiting by them."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.models import Article
from tests.reliability.site_processes import wait_until
from tests.reliability.slow_tasks import rebuild
from yibao_site.models import PeriodicRun

pytestmark = pytest.mark.django_db
REBUILDS, REBUILD_SECONDS = 20, 3


def test_a_publish_shows_before_the_rebuilds_that_were_in_the_queue_first(site, tried):
    with site.here():
        for _ in range(REBUILDS):
            rebuild.enqueue(REBUILD_SECONDS)
        soon = timezone.now() + timedelta(milliseconds=500)
        article = Article.objects.published().first()
        Article.objects.filter(pk=article.pk).update(status=Article.Status.SCHEDULED, published_at=soon)
        PeriodicRun.objects.all().delete()  # so that the clock's task is due when the worker starts
    site.start("-m", "django", "worker")
    begun = time.monotonic()

    def is_public():
        with site.here():
            return Article.objects.get(pk=article.pk).status == Article.Status.PUBLISHED

    wait_until(is_public, 40)
    seconds = time.monotonic() - begun
    with site.here():
        done = DBTaskResult.objects.filter(task_path__endswith=".rebuild", status="SUCCESSFUL").count()

    assert done < REBUILDS // 4
    tried(f"{REBUILDS} 个重算排在前面，一篇到了时间的文章", "1 次", f"{seconds:.0f} 秒后上线，重算才做完 {done} 个")
