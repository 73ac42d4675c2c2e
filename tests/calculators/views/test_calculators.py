import re

import pytest
from django.utils import timezone

from calculators.definition import from_toml, to_dict
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import Calculator

pytestmark = pytest.mark.django_db
OUTPATIENT = "/calculators/employee_outpatient/"
BEIJING = {"region": "110000", "as_of": "2026-11-23", "person_type": "in_service", "hospital_level": "level3"}


@pytest.fixture
def flexible():
    definition = from_toml((LIBRARY_FOLDER / "calculators/flexible_contribution.toml").read_text(encoding="utf-8"))
    fields = {"name": definition.name, "summary": definition.summary, "live": to_dict(definition)}
    return Calculator.objects.update_or_create(code=definition.code, defaults=fields)[0]


def ask(client, **answers):
    return client.get(OUTPATIENT, BEIJING | answers).content.decode()


def test_the_list_names_live_calculators_only(client, outpatient):
    Calculator.objects.create(code="draft", name="没发布的计算器", summary="一句话")

    page = client.get("/calculators/").content.decode()

    assert f'href="{OUTPATIENT}"' in page
    assert "没发布的计算器" not in page


def test_readers_see_the_published_words_until_the_changed_ones_are_published(client, outpatient):
    outpatient.name, outpatient.summary, outpatient.description = "没审过的名字", "没审过的一句话", "没审过的说明"
    outpatient.live_since = timezone.now()
    outpatient.save()
    addresses = ("/calculators/", OUTPATIENT, "/embed/employee_outpatient/", f"{OUTPATIENT}report/", "/")
    pages = {address: client.get(address, BEIJING | {"eligible": "3000"}).content.decode() for address in addresses}

    assert [address for address, page in pages.items() if "没审过" in page] == []
    assert "职工门诊报销" in pages[OUTPATIENT]
    assert client.get("/api/v1/calculators/employee_outpatient/").json()["name"] == "职工门诊报销"
    outpatient.go_live(outpatient.definition(), timezone.now(), "")
    assert "没审过的一句话" in client.get(OUTPATIENT).content.decode()


def test_a_calculator_that_is_not_live_is_a_404(client):
    Calculator.objects.create(code="draft", name="没发布的计算器", summary="一句话")

    assert client.get("/calculators/draft/").status_code == 404


@pytest.mark.parametrize(
    ("answers", "amount"),
    [
        ({"hospital_level": "community", "eligible": "3000"}, "1,080 元"),
        ({"person_type": "retired", "age": "65", "eligible": "5000"}, "3,145 元"),
        ({"eligible": "1500"}, "0 元"),
        ({"eligible": "2000", "prior_eligible_ytd": "1000"}, "840 元"),
    ],
)
def test_the_worked_examples_of_beijing_hold_on_the_page(client, outpatient, answers, amount):
    assert f"<span>能报销</span> <strong>{amount}</strong>" in ask(client, **answers)


def test_a_result_shows_its_working_with_sources_and_first_days(client, outpatient):
    page = ask(client, eligible="3000")

    for text in ["怎么算出来的", "1,200 × 70%", "公式", "2023年1月1日起", "/documents/", "以参保地经办机构结算为准"]:
        assert text in page


def test_a_result_and_a_refusal_name_the_telephone_of_the_place(client, outpatient):
    number = '<a href="tel:010-12393">010-12393</a>'

    assert number in ask(client, eligible="3000")
    assert f"打 {number} 问参保地医保部门" in ask(client, eligible="3000", as_of="2022-12-31")


def test_a_result_shows_who_pays_what_as_a_bar_and_as_a_table(client, outpatient):
    page = ask(client, eligible="3000")

    assert '<rect class="fund" x="0.000%" width="28.000%" height="28"/>' in page
    assert '<rect class="self" x="28.000%" width="72.000%" height="28"/>' in page
    assert '<td class="number">2,160 元</td><td class="number">72%</td>' in page


def test_a_result_tips_what_a_person_can_change_for_a_better_one(client, outpatient):
    page = ask(client, eligible="3000")

    tip = r'href="\?[^"]*hospital_level=community[^"]*" rel="nofollow">换到社区看：</a>能报销 1,080 元，多 240 元'
    assert re.search(tip, page)
    assert page.count('rel="nofollow">换到') == 1


@pytest.mark.parametrize("answers", [{"eligible": "100"}, {"eligible": "3000", "hospital_level": "community"}])
def test_where_nothing_can_be_bettered_the_page_gives_no_tips(client, outpatient, answers):
    assert "还可以这样" not in ask(client, **answers)


def test_a_result_opens_with_its_working_in_sentences_and_folds_the_steps(client, outpatient):
    page = ask(client, person_type="retired", age="65", eligible="5000")
    sentences, steps = page.split('<details class="steps"')

    assert "<li>起付线以上费用：5,000 − 1,300 = 3,700 元</li>" in sentences
    assert "<li>按比例应支付：3,700 × 85% = 3,145 元</li>" in sentences
    assert '<ol class="working">' not in sentences
    assert "职工门诊起付线" in steps


def test_the_steps_leave_out_what_adds_nothing(client, outpatient):
    page = ask(client, eligible="5000")

    assert "限额以上再支付" not in page
    for programmers_chinese in ("+ 0", "− 0", "取大（", "取小（", "四舍五入到分（"):
        assert programmers_chinese not in page.replace("公式", "")


