"""Midnight in Shanghai: a value's first day reaches the area, the article and the calculator at one moment."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from articles.models import Article, Category
from calculators.definition import from_toml, to_dict
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import Calculator, PolicyValue
from yibao_site.page_cache.clock_expiry import PageExpiry
from yibao_site.page_cache.store import PageStore
from yibao_site.page_cache.wsgi import PageCache

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2027, 1, 1)
MIDNIGHT = datetime(2027, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
SECOND = timedelta(seconds=1)
OUTPATIENT = "/calculators/employee_outpatient/"
ANSWERS = "?region=110000&person_type=in_service&hospital_level=level3&eligible=3000"


class Clock:
    """What Django and the page cache take for now."""

    def __init__(self, monkeypatch):
        self.now = MIDNIGHT - timedelta(hours=1)
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)
        monkeypatch.setattr("yibao_site.page_cache.wsgi.time", SimpleNamespace(time=lambda: self.now.timestamp()))


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def read(clock, one_connection):
    """A page as one process keeps it and answers it; the queries of a render are its own affair."""
    store = PageStore(10_000_000)
    follower = SimpleNamespace(start=lambda: None)
    cache = PageCache(WSGIHandler(), store, follower, private_cookies=("sessionid",), until=PageExpiry())

    def read(address):
        return b"".join(cache(RequestFactory().get(address).environ, lambda *args: None)).decode()

    read.pages = store.pages
    return read


@pytest.fixture
def article():
    return Article.objects.create(
        title="起付线",
        body="<p>〔职工门诊起付线·北京·在职〕</p>",
        category=Category.objects.create(name="待遇报销"),
        status=Article.Status.PUBLISHED,
        published_at=MIDNIGHT - timedelta(days=9),
    )


@pytest.fixture
def calculator():
    definition = from_toml((LIBRARY_FOLDER / "calculators/employee_outpatient.toml").read_text(encoding="utf-8"))
    fields = {"name": definition.name, "summary": definition.summary, "live": to_dict(definition)}
    return Calculator.objects.update_or_create(code=definition.code, defaults=fields)[0]


@pytest.fixture
def lower_deductible():
    """From FIRST_DAY on 1,600 instead of 1,800 yuan."""
    rows = PolicyValue.objects.filter(parameter__code="employee.outpatient.deductible", area__code="110000")
    row = next(row for row in rows if row.number == 1800 and "in_service" in str(row.conditions))
    row.pk, row.number, row.effective_from = None, 1600, FIRST_DAY
    row.save()
    return row


def test_area_article_and_calculator_change_together_at_midnight(clock, read, article, calculator, lower_deductible):
    pages = ["/areas/110000/", article.get_absolute_url(), OUTPATIENT + ANSWERS]
    clock.now = MIDNIGHT - SECOND
    before = [read(page) for page in pages]
    clock.now = MIDNIGHT
    after = [read(page) for page in pages]

    assert ["1,800 元" in page and "1,600 元" not in page.replace("1,600 元起", "") for page in before[1:]] == [
        True
    ] * 2
    assert "2027年1月1日起改变" in before[0]
    assert ["1,600 元" in page for page in after] == [True] * 3
    changed = "由 1,800 元 变为"  # the article's 更新了什么 names the figure of the day before
    assert [page.count(changed) for page in after] == [0, 1, 0]
    assert ["1,800 元" in page.replace(changed, "") for page in after] == [False] * 3


def test_until_midnight_the_page_is_kept(clock, read, article):
    clock.now = MIDNIGHT - 2 * SECOND
    read(article.get_absolute_url())
    kept = next(iter(read.pages.values()))
    clock.now = MIDNIGHT - SECOND
    read(article.get_absolute_url())

    assert list(read.pages.values()) == [kept]


def test_a_scheduled_article_is_in_the_list_at_its_second(clock, read, article):
    noon = MIDNIGHT - timedelta(hours=12)
    Article.objects.filter(pk=article.pk).update(published_at=noon, status=Article.Status.SCHEDULED)
    clock.now = noon - SECOND
    before = read("/articles/")
    clock.now = noon

    assert "起付线</a>" not in before
    assert "起付线</a>" in read("/articles/")
