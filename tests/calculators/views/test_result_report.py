import pytest
from django.core.cache import cache
from django.test import Client

from calculators.models import ResultReport
from calculators.publishing.cases import rates_by_area, run_case
from calculators.publishing.gate import publish
from tests.calculators.factories import MATERNITY, stored

pytestmark = pytest.mark.django_db
ANSWERS = "?region=110000&as_of=2026/11/1&contribution_base=1.2万&leave_days=98"
PAGE = f"/calculators/maternity_allowance/report/{ANSWERS}"


@pytest.fixture(autouse=True)
def nobody_reported_yet():
    cache.clear()


@pytest.fixture
def calculator():
    calculator = stored(MATERNITY)
    publish(calculator, by=None)
    return calculator


def send(client, **answers):
    return client.post(PAGE, {"sentence": "窗口说是 40,000 元"} | answers)


def test_the_result_page_leads_to_the_report_with_its_answers(client, calculator):
    page = client.get(f"/calculators/maternity_allowance/{ANSWERS}").content.decode()

    assert "/calculators/maternity_allowance/report/?region=110000" in page


def test_the_page_shows_what_would_be_sent(client, calculator):
    page = client.get(PAGE).content.decode()

    assert "39,200 元" in page
    assert "缴费基数：12,000 元" in page


def test_without_consent_only_the_sentence_is_kept(client, calculator):
    assert "收到了" in send(client).content.decode()

    report = ResultReport.objects.get()
    assert (report.sentence, report.answers, report.shown) == ("窗口说是 40,000 元", None, {})
    assert not report.can_become_case


def test_with_consent_the_answers_and_the_result_are_kept(client, calculator):
    send(client, consent="on")

    report = ResultReport.objects.get()
    assert report.answers == {
        "region": "110000",
        "as_of": "2026-11-01",
        "contribution_base": "1.2万",
        "leave_days": "98",
    }
    assert report.shown == {"allowance": "39200.00"}


def test_a_report_without_a_sentence_is_refused_in_words(client, calculator):
    assert "请写一句哪里不对。" in send(client, sentence="").content.decode()
    assert not ResultReport.objects.exists()


def test_what_fills_in_the_hidden_box_is_no_visitor(client, calculator):
    send(client, website="http://example.com")

    assert not ResultReport.objects.exists()


def test_one_client_may_report_five_times_an_hour(client, calculator):
    answers = [send(client).status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]
    assert ResultReport.objects.count() == 5


def test_a_report_about_a_calculator_that_is_not_live_is_not_found(client):
    stored(MATERNITY)

    assert client.get(PAGE).status_code == 404


def test_the_editor_reads_what_was_filled_in_as_the_visitor_did(client, calculator, staff):
    send(client, consent="on")
    client.force_login(staff("政策管理员"))
    page = client.get(f"/admin/calculators/resultreport/{ResultReport.objects.get().pk}/change/").content.decode()

    for line in ("参保地：北京", "缴费基数：12,000 元", "产假天数：98 个", "生育津贴总额：39200.00"):
        assert f"<div>{line}</div>" in page


def test_an_answer_the_calculator_no_longer_takes_is_shown_as_it_was_sent(client, calculator, staff):
    send(client, consent="on")
    ResultReport.objects.update(answers={"region": "110000", "as_of": "2026-11-01", "gone": "3"})
    client.force_login(staff("政策管理员"))
    page = client.get(f"/admin/calculators/resultreport/{ResultReport.objects.get().pk}/change/").content.decode()

    assert "<div>gone：3</div>" in page


def test_a_report_becomes_a_case_in_one_click(client, calculator, staff):
    send(client, consent="on", expected="40000")
    report = ResultReport.objects.get()
    client.force_login(staff("政策管理员"))
    assert "变成算例" in client.get(f"/admin/calculators/resultreport/{report.pk}/change/").content.decode()
    client.post(f"/admin/calculators/resultreport/{report.pk}/case/")

    case = calculator.definition().cases[-1]
    assert (case.area, case.answers) == ("110000", {"contribution_base": "1.2万", "leave_days": "98"})
    assert case.expected == {"allowance": "40000"}
    definition = calculator.definition()
    outcome = run_case(definition, case, rates_by_area(definition.reads, ["110000"]))
    assert "应为 40000，算得 39200.00" in str(outcome.failures[0])
    report.refresh_from_db()
    assert not report.can_become_case


def test_a_click_more_makes_no_second_case(client, calculator, staff):
    send(client, consent="on")
    client.force_login(staff("政策管理员"))
    for _ in range(2):
        client.post(f"/admin/calculators/resultreport/{ResultReport.objects.get().pk}/case/")

    assert len(calculator.definition().cases) == len(MATERNITY.cases) + 1


def test_an_editor_of_articles_cannot_make_a_case(client, calculator, staff):
    send(client, consent="on")
    client.force_login(staff("编辑"))

    assert client.post(f"/admin/calculators/resultreport/{ResultReport.objects.get().pk}/case/").status_code == 403


def test_an_answer_closes_a_report(client, calculator, staff):
    send(client)
    client.force_login(staff("政策管理员"))
    report = ResultReport.objects.get()
    client.post(f"/admin/calculators/resultreport/{report.pk}/change/", {"answer": "窗口那边算错了"})

    assert not ResultReport.objects.open().exists()
    assert client.get("/admin/calculators/resultreport/?closed__isempty=1").status_code == 200


def test_two_tabs_of_the_report_form_are_both_sent(calculator):
    """Each tab was opened before the other's cookie came."""
    browser = Client(enforce_csrf_checks=True)
    browser.get(PAGE)
    browser.cookies.clear()

    assert send(browser).status_code == 200
    assert ResultReport.objects.count() == 1
