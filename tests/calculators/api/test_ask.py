from datetime import date

import pytest
from django.core.cache import cache
from django.utils import timezone

from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from tests.calculators.factories import stored

pytestmark = pytest.mark.django_db
WHOLE = "北京退休68岁三级医院门诊花了5000能报多少"


@pytest.fixture
def question(ask, monkeypatch):
    """The shipped calculators are asked on 29 November 2026."""
    for path in sorted((LIBRARY_FOLDER / "calculators").glob("*.toml")):
        definition = from_toml(path.read_text(encoding="utf-8"))
        stored(definition).go_live(definition, timezone.now(), "")
    monkeypatch.setattr(timezone, "localdate", lambda *moment: date(2026, 11, 29))

    def of(text):
        status, found = ask("ask", q=text)
        assert status == 200
        return found

    return of


def test_a_whole_question_has_a_result_with_its_working(question):
    found = question(WHOLE)

    assert found["calculator"] == "employee_outpatient"
    assert found["answers"] == {
        "region": "110000",
        "person_type": "retired",
        "age": "68",
        "hospital_level": "level3",
        "eligible": "5000",
    }
    assert found["missing"] == []
    assert found["result"]["outputs"]["fund_pay"] is None
    assert found["result"]["ranges"]["fund_pay"] == {"lowest": "1870.00", "highest": "2932.50"}
    assert found["place"] == {"code": "110000", "name": "北京市", "covered": True}
    assert found["figure"] is None


def test_what_is_missing_is_named_and_nothing_is_computed(question):
    found = question("北京住院花了3万医保报多少")

    assert found["answers"] == {"region": "110000", "eligible": "30000"}
    assert "hospital_level" in found["missing"]
    assert found["result"] is None


def test_a_place_without_values_is_told_and_not_computed(question):
    found = question("长沙住院2万报多少")

    assert (found["calculator"], found["result"]) == (None, None)
    assert found["place"] == {"code": "430100", "name": "长沙市", "covered": False}
    assert found["answers"] == {"region": "430100"}


def test_a_renamed_place_is_the_place_it_is_now(question):
    assert question("襄樊住院2万报多少")["place"] == {"code": "420600", "name": "襄阳市", "covered": False}


def test_a_question_about_a_figure_is_answered_by_the_value(question):
    found = question("北京在职门诊起付线")

    assert found["calculator"] is None
    assert found["figure"]["area"] == "110000"
    assert [value["value"] for value in found["figure"]["values"]] == ["1800.00"]
    assert found["figure"]["values"][0]["source"]["title"]


def test_words_that_leave_a_person_open_keep_the_result_back(question):
    found = question("北京老人三级医院住院六万五能报多少")

    assert "person_type" in found["missing"]
    assert found["result"] is None


@pytest.mark.parametrize("text", ["北京住院-5000元三级医院能报多少", "北京三级医院住院100000000000000块能报多少"])
def test_an_impossible_amount_has_no_result(question, text):
    found = question(text)

    assert found["calculator"] == "inpatient"
    assert found["result"] is None


def test_two_amounts_for_two_calculators_answer_neither(question):
    found = question("北京住院3万门诊5千能报多少")

    assert (found["calculator"], found["answers"], found["result"]) == (None, {"region": "110000"}, None)


@pytest.mark.parametrize(
    "text", ["", "医" * 200, "🤒" * 50, "' OR '1'='1", "<script>alert(1)</script>", "\x00", "北京 5000", "%00%ff"]
)
def test_hostile_and_empty_text_is_answered_with_nothing(question, text):
    found = question(text)

    assert (found["calculator"], found["result"], found["figure"]) == (None, None, None)


def test_a_word_with_two_meanings_takes_the_one_the_area_distinguishes(question):
    """卫生院 is 社区 where the area has it; 南宁 has 一级 only."""
    assert question("南宁居民高档卫生院住院3000元报多少")["answers"]["hospital_level"] == "level1"


def test_one_question_a_second_is_always_allowed(client, settings):
    settings.API_PER_MINUTE = 1
    cache.clear()
    codes = [client.get("/api/v1/ask", {"q": "🤒"}).status_code for _ in range(61)]

    assert codes == [200] * 60 + [429]
    assert client.get("/api/v1/calculators/").status_code == 200


def test_the_description_tells_what_a_question_gives(client):
    schema = client.get("/api/v1/openapi.json").json()

    fields = schema["components"]["schemas"]["TypedQuestionResponse"]["properties"]
    assert list(fields) == ["calculator", "answers", "missing", "result", "place", "figure"]


def test_a_question_is_neither_stored_nor_logged(question, caplog, django_assert_max_num_queries):
    question(WHOLE)  # where calculators are available is read once a process
    caplog.set_level(0)
    with django_assert_max_num_queries(16) as queries:
        question(WHOLE)

    assert not [query for query in queries.captured_queries if not query["sql"].startswith(("SELECT", "SAVEPOINT"))]
    assert "退休68岁" not in caplog.text
