import pytest

from calculators.models import Parameter
from tests.calculators.factories import library_live

pytestmark = pytest.mark.django_db
GRID = "/admin/calculators/policyvalue/grid/"


def text(page):
    return page.content.decode()


def test_a_cell_leads_to_its_rows_or_to_a_form_filled_in(client, manager, beijing, deductible):
    page = text(client.get(f"{GRID}?family=职工门诊&on=2026-11-23"))
    gap = Parameter.objects.get(name="职工门诊费用限额")

    assert f"?parameter__id__exact={deductible.pk}&amp;area__id__exact={beijing.pk}" in page
    assert f"add/?parameter={gap.pk}&amp;area={beijing.pk}&amp;effective_from=2026-11-23" in page


def test_the_grid_opens_on_today_and_the_first_family(client, manager):
    assert client.get(GRID).status_code == 200


def test_one_state_narrows_the_grid(client, manager):
    page = text(client.get(f"{GRID}?family=职工门诊&on=2026-11-23&state=late&within=450000"))

    assert 'class="cell-late"' in page
    assert "北京</th>" not in page


def test_a_day_that_is_none_is_told(client, manager):
    assert "输入一个有效的日期" in text(client.get(f"{GRID}?on=明天"))


def test_an_editor_sees_gaps_without_a_form_to_fill_them(client, staff):
    client.force_login(staff("编辑"))
    page = text(client.get(f"{GRID}?family=职工门诊&on=2026-11-23"))

    assert "缺" in page
    assert "add/?parameter" not in page


def test_the_grid_takes_as_many_queries_for_one_area_as_for_all(client, manager, django_assert_num_queries):
    client.get(GRID)
    for within in ("", "530000"):
        with django_assert_num_queries(9):
            client.get(f"{GRID}?family=职工门诊&on=2026-11-23&within={within}")


def test_by_calculators_the_grid_names_the_value_that_stops_each_and_leads_to_its_form(client, manager):
    library_live()
    page = text(client.get(f"{GRID}?view=calculators&on=2026-11-29&within=420000"))
    missing = Parameter.objects.get(name="居民门诊起付线")

    assert "缺居民门诊起付线" in page
    assert f"add/?parameter={missing.pk}&amp;area=" in page
    assert "能算" in page
    assert '<th scope="row">武汉</th>' in page
    assert "全国</th>" not in page


def test_an_editor_sees_what_is_missing_without_a_form(client, staff):
    library_live()
    client.force_login(staff("编辑"))
    page = text(client.get(f"{GRID}?view=calculators&on=2026-11-29&within=420000"))

    assert "缺居民门诊起付线" in page
    assert "add/?parameter" not in page
