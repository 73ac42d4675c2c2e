from datetime import date

import pytest

from calculators import widgets
from calculators.definition import from_toml
from calculators.forms import CalculatorForm
from calculators.library.loading import LIBRARY_FOLDER
from calculators.publishing.gate import publish
from tests.calculators.factories import stored

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DEFINITION = from_toml((LIBRARY_FOLDER / "calculators/employee_outpatient.toml").read_text(encoding="utf-8"))
BEIJING = {"region": "110000", "person_type": "in_service", "hospital_level": "level3", "eligible": "2000"}


def form(**typed):
    return CalculatorForm(DEFINITION, typed, TODAY)


def options(field):
    return [label for _, label in field.field.widget.choices]


def test_the_form_without_answers_shows_defaults_and_no_errors():
    empty = form()

    assert not empty.is_bound
    assert empty["as_of"].value() == "2026-11-23"
    assert empty["person_type"].value() == "in_service"
    assert empty.statement is None


def test_a_complete_form_has_a_statement():
    assert form(**BEIJING).statement.headline.text == "140 元"


def test_only_areas_with_an_answer_on_the_day_are_offered():
    assert "广州" not in options(form(as_of="2018-01-01")["region"])
    assert "广州" in options(form()["region"])


def test_only_levels_the_area_distinguishes_are_offered():
    assert options(form(region="530100")["hospital_level"]) == ["一级", "二级", "三级"]


def test_before_an_area_is_chosen_nothing_is_asked_that_depends_on_it():
    assert "hospital_level" not in form().fields


@pytest.mark.parametrize(("person", "is_asked"), [("in_service", False), ("retired", True)])
def test_a_question_is_asked_only_where_its_condition_holds(person, is_asked):
    assert ("age" in form(**BEIJING | {"person_type": person}).fields) == is_asked


def test_a_question_that_was_sent_blank_is_an_error_at_the_field():
    blank = form(**BEIJING | {"eligible": ""})

    assert blank.errors["eligible"] == ["请填写一共花了多少。"]
    assert blank.missing == []


def test_a_question_that_was_not_sent_is_missing_but_no_error():
    prefilled = form(region="110000")

    assert prefilled.is_valid()
    assert "eligible" in [field.name for field in prefilled.missing]
    assert prefilled.statement is None


@pytest.mark.parametrize("typed", ["一千五", "-5", "1.234", "99999999999"])
def test_nothing_typed_is_lost(typed):
    wrong = form(**BEIJING | {"eligible": typed})

    assert wrong.errors["eligible"]
    assert wrong["eligible"].value() == typed
    assert f'value="{typed}"' in str(wrong["eligible"])


@pytest.mark.parametrize("typed", ["２０００", "2,000", "0.2万", " 2000元 "])
def test_numbers_are_read_as_people_write_them(typed):
    assert form(**BEIJING | {"eligible": typed}).statement.headline.text == "140 元"


def test_an_unreadable_date_stays_in_its_box():
    wrong = form(**BEIJING | {"as_of": "去年"})

    assert 'value="去年"' in str(wrong["as_of"])
    assert 'type="text"' in str(wrong["as_of"])
    assert wrong.errors["as_of"]


def test_a_choice_sent_by_its_word_is_taken_and_ticked():
    by_word = form(**BEIJING | {"hospital_level": "三级"})

    assert by_word["hospital_level"].value() == "level3"
    assert by_word.statement.headline.text == "140 元"


def test_an_area_without_values_on_the_day_keeps_the_form_and_says_which_value_is_lacking():
    lacking = form(
        region="610100", as_of="2023-02-28", person_type="in_service", hospital_level="level3", eligible="1000"
    )

    assert lacking.statement is None
    assert "西安的职工门诊起付线（在职），2023年2月28日的标准本站还没有查到" in lacking.refusal
    assert "西安" in options(lacking["region"])
    assert "北京" in [place.name for place in lacking.places]


def test_an_area_that_does_not_exist_is_an_error_at_the_field():
    assert form(**BEIJING | {"region": "999999"}).errors["region"] == ["没有“999999”这个参保地，请从列表里选。"]


@pytest.mark.parametrize("code", ["region", "as_of", "person_type", "hospital_level", "eligible", "unknown"])
@pytest.mark.parametrize("typed", ["x" * 5000, "'; --", "<b>", "💰"])
def test_no_answer_brings_the_form_down(code, typed):
    answers = form(**BEIJING | {code: typed})

    assert "<b>" not in answers.as_div()
    assert answers.statement is None or code == "unknown"


def test_help_and_errors_are_tied_to_their_boxes():
    wrong = form(**BEIJING | {"eligible": "x"})

    assert 'aria-describedby="eligible_helptext eligible_error"' in str(wrong["eligible"])
    assert 'aria-invalid="true"' in str(wrong["eligible"])


INCENTIVE = from_toml((LIBRARY_FOLDER / "calculators/participation_incentive.toml").read_text(encoding="utf-8"))


def ticked(**typed):
    field = CalculatorForm(INCENTIVE, typed, TODAY)["enrolled"]
    return [box.data["value"] for box in field if box.data["selected"]]


def test_years_are_boxes_from_the_first_year_of_the_question_on():
    years = options(CalculatorForm(INCENTIVE, {}, TODAY)["enrolled"])

    assert years[:2] == ["2025", "2026"]
    assert len(years) <= 10


@pytest.mark.parametrize("typed", ["2025-2027", "2025、2026、2027", "2025到2027年"])
def test_years_written_in_any_way_tick_their_boxes(typed):
    assert ticked(enrolled=typed) == ["2025", "2026", "2027"]


def test_a_later_year_than_any_box_gets_the_boxes_up_to_it():
    assert ticked(enrolled="2025、2048") == ["2025", "2048"]


@pytest.mark.parametrize("typed", ["五年", "2019-2026", "2025-2077"])
def test_years_that_no_box_holds_stay_in_a_text_box_with_their_error(typed):
    field = CalculatorForm(INCENTIVE, {"enrolled": typed}, TODAY)["enrolled"]

    assert field.value() == typed
    assert 'inputmode="text"' in str(field)
    assert field.errors


def test_boxes_ticked_together_are_one_answer(client, stored_incentive):
    page = client.get("/calculators/participation_incentive/?region=450000&enrolled=2025&enrolled=2026&enrolled=2028")

    assert page.context["form"].answers.values["参保年份"] == (2025, 2026, 2028)
    assert ("参加居民医保的年份（2025 年起）", "2025 年、2026 年、2028 年") in page.context["form"].given


@pytest.fixture
def stored_incentive(db):
    publish(stored(INCENTIVE), by=None)


@pytest.mark.parametrize("typed", ["2468", "我的病历号 2468"])
def test_what_somebody_typed_is_in_no_cache_of_drawn_fields(typed):
    drawn = "".join(form(**BEIJING | {"eligible": typed}).drawn)

    assert typed in drawn
    assert widgets._drawn
    assert typed not in repr([*widgets._drawn.items()])
