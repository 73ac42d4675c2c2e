import json
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from calculators.typed_questions.interpretation import interpret
from tests.calculators.typed_questions.conftest import TODAY

QUESTIONS_FILE = Path(__file__).parents[2] / "benchmarks" / "typed_questions.jsonl"
QUESTIONS = [json.loads(line) for line in QUESTIONS_FILE.read_text(encoding="utf-8").splitlines()]
ASKED = [row for row in QUESTIONS if row["calculator"]]
ELSE = [row for row in QUESTIONS if not row["calculator"]]


def plain(answers):
    return {code: _number(text) for code, text in answers.items()}


def _number(text):
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row["q"])
def test_a_question_is_understood_with_what_its_words_say_and_nothing_more(row, interpreted):
    reading = interpreted(row["q"]).reading

    assert reading is not None
    assert reading.definition.code == row["calculator"]
    assert plain(reading.answers) == plain(row["answers"])


@pytest.mark.parametrize("row", ELSE, ids=lambda row: row["q"])
def test_what_no_calculator_answers_asks_for_none(row, interpreted):
    assert interpreted(row["q"]).reading is None


def test_a_place_without_values_is_named_and_not_computed(interpreted):
    found = interpreted("长沙住院2万报多少")

    assert (found.reading, found.place.code, found.is_covered) == (None, "430100", False)
    assert [reading.definition.code for reading in found.readings] == ["inpatient"]


def test_two_amounts_for_two_calculators_ask_which(interpreted):
    found = interpreted("北京住院3万门诊5千能报多少")

    assert found.reading is None
    amounts = {reading.definition.code: reading.answers["eligible"] for reading in found.readings}
    assert amounts == {"inpatient": "30000", "employee_outpatient": "5000"}


def test_two_amounts_for_one_question_answer_neither(interpreted):
    reading = interpreted("北京门诊300块，门诊500块能报多少").reading

    assert "eligible" not in reading.answers
    assert reading.unclear == ("eligible",)


def test_two_places_without_a_sign_which_answer_none(interpreted):
    reading = interpreted("北京和上海住院3万报多少").reading

    assert reading.answers == {"eligible": "30000"}
    assert reading.unclear == ("region",)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("北京住院-5000元能报多少", "-5000"), ("北京住院100000000000000块能报多少", "100000000000000")],
)
def test_an_impossible_amount_is_kept_for_the_form_to_refuse(text, amount, interpreted):
    assert interpreted(text).reading.answers["eligible"] == amount


def test_a_word_that_leaves_the_person_open_is_asked_about(interpreted):
    reading = interpreted("杭州老人住院六万五能报多少").reading

    assert "person_type" not in reading.answers
    assert reading.unclear == ("person_type",)


def test_contradicting_words_answer_nothing(interpreted):
    reading = interpreted("北京居民和职工住院3万分别能报多少").reading

    assert "person_type" not in reading.answers
    assert reading.unclear == ("person_type",)


def test_a_month_that_does_not_exist_is_not_answered(interpreted):
    reading = interpreted("武汉男，280个月，2032年13月退休，医保还缺多少").reading

    assert reading.answers == {"region": "420100", "sex": "male", "total_months": "280"}


def test_an_answer_that_the_others_make_pointless_is_left_out(interpreted):
    """Years without insurance are asked of residents alone."""
    assert "missed_years" not in interpreted("北京职工医保断了3年再交要等几个月").reading.answers


def test_a_definition_with_triggers_that_cannot_be_read_is_asked_by_nothing(shipped_definitions, place_index):
    broken = replace(shipped_definitions[0], triggers="{没有}")

    assert interpret("北京住院3万报多少", [broken], place_index, set(), TODAY).readings == ()


def test_a_calculator_about_another_topic_is_asked_by_its_own_triggers(shipped_definitions, place_index):
    sentence = "北京生育津贴工资9000能领多少"
    others = [one for one in shipped_definitions if one.code != "maternity_allowance"]
    found = interpret(sentence, shipped_definitions, place_index, {"110000"}, TODAY)

    assert found.reading.definition.code == "maternity_allowance"
    assert interpret(sentence, others, place_index, {"110000"}, TODAY).reading is None


@settings(max_examples=200)
@given(st.text(max_size=250) | st.lists(st.sampled_from([row["q"] for row in QUESTIONS]), max_size=4).map("，".join))
def test_any_text_is_interpreted_without_an_error(interpreted, text):
    found = interpreted(text)

    assert all(answer for reading in found.readings for answer in reading.answers.values())


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "🤒🤒🤒", "' OR 1=1 --", "DROP TABLE users;", "医" * 5000, "9" * 200, "一" * 200]
)
def test_hostile_and_empty_text_asks_for_nothing(text, interpreted):
    assert interpreted(text).readings == ()


@pytest.mark.parametrize(
    ("words", "said", "unclear"),
    [
        ("流产", {}, ("event",)),
        ("怀孕不满4个月流产", {"event": "miscarriage_early"}, ()),
        ("怀孕满4个月流产", {"event": "miscarriage_late"}, ()),
        ("剖腹产", {"event": "birth"}, ("difficult",)),
        ("难产剖腹产", {"event": "birth", "difficult": "是"}, ()),
        ("顺产", {"event": "birth", "difficult": "否"}, ()),
    ],
)
def test_an_allowance_is_not_computed_as_for_a_birth_without_difficulty_where_the_words_say_something_else(
    interpreted, words, said, unclear
):
    reading = interpreted(f"北京{words}生育津贴能领多少 平均工资8000").reading

    assert reading.unclear == unclear
    assert reading.answers == {"region": "110000", "average_wage": "8000"} | said
