"""What stands on the pages of an area and of a document."""

import re
from datetime import date

import pytest
from django.template.loader import render_to_string

from articles.figures.rendering import render
from calculators.common import page_keys
from calculators.models import Parameter, PolicyDocument, PolicyValue, PoolingArea
from calculators.policies import listings

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
OUTPATIENT = "/calculators/employee_outpatient/"


def figures(code, on=DAY):
    """The figures on an area's page by name and whom they are for; none may stand there twice."""
    area = PoolingArea.objects.with_ancestors().get(code=code)
    shown = [figure for _, family in listings.figures_by_family(area, on) for figure in family]
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

    assert "以下是 2023年4月9日 适用的标准" in before
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

    assert "还没有收录任何自己的数字" in client.get("/areas/440500/").content.decode()


def test_an_unknown_area_is_a_404(client):
    assert client.get("/areas/999999/").status_code == 404


def test_the_list_of_areas_names_those_with_values_first_and_apart_from_all_places(client):
    page = client.get("/areas/").content.decode()
    with_values, all_places = page.split('<h2 id="all">全部地区</h2>')

    for code, is_covered in (("110000", True), ("130000", False)):
        link = f'href="/areas/{code}/"'
        assert (link in with_values) == is_covered
        assert link in all_places


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
    before = {entry.validity for entry in listings.document_rows(document, date(2023, 4, 9))}
    after = {entry.validity for entry in listings.document_rows(document, DAY)}

    assert "尚未施行" in before
    assert "尚未施行" not in after


@pytest.fixture
def series():
    """A parameter set by one document: 1,800 from 2023, 1,900 from 2024, ended in 2025, 2,000 from 2026."""
    parameter = Parameter.objects.create(code="test.amount", name="试验金额", family="试验", shape="amount", unit="CNY")
    document = PolicyDocument.objects.create(slug="test_document", title="试验文件", grade="a")
    beijing = PoolingArea.objects.get(code="110000")
    for year, written in ((2023, "1800"), (2024, "1900"), (2025, "停止执行"), (2026, "2000")):
        row = PolicyValue(parameter=parameter, area=beijing, document=document, unit="CNY")
        row.effective_from, row.written = date(year, 1, 1), written
        row.save()
    return document


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2023, 12, 31), ["尚未施行", "尚未施行", "尚未施行", "现行，2024年1月1日起改变"]),
        (date(2024, 1, 1), ["尚未施行", "尚未施行", "现行，2025年1月1日起停止执行", "已被新的规定接替"]),
        (date(2024, 12, 31), ["尚未施行", "尚未施行", "现行，2025年1月1日起停止执行", "已被新的规定接替"]),
        (date(2025, 1, 1), ["尚未施行", "停止执行", "已停止执行", "已被新的规定接替"]),
        (date(2026, 1, 1), ["现行", "已被新的规定接替", "已停止执行", "已被新的规定接替"]),
    ],
)
def test_a_document_says_of_each_row_whether_it_was_replaced_or_ended(series, on, said):
    assert [entry.validity for entry in listings.document_rows(series, on)] == said


def test_an_article_says_that_a_value_has_ended_and_does_not_show_it(series):
    text = "<p>〔试验金额·北京·2025-03-01〕</p>"

    assert "1,900" not in render(text, DAY).html
    assert "这个数值自2025年1月1日起停止执行。" in render(text, DAY).html


@pytest.mark.parametrize(
    ("on", "sentence"), [("2024-12-31", "将于 2025年1月1日起停止执行。"), ("2023-12-31", "将于 2024年1月1日起调整。")]
)
def test_the_note_below_an_article_tells_an_end_from_a_change(series, on, sentence):
    day = date.fromisoformat(on)
    notes = render("<p>〔试验金额·北京〕</p>", day).notes

    assert sentence in render_to_string("articles/_figure_notes.html", {"notes": notes})


@pytest.mark.parametrize(
    ("on", "sentence"), [("2024-12-31", "2025年1月1日起停止执行。"), ("2023-12-31", "2024年1月1日起改变。")]
)
def test_the_page_of_an_area_tells_an_end_from_a_change(client, series, on, sentence):
    page = client.get(f"/areas/110000/?on={on}").content.decode()
    [figure] = re.findall(r"试验金额.*?</li>", page, re.DOTALL)

    assert sentence in figure


@pytest.fixture
def process_caches(monkeypatch):
    """As in a server's process, where what rarely changes is kept until it does."""
    monkeypatch.setattr(page_keys, "may_cache", lambda: True)
    yield
    page_keys.content_outdated.send(None, keys={page_keys.ALL_AREAS})


def test_the_list_of_areas_costs_no_query_while_no_area_changes(client, process_caches, django_assert_num_queries):
    client.get("/areas/")

    with django_assert_num_queries(0):
        client.get("/areas/")


@pytest.mark.parametrize(
    ("address", "queries"), [("/areas/", 2), ("/areas/110000/", 8), ("/areas/110000/?on=2023-01-01", 7)]
)
def test_area_pages_cost_the_same_however_many_values_there_are(
    client, outpatient, django_assert_num_queries, address, queries
):
    """The seventh are the words of conditions, which head the rows and columns of the tables; the eighth, of today alone, the deadlines."""
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


def test_a_document_page_costs_four_queries(client, django_assert_num_queries):
    document = PolicyDocument.objects.filter(values__area__code="110000").first()

    with django_assert_num_queries(4):
        client.get(document.get_absolute_url())


@pytest.fixture
def unsucceeded():
    """A yearly figure recorded for 2025, and a row that says what follows is not recorded."""
    parameter, area = Parameter.objects.get(name="职工门诊起付线"), PoolingArea.objects.get(code="360000")
    document = PolicyDocument.objects.create(title="年度标准的通知", slug="yearly")
    for first_day, written in ((date(2025, 1, 1), "300"), (date(2026, 1, 1), "此后未收录")):
        row = PolicyValue(
            parameter=parameter, area=area, document=document, unit=parameter.unit, effective_from=first_day
        )
        row.written = written
        row.save()
    return document


@pytest.mark.parametrize("on", [date(2025, 12, 31), date(2026, 1, 1)])
def test_a_document_sets_no_row_that_is_not_recorded(unsucceeded, on):
    [entry] = listings.document_rows(unsucceeded, on)

    assert entry.row.shown == "300 元"
    assert entry.validity == "2025年12月31日以后的标准还没有查到"


def test_nothing_is_in_force_after_the_last_recorded_day_and_the_sentence_says_so(unsucceeded, client):
    before = client.get("/areas/360000/?on=2025-12-31").content.decode()
    after = render("〔职工门诊起付线·江西〕", date(2026, 1, 1)).html

    assert "2025年12月31日以后的标准还没有查到。" in before
    assert "停止执行" not in before
    assert "2025年12月31日以后的标准还没有查到。" in after


def test_the_api_names_no_end_where_the_successor_is_not_recorded(unsucceeded, client):
    address = "/api/v1/values/?parameter=employee.outpatient.deductible&area=360000&on=2025-12-31"
    [value] = client.get(address).json()["values"]

    assert (value["until"], value["known_until"]) == (None, "2025-12-31")
