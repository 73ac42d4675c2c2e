from datetime import date

import pytest

from calculators import standing
from calculators.models import PolicyDocument, PoolingArea

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def figures(code, on=DAY):
    """Every figure on an area's page by its name and whom it is for."""
    area = PoolingArea.objects.with_ancestors().get(code=code)
    return {(figure.name, figure.dimensions): figure for _, family in standing.by_family(area, on) for figure in family}


def test_an_area_page_shows_its_values_with_day_and_document(client):
    page = client.get("/areas/110000/").content.decode()

    for text in ["<h1>北京医保</h1>", "职工门诊起付线", "1,800 元", "2023年1月1日起"]:
        assert text in page


def test_an_area_page_shows_another_day_on_request_and_is_then_not_indexed(client):
    before = client.get("/areas/420100/?on=2023-04-09").content.decode()
    after = client.get("/areas/420100/").content.decode()

    assert "以下数字在 2023年4月9日 生效" in before
    assert "noindex" in before
    assert "noindex" not in after


def test_a_value_is_on_the_page_from_its_first_day_on():
    name = ("职工门诊起付线", "在职·三级")

    assert figures("420100", date(2023, 4, 9)) != figures("420100", date(2023, 4, 10))
    assert name not in figures("420100", date(2023, 4, 10)) or figures("420100")[name].value == 0


def test_an_unreadable_day_is_said_and_today_is_shown(client):
    page = client.get("/areas/110000/?on=2023-02-30").content.decode()

    assert "请写成 2026-01-31 这样的日期。" in page
    assert "1,800 元" in page


def test_an_inherited_value_gives_way_to_the_areas_own_and_says_when_it_does_not():
    guangzhou = figures("440100")
    inherited = [figure for figure in guangzhou.values() if figure.inherited]

    assert inherited
    assert all(figure.citation.cautions for figure in inherited)
    assert not {figure.name for figure in inherited} & {f.name for f in guangzhou.values() if not f.inherited}


def test_an_area_without_values_says_so(client):
    PoolingArea.objects.create(code="440500", name="汕头市", short_name="汕头")

    assert "还没有收录任何数字" in client.get("/areas/440500/").content.decode()


def test_an_unknown_area_is_a_404(client):
    assert client.get("/areas/999999/").status_code == 404


def test_the_list_of_areas_names_those_with_values_only(client):
    page = client.get("/areas/").content.decode()

    assert 'href="/areas/110000/"' in page
    assert 'href="/areas/130000/"' not in page


def test_a_document_page_says_what_it_sets_and_whether_it_still_holds(client):
    document = PolicyDocument.objects.filter(values__kind="ended").first()

    page = client.get(document.get_absolute_url()).content.decode()

    assert document.title in page
    assert "停止执行" in page
    assert "现行" in page


def test_a_row_of_a_document_holds_until_its_successor_begins():
    document = PolicyDocument.objects.filter(
        values__area__code="420100", values__effective_from=date(2023, 4, 10)
    ).first()
    before = {entry.standing for entry in standing.set_by(document, date(2023, 4, 9))}
    after = {entry.standing for entry in standing.set_by(document, DAY)}

    assert "尚未施行" in before
    assert "尚未施行" not in after


@pytest.mark.parametrize(
    ("address", "queries"), [("/areas/", 1), ("/areas/110000/", 5), ("/areas/110000/?on=2023-01-01", 5)]
)
def test_area_pages_cost_the_same_however_many_values_there_are(client, django_assert_num_queries, address, queries):
    with django_assert_num_queries(queries):
        client.get(address)


def test_a_document_page_costs_four_queries(client, django_assert_num_queries):
    document = PolicyDocument.objects.filter(values__area__code="110000").first()

    with django_assert_num_queries(4):
        client.get(document.get_absolute_url())
