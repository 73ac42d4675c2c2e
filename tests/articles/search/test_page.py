import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Synonym
from articles.search import index
from calculators.common import page_keys
from calculators.common.page_keys import content_outdated
from calculators.models import Calculator, PolicyValue, PoolingArea

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(monkeypatch):
    """As in a server that hears of changes: what search knows beforehand is kept in the process."""
    known = {key for name, key in vars(page_keys).items() if name.isupper() and isinstance(key, str)}
    everything = frozenset(known - {page_keys.SITE})
    content_outdated.send(None, keys=everything)
    monkeypatch.setattr(page_keys, "may_cache", lambda: True)
    yield
    content_outdated.send(None, keys=everything)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("count", [1, 200])
def test_a_page_costs_three_queries_however_much_is_found(client, category, django_assert_num_queries, count):
    text = {"summary": "怎么报", "body": "<p>北京的起付线是 〔职工门诊起付线·北京·在职〕。</p>"}
    shown = {
        "status": Article.Status.PUBLISHED,
        "published_at": timezone.now() - timedelta(days=1),
        "category": category,
    }
    rows = (Article(title=f"北京门诊起付线 {number}", slug=f"a-{number}", **text, **shown) for number in range(count))
    index.write(Article.objects.bulk_create(rows))
    client.get("/search/", {"q": "上海 封顶线"})

    with django_assert_num_queries(3):  # what is found, its texts, and the figures
        page = client.get("/search/", {"q": "北京 起付线"}).content.decode()

    assert "1,800 元" in page
    assert "现在的数字" in page


@pytest.mark.usefixtures("kept")
def test_a_figure_on_the_search_page_changes_with_its_value(publish, search):
    publish("北京的起付线", "<p>起付线是 〔职工门诊起付线·北京·在职〕。</p>")
    assert "1,800 元" in search("北京 起付线")

    for row in PolicyValue.objects.filter(parameter__name="职工门诊起付线"):
        row.number = 1234
        row.save()
    page = search("北京 起付线")

    assert "1,800 元" not in page
    assert page.count("1,234 元") > 1


@pytest.mark.usefixtures("kept")
def test_what_is_kept_is_dropped_when_it_changes(publish, search, category):
    publish("北京的起付线")
    assert "没有找到" in search("门槛费")

    Synonym.objects.create(word="门槛费", meaning="起付线")
    assert "北京的" in search("门槛费")

    category.name = "换了名字"
    category.save()
    assert "换了名字</a>" in search("起付线", category=category.slug)


def test_what_was_sought_is_marked_and_the_rest_escaped(publish, search):
    publish("门诊<b>起付线</b>", "<p>第一句无关。起付线以上才报 &lt;i&gt;。</p>")

    page = search("起付线")

    assert "门诊&lt;b&gt;<mark>起付线</mark>&lt;/b&gt;" in page
    assert "<mark>起付线</mark>以上才报 &lt;i&gt;" in page


def test_traditional_and_full_width_text_is_marked_as_it_stands(publish, search):
    publish("門診ＣＴ檢查")

    assert "<mark>門診</mark>" in search("门诊")
    assert "<mark>ＣＴ</mark>" in search("ct")


def test_a_figure_in_a_passage_is_shown_not_its_reference(publish, search):
    publish("怎么报", "<p>北京的门槛是 〔职工门诊起付线·北京·在职〕，以上才报。</p>")

    page = re.sub("</?mark>", "", search("门槛"))

    assert "北京的门槛是 1,800 元，以上才报" in page


def test_the_own_figures_of_a_place_stand_before_national_ones(search):
    page = search("北京门诊")
    figures = page[page.index("现在的数字") :]

    assert "全国" not in figures[: figures.index("1,800 元")]
    assert "国家下限" not in figures[: figures.index("1,800 元")]


@pytest.mark.parametrize("query", ["北京 起付线", "北京医院门诊起付线", "北京社保起付标准是多少？"])
def test_a_figure_is_answered_at_the_top(search, query):
    page = search(query)

    assert "北京</a>现在的数字" in page
    assert "职工门诊起付线" in page
    assert "1,800 元" in page


@pytest.mark.parametrize("query", ["北京门诊报销限额", "北京医保门诊一年最多能报多少", "北京门诊封顶线"])
def test_a_cap_is_answered_whatever_it_is_called(search, query):
    page = search(query)

    assert "职工门诊封顶线" in page[page.index("现在的数字") :]


def test_a_figure_is_answered_for_whom_is_asked(search):
    page = search("北京退休门诊起付线")

    assert "1,300 元" in page
    assert "1,800 元" not in page


@pytest.mark.parametrize("query", ["北京", "起付线", "北京天气", "火星 起付线"])
def test_no_figure_is_answered_without_both_place_and_thing(search, query):
    assert "现在的数字" not in search(query)


def test_live_calculators_are_found_by_name_and_others_are_not(search):
    Calculator.objects.create(code="draft", name="门诊草稿计算器", summary="一句话")

    assert "/calculators/draft" not in search("门诊草稿计算器")


def test_filters_narrow_and_a_wrong_one_is_passed_over(publish, search, category):
    publish("北京的起付线", area=PoolingArea.objects.get(code="110000"))
    publish("各地的起付线")

    assert "各地的<mark>" not in search("起付线", area="110000")
    assert "各地的<mark>" in search("起付线", category=category.slug)
    assert "各地的<mark>" in search("起付线", area="no-such")
    assert "各地的<mark>" not in search("起付线", kind="calculators")
    assert "各地的<mark>" not in search("起付线", year="2001")


@pytest.mark.parametrize(
    ("typed", "meant"), [("起富线", "起付线"), ("qifuxian", "起付线"), ("北京起富线", "北京起付线")]
)
def test_what_was_probably_meant_is_offered(publish, search, typed, meant):
    publish("北京门诊起付线")

    assert f">{meant}</a>" in search(typed)


def test_nothing_else_is_offered_for_what_is_written_right(publish, search):
    publish("北京门诊起付线")

    assert "你要找的是不是" not in search("起付线")


def test_search_filters_are_links_that_say_how_much_was_found(publish, search):
    publish("北京的起付线", area=PoolingArea.objects.get(code="110000"))
    page = search("北京 起付线")

    assert re.search(r'<a href="/search/\?q=[^"]*&amp;kind=articles">文章 1</a>', page)
    assert re.search(r'<a href="/search/\?q=[^"]*&amp;kind=figures">数值 \d+</a>', page)
    assert "北京的<mark>" not in search("北京 起付线", kind="figures")
    assert "现在的数字" not in search("北京 起付线", kind="articles")


def test_the_chosen_place_and_person_answer_a_figure_that_names_none(client):
    client.cookies["choice"] = "110000.retired"
    page = client.get("/search/", {"q": "职工门诊起付线"}).content.decode()

    assert "北京</a>现在的数字" in page
    assert "1,300 元" in page
    assert "1,800 元" not in page
