"""A figure entered today for a later day: articles and calculators change to it together, at midnight in Shanghai."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from articles.models import Article, Category
from calculators.models import PolicyValue
from calculators.publishing.gate import publish
from tests.calculators.factories import DEDUCTIBLE, stored
from yibao_site.page_cache.clock_expiry import PageExpiry, midnight
from yibao_site.page_cache.store import PageStore
from yibao_site.page_cache.wsgi import PageCache

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
ENTERED = datetime(2026, 11, 24, 10, tzinfo=SHANGHAI)
NEW_DAY = datetime(2027, 1, 1, tzinfo=SHANGHAI)
LAST_SECOND = NEW_DAY - timedelta(seconds=1)
ARTICLE = "/articles/menzhen-qifuxian/"
TAG = re.compile(r"<[^>]*>")
RESULT = "/calculators/over_deductible/?region=110000&person_type=in_service&bill=5000"


@pytest.fixture
def site(set_clock):
    """An article that cites Beijing's deductible, a calculator that reads it, and 1,900 yuan from the new day on."""
    set_clock(ENTERED)
    category = Category.objects.create(name="门诊", slug="menzhen")
    Article.objects.create(
        title="北京起付线",
        slug="menzhen-qifuxian",
        category=category,
        body="<p>在职是〔职工门诊起付线·北京·在职〕。</p>",
        status=Article.Status.PUBLISHED,
        published_at=ENTERED,
    )
    publish(stored(DEDUCTIBLE), by=None)
    rows = PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000", conditions_text="在职")
    later = rows.get()
    later.pk, later.number, later.effective_from = None, Decimal(1900), date(2027, 1, 1)
    later.seen_on = ENTERED.date()
    later.full_clean()
    later.save()


def shown(client):
    """Which deductible the article's sentence and its description name, and what of 5,000 yuan is over it."""
    result = client.get(RESULT).context["form"].statement.headline.text
    return named(client.get(ARTICLE).content.decode()), result


def named(article):
    """The deductibles in every place that tells the article's sentence; what changed when stands elsewhere."""
    return set(re.findall(r"在职是([\d,]+ 元)", TAG.sub("", article)))


@pytest.mark.parametrize("moment", [ENTERED, LAST_SECOND])
def test_until_the_last_second_both_show_what_is_in_force(site, set_clock, client, moment):
    set_clock(moment)

    assert shown(client) == ({"1,800 元"}, "3,200 元")


def test_from_midnight_on_both_show_the_new_figure(site, set_clock, client, tried):
    set_clock(LAST_SECOND)
    shown(client)
    set_clock(NEW_DAY)

    assert shown(client) == ({"1,900 元"}, "3,100 元")
    tried("时钟拨过午夜和新数值的首日", "录入时、最后一秒、零点", "文章和计算器同时换成新数值，存着的页面也是")


def test_the_day_is_shanghais_and_not_that_of_greenwich(site, set_clock, client):
    set_clock(datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC))
    before = shown(client)
    set_clock(datetime(2026, 12, 31, 16, tzinfo=UTC))

    assert before == ({"1,800 元"}, "3,200 元")
    assert shown(client) == ({"1,900 元"}, "3,100 元")


def test_a_kept_page_ends_at_the_same_moment(site, set_clock, one_connection):
    store = PageStore(10_000_000)
    cache = PageCache(
        WSGIHandler(), store, SimpleNamespace(start=lambda: None), private_cookies=("sessionid",), until=PageExpiry()
    )
    set_clock(LAST_SECOND)
    first = visit(cache)
    (kept,) = store.pages.values()

    assert kept.expires == NEW_DAY.timestamp()
    assert named(first) == {"1,800 元"}
    assert visit(cache) == first
    set_clock(NEW_DAY)
    assert named(visit(cache)) == {"1,900 元"}


def visit(cache):
    """The article as the page cache answers it."""
    environ = RequestFactory().get(ARTICLE).environ | {"HTTP_HOST": "testserver"}
    return b"".join(cache(environ, lambda status, headers, exc_info=None: None)).decode()


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        (LAST_SECOND, NEW_DAY),
        (NEW_DAY, NEW_DAY + timedelta(days=1)),
        (ENTERED, datetime(2026, 11, 25, tzinfo=SHANGHAI)),
    ],
)
def test_midnight_is_the_next_one_in_shanghai(moment, end):
    assert midnight(moment.astimezone(UTC)) == end