def test_whoever_does_not_know_what_was_outside_gets_a_span_and_each_end(client, outpatient):
    page = ask(client, person_type="retired", age="68", eligible="5000", outside_share="不知道")

    assert '<strong class="sentence">大约 1,870–2,933 元</strong>' in page
    assert "其中自费和乙类先付大约多少：约三成：</a>能报销 1,870 元" in page
    assert 'value="不知道"' in page
    assert page.count('class="bar"') == 2, "one for each end"


def test_an_address_of_before_with_the_amount_alone_still_means_all_of_it_counts(client, outpatient):
    assert "<strong>3,145 元</strong>" in ask(client, person_type="retired", age="68", eligible="5000")


def test_a_settlement_slip_opens_its_own_fields_with_a_drawing_of_it(client, outpatient):
    page = ask(client, person_type="retired", age="68", cost_given="slip", slip_eligible="4500", slip_total="5000")

    assert '<svg viewBox="0 0 300 150"' in page
    assert "<strong>2,720 元</strong>" in page
    assert 'name="eligible"' not in page


def test_a_caution_names_the_values_it_is_about(client, outpatient):
    page = ask(client, region="500000", tier="employer", eligible="600")

    assert re.search(r"<li>待核实：[^<]*（[^<]*职工门诊[^<]*）</li>", page)


def test_a_print_carries_what_was_answered_in_words(client, outpatient):
    page = ask(client, eligible="1.2万")

    for question, answer in [("参保地", "北京"), ("看病的地方", "三级"), ("一共花了多少", "12,000 元")]:
        assert f"<dt>{question}</dt><dd>{answer}</dd>" in page


def test_a_result_that_pays_nothing_needs_no_bar_to_be_shown(client, outpatient):
    assert "<span>能报销</span> <strong>0 元</strong>" in ask(client, eligible="0")


def test_one_answer_can_be_changed_without_losing_the_others(client, outpatient):
    page = ask(client, eligible="3000", prior_eligible_ytd="100")

    assert 'name="eligible" value="3000"' in page
    assert 'name="prior_eligible_ytd" value="100"' in page
    assert 'value="level3" checked' in page or 'value="level3" required' not in page


def test_a_wrong_answer_is_named_at_the_top_and_at_its_field(client, outpatient):
    page = ask(client, eligible="一千五")

    assert '<a href="#field-eligible">一共花了多少：“一千五”不是数字' in page
    assert 'id="eligible_error"' in page
    assert 'value="一千五"' in page


def test_an_address_with_the_area_alone_opens_the_form_without_reproach(client, outpatient):
    page = client.get(OUTPATIENT, {"region": "110000"}).content.decode()

    assert "还要填 2 项" in page
    assert "有几处需要修改" not in page
    assert 'value="110000" selected' in page


def test_where_a_value_is_lacking_the_page_says_so_and_which_areas_work(client, outpatient):
    page = ask(client, region="610100", as_of="2023-02-28", hospital_level="level3", eligible="1000")

    assert "西安的职工门诊起付线（在职），2023年2月28日的标准本站还没有查到。" in page
    assert "换一个能算的地方看个大概：北京、" in page
    assert 'name="eligible" value="1000"' in page


def test_the_page_without_answers_says_what_it_is_to_search_engines(client, outpatient):
    page = client.get(OUTPATIENT).content.decode()

    assert '"@type":"WebApplication","name":"职工门诊报销计算器"' in page
    assert f'"url":"http://testserver{OUTPATIENT}"' in page
    assert "WebApplication" not in ask(client, eligible="3000")


def test_only_the_page_without_answers_is_indexed(client, outpatient):
    noindex = '<meta name="robots" content="noindex">'

    assert noindex not in client.get(OUTPATIENT).content.decode()
    assert noindex in ask(client, eligible="3000")
    assert f'<link rel="canonical" href="http://testserver{OUTPATIENT}">' in ask(client, eligible="3000")


@pytest.mark.parametrize("answers", [{"eligible": "3000"}, {"person_type": "retired", "age": "71", "eligible": "3000"}])
def test_a_result_costs_four_queries(client, outpatient, django_assert_num_queries, answers):
    ask(client, **answers)

    with django_assert_num_queries(4):
        ask(client, **answers)


def test_a_question_that_depends_on_a_missing_value_costs_no_query(client, django_assert_num_queries):
    definition = from_toml((LIBRARY_FOLDER / "calculators/inpatient.toml").read_text(encoding="utf-8"))
    fields = {"name": definition.name, "summary": definition.summary, "live": to_dict(definition)}
    Calculator.objects.update_or_create(code=definition.code, defaults=fields)
    answers = {"region": "440300", "as_of": "2025-07-01", "tier": "1", "hospital_level": "level2", "eligible": "10000"}
    address = f"/calculators/{definition.code}/"
    assert "8,832 元" in client.get(address, answers).content.decode()

    with django_assert_num_queries(4):
        client.get(address, answers)


def test_the_form_costs_three_queries_and_its_articles_one(client, outpatient, django_assert_num_queries):
    client.get(OUTPATIENT)

    with django_assert_num_queries(3):
        client.get(OUTPATIENT)


def test_a_question_with_one_answer_is_said_and_not_asked(client, flexible):
    page = client.get("/calculators/flexible_contribution/?region=510100").content.decode()

    assert '<p class="settled"><span class="quiet">参保身份：</span>灵活就业</p>' in page
    assert '<input type="hidden" name="person_type" value="flexible">' in page
    assert '<input type="radio" name="person_type"' not in page
    assert "参保身份</a>" not in page  # nor missed


def test_a_wrong_answer_to_a_question_with_one_answer_is_asked_again(client, flexible):
    page = client.get("/calculators/flexible_contribution/?region=510100&person_type=retired").content.decode()

    assert '<input type="radio" name="person_type"' in page
