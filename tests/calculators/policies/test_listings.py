"""What stands on the pages of an area and of a document."""

from datetime import date

import pytest

from calculators.models import PolicyDocument, PoolingArea
from calculators.policies import listings

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
OUTPATIENT = "/calculators/employee_outpatient/"


def figures(code, on=DAY):
    """The figures on an area's page by name and whom they are for; none may stand there twice."""
    area = PoolingArea.objects.with_ancestors().get(code=code)
    shown = [figure for _, family in listings.by_family(area, on) for figure in family]
    found = {(figure.name, figure.dimensions): figure for figure in shown}
    assert len(found) == len(shown)
    return found


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


def test_an_area_page_offers_the_calculators_that_work_there_with_the_area_chosen(client, outpatient):
    link = f'href="{OUTPATIENT}?region='

    assert f'{link}110000"' in client.get("/areas/110000/").content.decode()
    assert link not in client.get("/areas/320100/").content.decode()


def test_an_unreadable_day_is_said_and_today_is_shown(client):
    page = client.get("/areas/110000/?on=2023-02-30").content.decode()

    assert "请写成 2026-01-31 这样的日期。" in page
    assert "1,800 元" in page


def test_an_inherited_value_gives_way_to_the_areas_own():
    beijing, guangzhou = (
        [figure for (name, _), figure in figures(code).items() if name == "在职个人账户计入比例"]
        for code in ("110000", "440100")
    )

    assert [figure.area_name for figure in beijing] == ["北京"]
    assert [figure.area_name for figure in guangzhou] == ["全国"]


def test_an_inherited_value_says_that_it_is_one():
    inherited = [figure for figure in figures("440100").values() if figure.inherited]

    assert inherited
    assert all(figure.citation.cautions for figure in inherited)


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
    before = {entry.standing for entry in listings.set_by(document, date(2023, 4, 9))}
    after = {entry.standing for entry in listings.set_by(document, DAY)}

    assert "尚未施行" in before
    assert "尚未施行" not in after


@pytest.mark.parametrize(
    ("address", "queries"), [("/areas/", 1), ("/areas/110000/", 6), ("/areas/110000/?on=2023-01-01", 6)]
)
def test_area_pages_cost_the_same_however_many_values_there_are(
    client, outpatient, django_assert_num_queries, address, queries
):
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


def test_a_document_page_costs_four_queries(client, django_assert_num_queries):
    document = PolicyDocument.objects.filter(values__area__code="110000").first()

    with django_assert_num_queries(4):
        client.get(document.get_absolute_url())
