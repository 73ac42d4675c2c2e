"""The page of an area: its own figures as tables, what it takes over folded, what is missing in a line."""

import re
from datetime import date

import pytest

from calculators.models import PolicyValue, PoolingArea
from calculators.policies.area_tables import area_figures

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def figures_of(code, on=DAY):
    return area_figures(PoolingArea.objects.with_ancestors().get(code=code), on)


def family(code, name):
    return next(one for one in figures_of(code).own if one.name == name)


def test_own_figures_stand_apart_from_those_taken_over():
    found = figures_of("110000")
    own = {figure.area_code for one in found.own for figure in one.figures}
    above = {figure.area_code for _, figures in found.above for figure in figures}

    assert own == {"110000"}
    assert above == {"CN"}
    assert found.above_count > 20


def test_every_figure_of_a_family_stands_with_its_source():
    rows = PolicyValue.objects.filter(area__code="110000", parameter__family="居民门诊").current(DAY)

    assert {figure.row for figure in family("110000", "居民门诊").figures} == {row.pk for row in rows}


def test_a_parameter_with_few_figures_is_one_line():
    lines = {line.name: line for line in family("110000", "职工门诊").lines}

    assert [(whom, figure.value) for whom, figure in lines["职工门诊起付线"].figures] == [
        ("在职", 1800),
        ("退休", 1300),
    ]


def test_a_parameter_is_a_table_of_identity_and_hospital_level():
    [table] = [one for one in family("110000", "职工住院").tables if one.name == "职工住院分段支付比例"]

    assert table.columns == ("在职", "退休")
    assert [row.label for row in table.rows] == ["一级", "二级", "三级"]


def test_parameters_that_differ_by_the_same_conditions_share_a_table():
    [table] = family("110000", "居民筹资").tables[:1]

    assert table.columns == ("个人缴费", "财政补助")
    assert [row.label for row in table.rows] == ["老年人", "学生儿童", "劳动年龄内"]


def test_what_is_not_recorded_is_said_in_one_line(client):
    assert "居民门诊" not in figures_of("110000").missing
    assert {"居民门诊", "职工住院"} <= set(figures_of("450100").missing)
    assert re.search("南宁还没有收录的：[^。]*居民门诊", client.get("/areas/450100/").content.decode())


def test_the_nation_misses_nothing():
    assert figures_of("CN").missing == ()


def test_the_page_folds_what_is_taken_over_and_has_the_ways_to_the_office_on_top(client):
    page = client.get("/areas/110000/").content.decode()
    folded = page.index('<details class="above">')

    assert page.index("010-12393") < page.index('id="family-1"') < folded
    assert "<details" in page[: page.index("居民医保设个人账户")][folded:]


def test_links_below_the_heading_lead_to_the_families_and_schemes_of_one_subject_share_one(client):
    page = client.get("/areas/110000/").content.decode()
    own = figures_of("110000").own
    links = dict(re.findall(r'<a href="#(family-\d+)">([^<]+)</a>', page))
    titles = dict(re.findall(r'<h2 id="(family-\d+)">([^<]+)</h2>', page))

    assert page.index("<h1>") < page.index('href="#family-1"') < page.index('id="family-1"')
    assert all(titles[anchor] == words or titles[anchor] == f"职工{words}" for anchor, words in links.items())
    assert list(links.values())[:4] == ["个人账户", "门诊", "住院", "大病保险"]
    assert len(links) == len(own) - 2


def test_few_families_need_no_links(client):
    few = next(
        area
        for area in PoolingArea.objects.local().with_values().with_ancestors()
        if len(area_figures(area, DAY).own) <= 2
    )

    assert 'href="#family-1"' not in client.get(few.get_absolute_url()).content.decode()


def test_cautions_stand_beside_the_figures_that_need_them(client):
    page = client.get("/areas/110000/").content.decode()
    [line] = re.findall(r"<dt>职工缴费基数上限</dt>(.*?)</div>", page)

    assert "待核实" in line
