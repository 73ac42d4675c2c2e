"""A program that knows no calculator finds its way by the codes alone: what is asked at a place, what stands open, what was wrong."""

import pytest

from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from calculators.publishing.gate import publish
from tests.calculators.factories import stored

pytestmark = pytest.mark.django_db
DEFINITIONS = [
    from_toml(path.read_text(encoding="utf-8")) for path in sorted((LIBRARY_FOLDER / "calculators").glob("*.toml"))
]
BEIJING = {"region": "110000", "as_of": "2026-11-01"}
TYPED = {"money": "5000", "moneys": "5000", "count": "30", "date": "2026-03-01", "years": "2025"}


def codes(questions):
    return [question["code"] for question in questions]


def test_before_a_place_is_named_every_question_is_listed_and_the_place_stands_open(ask, live):
    _, detail = ask("calculators/over_deductible/")

    assert codes(detail["inputs"]) == ["region", "as_of", "person_type", "hospital_level", "bill"]
    assert codes(detail["open"]) == ["region", "bill"]


def test_a_place_brings_the_options_it_distinguishes_with_their_codes(ask, live):
    _, detail = ask("calculators/over_deductible/", **BEIJING)

    assert codes(detail["inputs"]) == ["region", "as_of", "person_type", "bill"]
    assert codes(detail["open"]) == ["person_type", "bill"]
    assert {"code": "retired", "label": "退休"} in detail["open"][0]["options"]


def test_what_is_answered_stands_open_no_more(ask, live):
    _, detail = ask("calculators/over_deductible/", **BEIJING, person_type="retired")
    assert codes(detail["open"]) == ["bill"]

    _, detail = ask("calculators/over_deductible/", **BEIJING, person_type="retired", bill="3000")
    assert detail["open"] == []


@pytest.mark.parametrize("end", ["", "compute"])
@pytest.mark.parametrize(
    ("answers", "name", "option"),
    [
        ({"person_type": "19至59岁"}, "person_type", {"code": "in_service", "label": "在职"}),
        ({"region": "999999"}, "region", {"code": "110000", "label": "北京"}),
    ],
)
def test_a_wrong_choice_is_refused_with_the_codes_it_may_have(ask, live, end, answers, name, option):
    status, refused = ask(f"calculators/over_deductible/{end}", **BEIJING | {"bill": "1"} | answers)

    assert status == 422
    assert name in refused["errors"]
    assert option in refused["options"][name]


def test_a_missing_choice_is_refused_with_the_codes_it_may_have_and_an_amount_without(ask, live):
    status, refused = ask("calculators/over_deductible/compute", **BEIJING)

    assert status == 422
    assert refused["errors"].keys() == {"person_type", "bill"}
    assert refused["options"].keys() == {"person_type"}


@pytest.mark.parametrize("query", [{"area": "110000"}, {"region": "CN000"}, {"bill": "很多"}])
def test_questions_of_an_answer_that_is_wrong_are_refused_with_a_sentence(ask, live, query):
    status, refused = ask("calculators/over_deductible/", **query)

    assert status == 422
    assert refused["errors"].keys() == query.keys()


def test_the_description_tells_of_the_questions_of_each_calculator(client, live):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    parameters = paths["/api/v1/calculators/over_deductible/"]["get"]["parameters"]

    assert [entry["name"] for entry in parameters] == ["region", "as_of", "person_type", "hospital_level", "bill"]
    assert not any(entry["required"] for entry in parameters)
    assert "选项看参保地" in parameters[2]["description"]


@pytest.mark.parametrize("definition", DEFINITIONS, ids=[definition.code for definition in DEFINITIONS])
def test_a_program_gets_a_result_of_every_shipped_calculator_by_answering_what_stands_open(ask, definition):
    publish(stored(definition), by=None, reason="试验")
    _, detail = ask(f"calculators/{definition.code}/")
    place = next(entry["code"] for entry in detail["areas"])
    answers = {"region": place}
    for _ in definition.questions:
        status, detail = ask(f"calculators/{definition.code}/", **answers)
        assert status == 200, (answers, detail)
        if not detail["open"]:
            break
        question = detail["open"][0]
        options = [option["code"] for option in question["options"]]
        answers[question["code"]] = options[0] if options else typed(question, len(answers))
    status, result = ask(f"calculators/{definition.code}/compute", **answers)

    assert detail["open"] == []
    assert status == 200, (answers, result)


def typed(question, answered):
    """An answer that fits; months follow one another."""
    if question["kind"] == "yes_no":
        return "否"
    if question["kind"] == "month":
        return f"2026-{answered + 1:02}"
    return (
        question["maximum"]
        if question["kind"] == "count" and question["maximum"].isdecimal()
        else TYPED[question["kind"]]
    )
