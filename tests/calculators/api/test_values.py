import pytest
from django.core.cache import cache

pytestmark = pytest.mark.django_db
DEDUCTIBLE = "employee.outpatient.deductible"


def test_a_value_is_asked_by_code_area_day_and_conditions(ask):
    _, answer = ask("values/", parameter=DEDUCTIBLE, area="110000", on="2026-11-01", person_type="in_service")

    [value] = answer["values"]
    assert (value["name"], value["value"], value["unit"]) == ("职工门诊起付线", "1800.00", "CNY/year")
    assert value["source"]["issuer"]
    assert (answer["area_name"], answer["on"]) == ("北京", "2026-11-01")


def test_the_name_of_a_parameter_does_as_well_as_its_code(ask):
    asked = {"area": "110000", "on": "2026-11-01", "person_type": "retired"}

    assert ask("values/", parameter="职工门诊起付线", **asked) == ask("values/", parameter=DEDUCTIBLE, **asked)


def test_without_conditions_every_row_in_force_is_listed_with_whom_it_is_for(ask):
    _, answer = ask("values/", parameter=DEDUCTIBLE, area="110000", on="2026-11-01")

    assert {"在职", "退休"} <= {value["applies_to"] for value in answer["values"]}


def test_without_a_parameter_the_whole_area_is_listed(ask):
    _, answer = ask("values/", area="110000", on="2026-11-01")

    assert len({value["parameter"] for value in answer["values"]}) > 10


def test_a_table_of_bands_is_a_list(ask):
    _, answer = ask("values/", parameter="职工住院分段支付比例", area="110000", on="2026-11-01")

    first = answer["values"][0]["value"][0]
    assert set(first) == {"lower", "upper", "ratio", "ratio_max"}


def test_ages_are_whole_numbers(ask):
    asked = {"parameter": "退休个人账户月定额", "area": "110000", "on": "2026-11-01", "person_type": "retired"}

    assert ask("values/", **asked, age="71")[1]["values"][0]["value"] == "110.00"
    assert ask("values/", **asked, age="老")[1]["errors"] == {"age": "请填写整数。"}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"area": "999999"}, "没有代码为“999999”的地区。"),
        ({}, "请写明地区"),
        ({"area": "110000", "on": "昨天"}, "“昨天”不是日期"),
        ({"area": "110000", "parameter": "employee.outpatient.deductibl"}, "是不是“employee.outpatient.deductible”？"),
        ({"area": "110000", "region": "110000"}, "有的条件不认识。"),
        ({"area": "110000", "parameter": DEDUCTIBLE, "on": "1990-01-01"}, "没有生效的“职工门诊起付线”"),
        (
            {"area": "110000", "parameter": DEDUCTIBLE, "person_type": "resident", "on": "2026-11-01"},
            "没有生效的“职工门诊起付线”（居民）",
        ),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(ask, asked, words):
    status, refused = ask("values/", **asked)

    assert status == 422
    assert words in refused["detail"]


def test_one_client_may_ask_so_often_a_minute_and_then_waits(client, ask, settings):
    settings.API_PER_MINUTE = 2
    cache.clear()
    answers = [client.get("/api/v1/calculators/") for _ in range(3)]

    assert [response.status_code for response in answers] == [200, 200, 429]
    assert answers[2].json() == {"detail": "请求太多：每分钟最多 2 次，请稍后再试。"}
    assert answers[2]["Retry-After"] == "60"
    assert client.get("/api/v1/calculators/", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_an_address_made_up_by_the_client_counts_for_nothing(client, settings):
    settings.API_PER_MINUTE = 1
    cache.clear()
    first, second = (client.get("/api/v1/values/?area=CN", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}") for n in (1, 2))

    assert (first.status_code, second.status_code) == (200, 429)
