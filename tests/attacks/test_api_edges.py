"""Odd texts in every input of every shipped calculator, and of the API of values: an answer or a sentence, never a 500."""

import pytest
from django.core.cache import cache

from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from calculators.publishing.gate import publish
from tests.calculators.factories import stored

pytestmark = pytest.mark.django_db
DEFINITIONS = [
    from_toml(path.read_text(encoding="utf-8")) for path in sorted((LIBRARY_FOLDER / "calculators").glob("*.toml"))
]
ODD = [
    *("\0", "\ud800", "\ufffe", "\x0b", "\u202e1", "e\u0301" * 40, "%", "%25", "[]", "=1+1", "'", '"', "\\", "null"),
    *(
        "0",
        "-0",
        "-1",
        "1e400",
        "1E-400",
        "NaN",
        "Infinity",
        "٣",
        "²",
        "壹佰",
        "9" * 30,
        "9" * 5000,
        "0." + "0" * 300 + "1",
    ),
    *("0001-01-01", "9999-12-31", "9999-12", "2026-02-30", "2026-W01-1", "20260131", "0000-00-00", "2026-01-31T00:00"),
    *("10000-01-01", "-0001-01-01", "110000,310000", "nation", "000000", "全国", "，", " "),
]
STRIDE = 17
CONDITIONS = ["person_type", "hospital_level", "age", "area", "parameter", "on", "unknown", "\0", "9" * 300]


@pytest.fixture(autouse=True)
def asks_as_often_as_it_likes(settings, client):
    settings.API_PER_MINUTE = 1_000_000
    cache.clear()
    client.raise_request_exception = False


def percent_encoded(text):
    """Lone surrogates reach a server as the bytes that a broken program sends."""
    return text.encode("utf-8", "surrogatepass")


def answered(definition):
    case = next(case for case in definition.cases if "refused" not in case.expected)
    own = {definition.area_question.code: case.area, definition.day_question.code: case.on.isoformat()}
    return own | dict(case.answers)


@pytest.mark.parametrize("definition", DEFINITIONS, ids=[definition.code for definition in DEFINITIONS])
def test_no_odd_answer_brings_the_api_of_a_calculator_down(client, definition, tried):
    publish(stored(definition), by=None, reason="试验")
    given, asked = answered(definition), 0
    for place, question in enumerate(definition.questions):
        for odd in ODD[place % STRIDE :: STRIDE]:  # the calculators have several questions of each kind
            answer = client.get(
                f"/api/v1/calculators/{definition.code}/compute", given | {question.code: percent_encoded(odd)}
            )
            asked += 1

            assert answer.status_code in {200, 422}, (question.code, odd)
    tried("离谱的回答：每个计算器的每个输入", f"{definition.name} {asked} 次", "有结果或有一句话，没有 500")


@pytest.mark.parametrize("name", CONDITIONS)
def test_no_odd_condition_brings_the_api_of_values_down(client, name):
    given = {"area": "110000", "parameter": "employee.outpatient.deductible", "person_type": "in_service"}
    for odd in ODD:
        answer = client.get("/api/v1/values/", given | {name: percent_encoded(odd)})

        assert answer.status_code in {200, 422}, (name, odd)
        assert answer.json()


def test_an_age_of_more_digits_than_anybody_lives_is_a_sentence(client):
    for digits, sentence in ((4, None), (5000, "请填写整数。")):
        answer = client.get("/api/v1/values/", {"area": "110000", "age": "9" * digits})

        assert answer.json().get("errors", {}).get("age") == sentence


def test_no_odd_code_or_question_brings_the_api_down(client):
    for odd in ODD:
        code = "".join(f"%{byte:02x}" for byte in percent_encoded(odd))
        for path in (f"calculators/{code}/", f"calculators/{code}/compute"):
            assert client.get(f"/api/v1/{path}").status_code == 404, path
        assert client.get("/api/v1/ask", {"q": percent_encoded(odd)}).status_code == 200
