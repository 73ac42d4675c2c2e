import pytest
from django.urls import reverse

from calculators.library.loading import load_calculators

FIND, SHOW = reverse("admin:articles_article_figures"), reverse("admin:articles_article_figures_shown")
DEDUCTIBLE = "职工门诊起付线·北京·在职"


@pytest.fixture
def find(client, staff):
    client.force_login(staff("编辑"))

    def find(query):
        rows = client.get(FIND, {"q": query}).json()["figures"]
        return {row["reference"]: row["value"] for row in rows if row["kind"] == "数值"}

    return find


@pytest.mark.parametrize(
    "query",
    [
        "职工门诊起付线 北京 在职",
        "北京门诊起付线",
        "门诊起付线北京在职",
        "北京起付线",
        "北京·职工门诊起付线",
        f"〔{DEDUCTIBLE}〕",
    ],
)
def test_a_figure_is_found_by_its_words_with_spaces_and_without(find, query):
    found = find(query)

    assert found[f"〔{DEDUCTIBLE}〕"] == "1,800 元"
    assert all("·北京" in reference and "起付线" in reference for reference in found)


@pytest.mark.parametrize("query", ["1800", "1,800", "1800元", "北京1800", "北京门诊起付线1,800元", "0.18万 北京"])
def test_a_figure_is_found_by_its_amount(find, query):
    found = find(query)

    assert found[f"〔{DEDUCTIBLE}〕"] == "1,800 元"
    assert all("1,800" in value for value in found.values())


@pytest.mark.parametrize(("query", "shown"), [("70%", "70%"), ("70", "70")])
def test_a_ratio_is_found_as_it_is_written(find, query, shown):
    found = find(query)

    assert found
    assert all(shown in value for value in found.values())


def test_an_age_is_a_condition_and_no_amount(find):
    assert all("65岁" in reference or "退休" in reference for reference in find("退休 北京 划入 65岁"))


def test_an_amount_that_no_value_has_finds_nothing(find):
    assert find("北京 1801") == {}


def test_a_chip_shows_what_stands_today_or_why_there_is_nothing(client, find):
    references = [DEDUCTIBLE, "职工门诊起付线·北京·没有的人", "不成样子", "x" * 300, "2021"]
    figures = client.get(SHOW, {"reference": references}).json()["figures"]

    assert figures[DEDUCTIBLE] == {"value": "1,800 元"}
    assert "没有的人" in figures["职工门诊起付线·北京·没有的人"]["problem"]
    assert "要写明参数和地区" in figures["不成样子"]["problem"]
    assert len(figures) == 3  # a year of a document's number and an endless one are none


def test_chips_cost_the_same_queries_for_one_and_for_many(client, find, django_assert_num_queries):
    client.get(SHOW, {"reference": [DEDUCTIBLE]})
    many = [f"职工门诊起付线·{area}·在职" for area in ("北京", "上海", "武汉", "广州")]

    with django_assert_num_queries(7):
        client.get(SHOW, {"reference": [DEDUCTIBLE]})
    with django_assert_num_queries(7):
        client.get(SHOW, {"reference": many})


def kinds(client, query):
    return {row["kind"] for row in client.get(FIND, {"q": query}).json()["figures"]}


def test_the_picker_offers_a_table_where_a_parameter_has_several_values_in_a_place(client, find):
    rows = client.get(FIND, {"q": "表 昆明 支付比例"}).json()["figures"]

    assert {row["kind"] for row in rows} == {"表"}
    assert any(row["reference"].startswith("〔表·职工门诊支付比例·昆明") for row in rows)
    assert all("行的表" in row["value"] for row in rows)
    assert {"表", "数值"} <= kinds(client, "昆明 支付比例")


def test_the_picker_offers_worked_cases_of_a_calculator_with_their_working(client, find):
    load_calculators()
    rows = client.get(FIND, {"q": "算例 职工门诊报销"}).json()["figures"]

    assert {row["kind"] for row in rows} == {"算例"}
    assert rows[0]["reference"].startswith("〔算例·职工门诊报销·")
    text = rows[0]["reference"].strip("〔〕")
    shown = client.get(SHOW, {"reference": [text]}).json()["figures"][text]
    assert shown == {"value": rows[0]["value"]}
    assert "元" in shown["value"]
