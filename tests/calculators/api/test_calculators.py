import pytest

from calculators.models import PolicyValue
from tests.calculators.factories import MATERNITY, stored

pytestmark = pytest.mark.django_db
BEIJING = {"region": "110000", "as_of": "2026-11-01"}


def test_the_list_names_every_live_calculator_and_no_other(ask, live):
    stored(MATERNITY, code="draft", name="草稿")
    _, listed = ask("calculators/")

    codes = {entry["code"] for entry in listed}
    assert {"maternity_allowance", "over_deductible"} <= codes
    assert "draft" not in codes
    assert listed[0]["url"].startswith("http")


def test_a_calculator_tells_what_it_asks_and_answers(ask, live):
    _, detail = ask("calculators/maternity_allowance/")

    assert [entry["code"] for entry in detail["inputs"]] == ["region", "as_of", "contribution_base", "leave_days"]
    assert detail["inputs"][3]["maximum"] == "365"
    assert detail["outputs"] == [
        {"code": "allowance", "label": "生育津贴总额", "unit": "CNY", "headline": True, "help": ""}
    ]
    assert {"code": "110000", "label": "北京"} in detail["areas"]


def test_a_computation_has_its_outputs_as_text_and_its_working(ask, live):
    status, result = ask(
        "calculators/maternity_allowance/compute", **BEIJING, contribution_base="１万", leave_days="128"
    )

    assert status == 200
    assert result["outputs"] == {"allowance": "42666.67"}
    assert result["lines"][0]["working"] == "10,000 ÷ 30 × 128"
    assert (result["area"], result["on"]) == ("110000", "2026-11-01")
    assert result["disclaimer"] == "以参保地经办机构结算为准。"


def test_every_value_read_stands_there_with_its_source(ask, live):
    _, result = ask("calculators/over_deductible/compute", **BEIJING, person_type="in_service", bill="3000")

    [value] = result["values"]
    assert (value["parameter"], value["value"], value["area"]) == (
        "employee.outpatient.deductible",
        "1800.00",
        "110000",
    )
    assert value["source"]["title"]
    assert result["lines"][0]["values"] == ["employee.outpatient.deductible"]


def test_a_day_left_out_is_today(ask, live):
    _, result = ask("calculators/maternity_allowance/compute", region="110000", contribution_base="1", leave_days="1")

    assert result["answers"]["as_of"] == result["on"]


@pytest.mark.parametrize(
    ("answers", "code", "sentence"),
    [
        ({"contribution_base": "很多"}, "contribution_base", "“很多”不是数字，请填写数字，例如 12000 或 1.2万。"),
        ({"contribution_base": "-1"}, "contribution_base", "不能是负数。"),
        ({"contribution_base": "1.234"}, "contribution_base", "金额最多两位小数（精确到分）。"),
        ({"leave_days": "366"}, "leave_days", "不能大于 365。"),
        ({"leave_days": ""}, "leave_days", "请填写产假天数。"),
        ({"region": "999999"}, "region", "没有“999999”这个参保地，请从列表里选。"),
        ({"region": ""}, "region", "请选择参保地。"),
        ({"area": "110000"}, "area", "没有叫“area”的输入。是不是“region”？"),
        ({"leave_day": "1"}, "leave_day", "没有叫“leave_day”的输入。是不是“leave_days”？"),
    ],
)
def test_what_is_wrong_is_said_at_its_input_in_the_sentences_of_the_form(ask, client, live, answers, code, sentence):
    given = BEIJING | {"contribution_base": "9000", "leave_days": "98"} | answers
    status, refused = ask("calculators/maternity_allowance/compute", **given)

    assert status == 422
    assert refused["errors"] == {code: sentence}
    if code in {question.code for question in MATERNITY.questions}:
        assert sentence in client.get("/calculators/maternity_allowance/", given).content.decode()


def test_a_value_that_is_not_in_force_is_named_with_area_and_day(ask, live):
    status, refused = ask(
        "calculators/over_deductible/compute", region="110000", as_of="2001-01-01", person_type="in_service", bill="1"
    )

    assert status == 422
    assert "北京的职工门诊起付线，2001年1月1日的标准本站还没有查到" in refused["detail"]


@pytest.mark.parametrize("path", ["calculators/nothing/", "calculators/nothing/compute"])
def test_an_unknown_calculator_is_not_found_in_words(ask, db, path):
    assert ask(path) == (404, {"detail": "没有代码为“nothing”的计算器。"})


def test_an_unknown_address_is_not_found_too(client, db):
    assert client.get("/api/v1/nothing/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(client, live, method):
    assert getattr(client, method)("/api/v1/calculators/maternity_allowance/compute").status_code == 405


def test_unverified_and_stale_values_are_flagged(ask, live):
    rows = PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000")
    given = BEIJING | {"person_type": "in_service", "bill": "3000"}
    rows.update(status="confirmed", clause="第一条", confirmed_on="2026-01-01", review_by="2030-01-01")
    _, fresh = ask("calculators/over_deductible/compute", **given)
    rows.update(status="recalled", review_by="2020-01-01")
    _, old = ask("calculators/over_deductible/compute", **given)

    assert (fresh["unverified"], fresh["stale"]) == (False, False)
    assert (old["unverified"], old["stale"]) == (True, True)
    assert any("已过复核日" in caution for caution in old["cautions"])


def test_a_result_takes_at_most_three_queries(client, live, django_assert_max_num_queries):
    given = BEIJING | {"person_type": "in_service", "bill": "3000"}
    client.get("/api/v1/calculators/over_deductible/compute", given)

    with django_assert_max_num_queries(3):  # no list of areas: a program is shown none
        client.get("/api/v1/calculators/over_deductible/compute", given)


def test_boxes_ticked_together_are_one_answer_to_a_description_too(client, live):
    response = client.get("/api/v1/calculators/over_deductible/?region=110000&person_type=in_service&person_type=")

    assert response.status_code == 200
