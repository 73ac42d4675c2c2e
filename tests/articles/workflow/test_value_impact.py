from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from articles.models import Article, Category
from calculators.definition import from_toml, to_dict
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import Calculator, Finding, PolicyValue, PoolingArea
from calculators.publishing.impact import impact_of, open_findings

pytestmark = pytest.mark.django_db
REFERENCE = "<p>在职是〔职工门诊起付线·北京·在职〕。</p>"


@pytest.fixture
def successor():
    """What people in work in Beijing pay from next year; until then it is 1,800 yuan."""
    rows = PolicyValue.objects.with_source().filter(parameter__name="职工门诊起付线", area__code="110000")
    row = rows.get(conditions_text="在职")
    row.pk, row.number, row.effective_from = None, Decimal(1900), date(2027, 1, 1)
    return row


@pytest.fixture
def write():
    category, _ = Category.objects.get_or_create(slug="test", defaults={"name": "试验栏目"})

    def make(body, status="published", area=None, title="一篇文章"):
        area = area and PoolingArea.objects.get(short_name=area)
        now = timezone.now()
        return Article.objects.create(
            title=title, body=body, category=category, status=status, area=area, published_at=now
        )

    return make


def kinds(row):
    return [(str(thing.kind), thing.subject) for thing in impact_of([row]).affected]


def test_an_article_that_cites_the_figure_is_touched_even_as_a_draft(write, successor):
    write(REFERENCE, status="draft")

    assert kinds(successor) == [("figure_changed", "一篇文章")]


def test_a_new_row_that_repeats_the_figure_touches_nothing(write, successor):
    write(REFERENCE)
    successor.number = Decimal(1800)

    assert kinds(successor) == []


def test_the_entry_says_whether_a_new_row_begins_or_a_stored_one_was_put_right(write, successor):
    write(REFERENCE)
    stored = PolicyValue.objects.with_source().get(
        parameter=successor.parameter, area=successor.area, conditions_text="在职", effective_from__lt=date(2027, 1, 1)
    )
    stored.number = Decimal(1850)
    told = [impact_of([row]).affected[0].sentence for row in (successor, stored)]

    assert [sentence.partition("〕")[2].partition("，")[0] for sentence in told] == ["2027年1月1日起变了", "的数改了"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>〔职工门诊起付线·北京·退休〕</p>",
        "<p>〔职工门诊起付线·成都·在职〕</p>",
        "<p>〔职工门诊封顶线·北京·在职〕</p>",
        "<p>〔职工门诊起付线·北京·在职·2026-01-01〕</p>",
    ],
)
def test_one_that_cites_another_figure_is_not(write, successor, body):
    write(body)

    assert kinds(successor) == []


@pytest.mark.parametrize("typed", ["1800元", "1,800 元", "1800 元", "一千八百元", "１８００元"])
def test_the_old_figure_typed_by_hand_is_found(write, successor, typed):
    write(f"<p>北京的起付线是<strong>{typed}</strong>。</p>")

    assert kinds(successor) == [("old_figure", "一篇文章")]


@pytest.mark.parametrize(
    ("status", "area", "body"),
    [("draft", None, "北京1800元"), ("published", None, "成都1800元"), ("published", None, "北京1900元")],
)
def test_drafts_other_places_and_other_numbers_are_left_alone(write, successor, status, area, body):
    write(f"<p>{body}</p>", status=status, area=area)

    assert kinds(successor) == []


def test_an_article_of_the_area_need_not_name_it(write, successor):
    write("<p>起付线是1800元。</p>", area="北京")

    assert kinds(successor) == [("old_figure", "一篇文章")]


def test_an_unchanged_figure_leaves_typed_ones_alone(write, successor):
    write("<p>北京1800元</p>")
    successor.number = Decimal(1800)

    assert kinds(successor) == []


def test_editing_the_article_closes_its_entry(write, successor):
    article = write(REFERENCE)
    open_findings(impact_of([successor]))
    assert Finding.objects.open().about(article).exists()

    article.body = "<p>改写了。</p>"
    article.save()
    assert not Finding.objects.open().about(article).exists()


def test_looking_takes_as_many_queries_for_one_article_as_for_ten(write, successor, django_assert_num_queries):
    write(REFERENCE)
    with django_assert_num_queries(8):
        impact_of([successor])
    for number in range(9):
        write(REFERENCE + "<p>北京1800元</p>", title=f"第{number}篇")
    with django_assert_num_queries(8):
        impact_of([successor])


@pytest.fixture
def outpatient():
    definition = from_toml((LIBRARY_FOLDER / "calculators/employee_outpatient.toml").read_text(encoding="utf-8"))
    live = {"live": to_dict(definition), "live_since": timezone.now()}
    return Calculator.objects.create(code=definition.code, name=definition.name, summary=definition.summary, **live)


def test_an_article_whose_worked_example_reads_the_figure_is_touched(write, successor, outpatient):
    write("<p>〔算例·职工门诊报销·北京·在职·社区·3000〕</p>")

    assert kinds(successor) == [("figure_changed", "一篇文章")]


@pytest.mark.parametrize(
    "body",
    [
        "<p>〔算例·职工门诊报销·成都·在职·统账结合·三级·1200〕</p>",
        "<p>〔算例·职工门诊报销·北京·在职·社区·3000·2026-01-01〕</p>",
        "<p>〔算例·没有的计算器·北京·1〕</p>",
    ],
)
def test_an_example_of_another_place_day_or_no_calculator_is_not_touched(write, successor, outpatient, body):
    write(body)

    assert kinds(successor) == []


def test_an_article_with_a_table_of_the_figure_is_touched(write, successor):
    write("<p>〔表·职工门诊起付线·北京〕</p>")

    assert kinds(successor) == [("figure_changed", "一篇文章")]


def test_an_article_with_a_table_for_others_is_not_touched(write, successor):
    write("<p>〔表·职工门诊起付线·北京·退休〕</p>")

    assert kinds(successor) == []
