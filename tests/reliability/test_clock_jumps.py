"""A clock that jumps a day ahead and is set back, while the worker is away: what readers see is what holds now."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django_tasks_db.models import DBTaskResult

from articles.models import Article, Category
from articles.workflow import steps
from articles.workflow.scheduling import run_due
from calculators.models import PolicyValue
from tests.reliability.test_new_day import SHANGHAI, named
from yibao_site.background import schedule
from yibao_site.background.queue import (
    RETRY_DELAYS,
    hasten_retries,
    record_heartbeat,
    requeue_abandoned_tasks,
    retry_task,
)
from yibao_site.models import PeriodicRun, Worker
from yibao_site.page_cache.clock_expiry import PageExpiry
from yibao_site.page_cache.store import PageStore
from yibao_site.page_cache.wsgi import PageCache
from yibao_site.tasks import tidy_up

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
RIGHT = datetime(2026, 12, 31, 10, tzinfo=SHANGHAI)  # what the clock should say
CITING, SCHEDULED = "/articles/qifuxian/", "/articles/mingtian/"


@pytest.fixture
def site(set_clock):
    """An article with a figure that changes at midnight, and one that is scheduled for tomorrow at eleven."""
    set_clock(RIGHT)
    category = Category.objects.create(name="门诊", slug="menzhen")
    body = "<p>在职是〔职工门诊起付线·北京·在职〕。</p>"
    shared = {"category": category, "body": body}
    Article.objects.create(title="起付线", slug="qifuxian", status="published", published_at=RIGHT - DAY, **shared)
    later = Article.objects.create(title="明天", slug="mingtian", **shared)
    steps.schedule(later, RIGHT + DAY + HOUR, by=None, at=RIGHT)
    row = PolicyValue.objects.get(parameter__name="职工门诊起付线", area__code="110000", conditions_text="在职")
    row.pk, row.number, row.effective_from, row.seen_on = None, Decimal(1900), date(2027, 1, 1), RIGHT.date()
    row.save()
    return later


@pytest.fixture
def kept(site, one_connection):
    """A server with its page cache: kept("/") is the page as a visitor gets it."""
    cache = PageCache(
        WSGIHandler(),
        PageStore(10_000_000),
        SimpleNamespace(start=lambda: None),
        private_cookies=("sessionid",),
        until=PageExpiry(),
    )

    def visit(path):
        environ = RequestFactory().get(path).environ | {"HTTP_HOST": "testserver"}
        return b"".join(cache(environ, lambda status, headers, exc_info=None: None)).decode()

    return visit


def test_figures_and_scheduled_articles_follow_the_clock_there_and_back(kept, set_clock, tried):
    shown = []
    for moment in (RIGHT, RIGHT + DAY + 2 * HOUR, RIGHT + HOUR, RIGHT + DAY + 2 * HOUR):
        set_clock(moment)
        shown.append((*named(kept(CITING)), "明天" in kept("/articles/"), "在职是" in kept(SCHEDULED)))
    today, tomorrow = ("1,800 元", False, False), ("1,900 元", True, True)

    assert shown == [today, tomorrow, today, tomorrow]
    tried("时钟跳到明天又拨回，后台进程不在：数值、排期的文章、存着的网页", "4 个时刻 × 3 页", "每一刻都是那一刻该有的")


def test_a_page_kept_after_the_clock_was_set_back_ends_with_the_next_scheduled_moment(kept, set_clock):
    soon = Article.objects.create(title="一会儿", slug="soon", category=Category.objects.get(), body="<p>文</p>")
    steps.schedule(soon, RIGHT + 2 * HOUR, by=None, at=RIGHT)
    set_clock(RIGHT + DAY)
    kept("/articles/")
    set_clock(RIGHT + HOUR)
    before = kept("/articles/")
    set_clock(RIGHT + 3 * HOUR)

    assert ("一会儿" in before, "一会儿" in kept("/articles/")) == (False, True)


def test_the_worker_that_comes_back_takes_each_step_once_and_at_its_own_moment(site, client, set_clock):
    set_clock(RIGHT + DAY + 2 * HOUR)
    [event] = run_due()
    set_clock(RIGHT + HOUR)
    early = run_due(), client.get(SCHEDULED).status_code
    set_clock(RIGHT + DAY + 2 * HOUR)

    assert event.at == RIGHT + DAY + HOUR
    assert early == ([], 404)
    assert run_due() == []
    assert client.get(SCHEDULED).status_code == 200
    assert site.versions.live().count() == 1


def test_periodic_tasks_of_a_clock_that_was_set_back_do_not_wait_for_the_day_to_come_again(set_clock):
    set_clock(RIGHT + DAY)
    first = schedule.enqueue_due_tasks()
    set_clock(RIGHT)

    assert schedule.enqueue_due_tasks() == first == list(schedule.PERIODIC_TASKS)
    assert schedule.enqueue_due_tasks() == []
    assert {run.enqueued_at for run in PeriodicRun.objects.all()} == {RIGHT}


def test_clocks_of_two_machines_that_differ_by_seconds_queue_a_task_once(set_clock):
    set_clock(RIGHT + timedelta(seconds=20))
    schedule.enqueue_due_tasks()
    set_clock(RIGHT)

    assert schedule.enqueue_due_tasks() == []


def test_retries_and_tasks_of_a_dead_worker_do_not_wait_for_the_day_to_come_again(set_clock, settings, tried):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "urgent"]}}
    set_clock(RIGHT + DAY)
    for _ in range(2):
        tidy_up.enqueue()
    failed, running = DBTaskResult.objects.all()
    failed.claim("gone")
    retry_task(failed)
    running.claim("gone")
    record_heartbeat("gone")
    Worker.objects.update(seen_at=datetime.now(SHANGHAI) + DAY)
    set_clock(RIGHT)

    assert hasten_retries() == 1
    assert requeue_abandoned_tasks() == 1
    assert {task.status for task in DBTaskResult.objects.all()} == {"READY"}
    assert all(task.run_after <= RIGHT + RETRY_DELAYS[-1] for task in DBTaskResult.objects.all())
    assert hasten_retries() == 0
    tried("时钟跳到明天又拨回：定期任务、重试、死掉的后台进程手里的任务", "3 种", "都不等到明天")
