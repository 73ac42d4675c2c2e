"""A calculator that reads no policy value: nobody is asked for a place or a day, and every way to it copes."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.cache import cache
from django.utils import timezone

from calculators.definition import Question
from calculators.models import Calculator, PoolingArea, ResultReport
from calculators.preferences import VisitorChoice
from calculators.publishing.availability import availability
from calculators.publishing.gate import publish
from calculators.publishing.history import statement_at
from calculators.publishing.missing_values import missing_values
from calculators.views.chosen_calculators import marked_calculators
from calculators.worked_examples.worked_example import worked_example
from calculators.worksheet.rates import EmptyRates
from tests.calculators.factories import DAY, MATERNITY, stored

pytestmark = pytest.mark.django_db
ASKED = {"contribution_base": "9000", "leave_days": "98"}
QUERY = "contribution_base=9000&leave_days=98"
PLACELESS = replace(
    MATERNITY,
    code="placeless",
    name="单位津贴",
    questions=(replace(MATERNITY.questions[2], cues="基数"), replace(MATERNITY.questions[3], default="98")),
    notes=(),
    triggers="单位津贴",
)


@pytest.fixture
def live(db):
    cache.clear()
    calculator = stored(PLACELESS)
    assert publish(calculator, by=None).holds
    return calculator


def test_the_form_and_the_result_ask_no_place_and_name_no_day(client, live):
    form = client.get(live.get_absolute_url()).content.decode()
    result = client.get(f"{live.get_absolute_url()}?{QUERY}").content.decode()

    assert 'name="region"' not in form
    assert "能算的地方" not in form
    assert "29,400 元" in result
    assert "的规定" not in result.split("<main")[1].split("</section>")[0]
    assert "能算的地方" not in result


def test_frame_picture_and_shared_paragraph_cope_without_a_place(client, live):
    assert "29,400 元" in client.get(f"/embed/{live.code}/?{QUERY}").content.decode()
    picture = client.get(f"{live.get_absolute_url()}card.png?{QUERY}")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    page = client.get(f"{live.get_absolute_url()}?{QUERY}")
    assert page.context["shared"].paragraph.startswith("单位津贴：生育津贴总额 29,400 元。")
    assert page.context["shared"].link.count("=") == 3  # two answers and the minute


def test_the_api_describes_and_computes_without_a_place(client, live):
    detail = client.get(f"/api/v1/calculators/{live.code}/").json()
    assert [question["code"] for question in detail["inputs"]] == ["contribution_base", "leave_days"]
    assert detail["areas"] == []
    computed = client.get(f"/api/v1/calculators/{live.code}/compute?{QUERY}").json()
    assert (computed["area"], computed["outputs"]) == ("", {"allowance": "29400.00"})
    assert "region" in client.get(f"/api/v1/calculators/{live.code}/compute?{QUERY}&region=110000").json()["errors"]
    assert client.get("/api/v1/").status_code == 200


@pytest.mark.parametrize("sentence", ["单位津贴基数9000", "张家口单位津贴基数9000"])
def test_a_typed_question_is_answered_wherever_somebody_is_insured(client, live, sentence):
    answer = client.get("/api/v1/ask", {"q": sentence}).json()

    assert answer["calculator"] == live.code, answer
    assert answer["result"]["outputs"] == {"allowance": "29400.00"}


def test_it_is_available_in_every_place_and_lists_none(live):
    beijing = PoolingArea.objects.with_ancestors().get(code="110000")

    assert availability.calculators_in(beijing, [live], DAY) == [live]
    assert availability.of(live.published(), DAY).places() == ()
    assert availability.of(live.published(), DAY).is_national()
    assert all(cell.works for _, cells in missing_values([beijing], [live], DAY) for cell in cells)


def test_a_visitor_with_a_chosen_place_gets_the_same_form(client, live):
    client.cookies["choice"] = "110000.in_service"
    page = client.get(live.get_absolute_url())

    assert page.status_code == 200
    assert not page.context["form"].errors
    for area in ("110000", "130700"):  # with values and without
        marked = marked_calculators([live], VisitorChoice.of(area, "in_service"), DAY)[0]
        assert (marked.mark, marked.is_unusable) == ("", False)


def test_a_report_about_it_becomes_a_case(client, live):
    client.post(f"{live.get_absolute_url()}report/?{QUERY}", {"sentence": "不对", "consent": "on"})
    case = ResultReport.objects.get().become_case()

    assert (case.area, case.answers) == ("CN", ASKED)
    assert publish(Calculator.objects.get(pk=live.pk), by=None).holds


def test_a_worked_example_and_an_earlier_minute_are_computed(live):
    example = worked_example(PLACELESS, ("110000", "北京"), ["缴费基数：9000", "产假天数：98"], EmptyRates(), DAY)
    assert example.statement.headline.text == "29,400 元"
    assert "region" not in example.url
    assert statement_at(live, ASKED, timezone.now()).headline.text == "29,400 元"


def test_a_day_is_asked_where_a_formula_reads_it(client):
    asks_day = replace(
        PLACELESS,
        questions=(Question("born", "生育日期", "date", default="今日"), *PLACELESS.questions),
        steps=(replace(PLACELESS.steps[0], formula="缴费基数 ÷ 30 × 产假天数 × (月数差(生育日期, 生育日期) + 1)"),),
        cases=(replace(PLACELESS.cases[0], on=date(2026, 1, 31)),),
    )
    calculator = stored(asks_day)
    assert publish(calculator, by=None).holds
    assert 'name="born"' in client.get(calculator.get_absolute_url()).content.decode()
