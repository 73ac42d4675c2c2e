"""Figures are found in every usual spelling, typed by hand or shown through a reference, and when they change."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from articles.models import SearchRow
from articles.search import index
from articles.tasks import write_stale_rows
from articles.text import grouped_number, plain_numbers, with_plain_numbers
from calculators.models import PolicyValue
from tests.articles.factories import FIGURE

pytestmark = pytest.mark.django_db
SPELLINGS = ["1800", "1,800", "１８００", "1800元", "1,800 元", "0.18万", "0.18 万元", "１，８００元"]


def deductible():
    """The row behind FIGURE."""
    rows = PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000", number=1800)
    return rows.exclude(conditions_text="").order_by("-effective_from").first()


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("written", [FIGURE, "1,800 元", "1800元", "１８００元", "0.18万元"])
def test_a_figure_is_found_in_every_spelling(publish, titles, written, spelling):
    publish("没有这个数", "<p>起付线是 18,000 元，电话 21800。</p>")
    publish("北京门诊", f"<p>一年里起付线是{written}。</p>")

    assert titles(spelling) == ["北京门诊"]


@pytest.mark.parametrize(
    ("written", "spelling"),
    [
        ("2万元", "20000"),
        ("20,000 元", "2万"),
        ("1.2万", "12,000"),
        ("12000", "1.2万"),
        ("3亿", "300,000,000"),
        ("70%", "７０％"),
    ],
)
def test_larger_figures_and_ratios_are_found_too(publish, titles, written, spelling):
    publish("封顶线", f"<p>一年最多{written}。</p>")

    assert titles(spelling) == ["封顶线"]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_page_of_results_shows_and_marks_the_figure(publish, search, spelling):
    publish("北京门诊", f"<p>{'前面有很长的话。' * 30}一年里起付线是{FIGURE}。</p>")

    assert "<mark>1,800</mark> 元" in search(spelling).replace("<mark>1,800 元</mark>", "<mark>1,800</mark> 元")


def test_the_name_of_a_figure_still_finds_it_and_a_document_number_is_no_figure(publish, titles):
    publish("北京门诊", f"<p>国办发〔2021〕14号。{FIGURE}</p>")

    assert titles("职工门诊起付线") == titles("2021") == ["北京门诊"]


def test_a_changed_value_is_found_by_its_new_figure(publish, titles, django_capture_on_commit_callbacks):
    publish("北京门诊", f"<p>{FIGURE}</p>")
    value = deductible()
    with django_capture_on_commit_callbacks(execute=True):
        value.number = Decimal(1900)
        value.save()

    assert titles("1,900") == ["北京门诊"]
    assert titles("1800") == []


def test_many_changed_values_outdate_their_articles_once(publish, django_capture_on_commit_callbacks, monkeypatch):
    publish("北京门诊", f"<p>{FIGURE}</p>")
    asked = []
    monkeypatch.setattr(index, "outdate_citing", lambda parameters: asked.append(parameters) or 0)
    with django_capture_on_commit_callbacks(execute=True):
        for value in PolicyValue.objects.all()[:5]:
            value.save()

    assert len(asked) == 1


def test_a_figure_that_begins_with_a_day_is_found_from_that_day_on(publish, titles, monkeypatch):
    publish("北京门诊", f"<p>{FIGURE}</p>")
    value, tomorrow = deductible(), timezone.localdate() + timedelta(days=1)
    value.pk, value.number, value.effective_from = None, Decimal(1900), tomorrow
    value._state.adding = True
    value.save()
    write_stale_rows.call()
    assert titles("1900") == []

    monkeypatch.setattr(timezone, "localdate", lambda *args: tomorrow)
    cache.clear()
    write_stale_rows.call()
    assert titles("1900") == ["北京门诊"]


def test_an_article_without_figures_costs_no_query_of_values(publish, django_assert_num_queries):
    article = publish("没有数字", "<p>正文。</p>")
    with django_assert_num_queries(1):
        index.write([article])


def test_the_numbers_of_many_articles_are_read_together(publish, django_assert_max_num_queries):
    articles = [publish(f"第{number}篇", f"<p>{FIGURE}</p>") for number in range(5)]
    with django_assert_max_num_queries(5):
        index.write(articles)

    assert SearchRow.objects.filter(text__contains="1,800 元 1800").count() == 5


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,800 元和 1800元", ["1800"]),
        ("1.2万 0.5 12.50", ["12000", "0.5", "12.5"]),
        ("12,00 和 010-8888", ["010", "8888"]),
        ("1234567890123456", []),
    ],
)
def test_numbers_are_read_in_digits_alone(text, numbers):
    assert plain_numbers(text) == numbers


def test_numbers_of_a_query_are_put_in_digits_alone():
    assert with_plain_numbers("起付线1,800元 1.2万") == "起付线1800元 12000"
    assert grouped_number("12000.5") == "12,000.5"
